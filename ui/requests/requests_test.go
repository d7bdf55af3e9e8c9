package requests

import (
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

// file files a request for a copy of a client's record.
func file(t *testing.T, d *desktest.Desk, client record.Client, on string) record.EntryID {
	t.Helper()
	e, err := d.Practice().File(t.Context(), app.FormRequest{Client: client.ID, Form: record.FormRequest, Values: form.Values{
		"on": on, "kind": record.RequestCopy, "by": "client", "how": "in-writing", "asked": "All of it."}})
	if err != nil {
		t.Fatal(err)
	}
	return e.ID
}

// Today is November 21, 2026.
func TestTheRegister(t *testing.T) {
	d := desktest.New(t)
	ada, bo := d.Client("Ada Quill"), d.Client("Bo Larsen")
	open := -1
	v := New(d, func(n int) { open = n })
	d.Open(v, 1004, 704, desk.Place{Page: desk.Requests})
	d.Sees("No request for a record yet", "No request is open.")
	if open != 0 {
		t.Errorf("%d requests are open", open)
	}

	first := file(t, d, ada, "2026-10-01")
	file(t, d, bo, "2026-10-26")
	v.Refresh(ada.ID)
	d.Fine()
	d.Sees("2 requests are open", "OPEN", "Ada Quill: a copy of the record", "Received Oct 1, 2026 · 30 days, 45 CFR 164.524(b)(2)", "was due Oct 31, 2026",
		"Bo Larsen: a copy of the record", "by Nov 25, 2026")
	d.SeesNot("ANSWERED")
	if open != 2 {
		t.Errorf("%d requests are open", open)
	}

	v.Show(desk.Place{Page: desk.Requests})
	d.Keys(fyne.KeyRight, fyne.KeyReturn) // Answer
	d.Sheet().Key(desk.KeySave)
	d.Sees("Choose one of these.") // what became of it
	d.Sheet().Key(desk.KeyEscape)
	if _, err := d.Practice().File(t.Context(), app.FormRequest{Client: ada.ID, Form: record.FormRequestAnswered, About: first,
		Values: form.Values{"on": "2026-11-20", "outcome": record.AnswerWithdrawn}}); err != nil {
		t.Fatal(err)
	}
	v.Refresh(ada.ID)
	d.Sees("1 request is open.", "ANSWERED", "Withdrawn Nov 20, 2026")

	v.Show(desk.Place{Page: desk.Requests})
	d.Keys(fyne.KeyReturn)
	if n := len(d.Places); n != 1 || d.Places[0].Page != desk.Clients || d.Places[0].Client != bo.ID {
		t.Errorf("went to %+v", d.Places)
	}
	v.Key(desk.KeyHide)
	d.SeesNot("Ada Quill", "Bo Larsen")
	v.Key(desk.KeyHide)
	d.Sees("Ada Quill")
}

// A request is recorded from the register, once it is said whose record it is.
func TestARequestIsRecorded(t *testing.T) {
	d := desktest.New(t)
	d.Client("Ada Quill")
	bo := d.Client("Bo Larsen")
	open := 0
	v := New(d, func(n int) { open = n })
	d.Open(v, 1004, 704, desk.Place{Page: desk.Requests})
	d.Tap("Record a request")
	d.Tap("Go on")
	d.Sees("Choose the client whose record it is.")
	d.Focus(d.Search())
	d.Type("larsen")
	d.Tap("Go on")
	d.Sees("Request for the record")
	s := d.Sheet()
	s.Key(desk.KeySave)
	d.Sees("Fill this in.")
	for _, f := range d.Fields() {
		if f.Error() != "" { // what they ask for
			f.SetText("All of it.")
		}
	}
	d.SeesNot("Held back until", "What it rests on")
	d.Selects()[0].Tapped(nil)
	d.PickMenu("A copy of the record")
	d.Choose("In writing", 0)
	s.Key(desk.KeySave)
	d.Fine()
	d.Sees("1 request is open.", "Bo Larsen: a copy of the record")
	list, err := d.Practice().Requests(t.Context(), bo.ID)
	if err != nil || len(list) != 1 || open != 1 {
		t.Errorf("%+v, %v; %d are open", list, err, open)
	}
}
