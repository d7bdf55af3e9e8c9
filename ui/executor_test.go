package ui

import (
	"testing"
	"time"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/vault/record"
)

// Somebody who looks at the vault in the practitioner's place finds whom to
// reach first, can change nothing, and is locked out when the time is over.
func TestExecutor(t *testing.T) {
	r := openRoom(t)
	p := r.shell.session.practice
	ada, err := p.AddClient(t.Context(), record.Client{Name: "Ada Quill", Risk: "do not call the house",
		Contacts: []record.ContactPoint{{System: record.Phone, Value: "+1 601 555 0142", Use: "mobile"}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Log(t.Context(), record.Entry{Client: ada.ID, Channel: record.Text, Direction: record.In, Body: "Hello"}); err != nil {
		t.Fatal(err)
	}
	r.shell.Lock()
	r.untilLocked()
	p, err = app.Unlock(t.Context(), r.dir, passphrase, r.config)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.ViewAsExecutor(t.Context(), "Maria Osei", 2*time.Hour); err != nil {
		t.Fatal(err)
	}
	r.shell.pages = newPages
	r.shell.open(p)
	r.until("the page is read", func() bool { return r.says("Risk: do not call the house") })
	for _, want := range []string{"Whom to reach first", "IN CONTACT THIS WEEK", "Telephone: +1 601 555 0142 · mobile"} {
		if !r.says(want) {
			t.Errorf("%q is not to be seen", want)
		}
	}
	if !r.saysLike("by Maria Osei, until ") {
		t.Error("it is not said who looks, and until when")
	}
	for _, page := range []desk.Page{desk.Today, desk.Backups, desk.Practice, desk.Retention} {
		if r.shell.session.pages[page] != nil {
			t.Errorf("there is a page %v", page)
		}
	}
	r.press("Ada Quill")
	r.until("the record is open", func() bool { return r.says("Hello") })
	if r.says("Produce record") {
		t.Error("a record can be produced")
	}
	r.menu("Add a client")
	if !r.says("The records are open for looking only: lock, and unlock to work in them.") {
		t.Error("it is not said why nobody is added")
	}
	r.pass(5 * time.Minute)
	r.shell.touched()
	r.idle = 0
	r.now = r.now.Add(2 * time.Hour)
	r.shell.tickNow()
	r.untilLocked()
}
