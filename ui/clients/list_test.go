package clients

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

func TestNamesAreHidden(t *testing.T) {
	d, p := begin(t, func(d *desktest.Desk) {
		ada := d.Client("Ada Quill")
		logged(t, d, record.Entry{Client: ada.ID, At: at(20, 9, 15), Body: "a secret"})
	})
	d.Sees("Ada Quill", "a secret")
	p.Key(desk.KeyHide)
	d.SeesNot("Ada Quill", "a secret", "Fri")
	d.Sees("Record 2026-001", "Names hidden")
	p.Key(desk.KeyFind)
	d.SeesNot("Ada Quill", "a secret")
	d.Type("secret")
	d.Sees("Ada Quill", "a secret")
	d.Keys(fyne.KeyEscape, fyne.KeyEscape)
	d.SeesNot("Ada Quill", "a secret")
	p.Key(desk.KeyHide)
	d.Sees("Ada Quill", "a secret")
}

// Before the list is read it is not said that there is nobody.
func TestAnActWithoutAClientSaysWhatToDo(t *testing.T) {
	d, p := begin(t, func(d *desktest.Desk) { d.Client("Ada Quill") })
	p.gone()
	p.list.read, p.list.all = false, nil
	p.Key(desk.KeyProduce)
	if len(d.Toasts) != 1 || d.Toasts[0] != "Choose a client first." {
		t.Errorf("it says %q", d.Toasts)
	}
}

func TestFilterTheList(t *testing.T) {
	d, p := begin(t, func(d *desktest.Desk) {
		d.Client("Amélie Österberg")
		d.Client("Bo & Kit Larsen", "+1 601 555 0177")
	})
	d.Type("osterb")
	d.Sees("Amélie Österberg")
	d.SeesNot("Larsen")
	d.Keys(fyne.KeyReturn)
	if p.chart.client.Name != "Amélie Österberg" {
		t.Errorf("Enter opened %q", p.chart.client.Name)
	}
	p.list.search.SetText("0177")
	d.Sees("Bo & Kit Larsen")
	p.list.search.SetText("nobody")
	d.Sees("Nobody has this name")
}

// slowDesk does what it is asked for only when it is told to.
type slowDesk struct {
	*desktest.Desk
	waiting []func()
}

func (d *slowDesk) Load(fetch func(context.Context) error, done func(error)) {
	d.waiting = append(d.waiting, func() { d.Desk.Load(fetch, done) })
}

func (d *slowDesk) finish() {
	for len(d.waiting) > 0 {
		next := d.waiting[0]
		d.waiting = d.waiting[1:]
		next()
	}
}

// Each opening of a record is written into its audit trail, so passing by must
// not open it.
func TestPassingByDoesNotOpenARecord(t *testing.T) {
	slow := &slowDesk{Desk: desktest.New(t)}
	ids := map[string]record.ClientID{}
	for _, name := range []string{"Ada", "Bea", "Cleo", "Dora"} {
		ids[name] = slow.Client(name).ID
	}
	p := newPage(slow)
	slow.Desk.Open(p, 1004, 704, desk.Place{Page: desk.Clients})
	slow.finish()
	slow.Keys(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	slow.finish()
	slow.Fine()
	if p.chart.client.Name != "Dora" {
		t.Errorf("the record on show is %q", p.chart.client.Name)
	}
	for name, want := range map[string]bool{"Bea": false, "Cleo": false, "Dora": true} {
		events, err := slow.Practice().History(context.Background(), ids[name], 10)
		if err != nil {
			t.Fatal(err)
		}
		opened := slices.ContainsFunc(events, func(e record.AuditEvent) bool { return e.Action == "client.open" })
		if opened != want {
			t.Errorf("%s was opened: %t", name, opened)
		}
	}
}

func TestKeysWithoutAClient(t *testing.T) {
	d, p := begin(t, func(d *desktest.Desk) { d.Client("Ada Quill") })
	for _, name := range []string{desk.KeyLog, desk.KeyEdit, desk.KeyProduce} {
		if !p.Key(name) {
			t.Errorf("%s is not taken", name)
		}
	}
	if len(d.Toasts) != 3 || len(d.Places) != 0 {
		t.Errorf("toasts %q, places %+v", d.Toasts, d.Places)
	}
}
