package today

import (
	"testing"

	"casekeep/app/form"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/sheet"
	"casekeep/vault/record"
)

func TestWhatIsDoneLeavesThePage(t *testing.T) {
	d := desktest.New(t)
	ada := d.Client("Ada Quill")
	needs := -1
	v := New(d, func(n int) { needs = n })
	d.Open(v, 1004, 704, desk.Place{Page: desk.Today})
	d.Fine()
	before := needs
	open := func(f record.Form, values form.Values) {
		t.Helper()
		sheet.Open(d, sheet.Ask{Client: ada.ID, Form: f, Values: values})
		d.Sheet().Key(desk.KeySave)
		d.Fine()
		if d.Sheet() != nil {
			t.Fatalf("it was not saved:\n%s", d.Shown())
		}
	}
	open(record.FormSearch, form.Values{"where": "Google", "terms": "name", "reason": "a threat", "basis": "neither", "departure": "in haste"})
	if needs <= before {
		t.Errorf("%d things need the practitioner after a search that the client was not told of, %d before", needs, before)
	}
	d.Sees("Ada Quill")
	list, err := d.Practice().Forms(t.Context(), ada.ID, record.FormSearch)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	sheet.Open(d, sheet.Ask{Client: ada.ID, Form: record.FormSearchTold, About: list[0].ID, Values: form.Values{"how": "in session"}})
	d.Sheet().Key(desk.KeySave)
	d.Fine()
	if needs != before {
		t.Errorf("%d things need the practitioner after the client was told, %d before the search", needs, before)
	}
}
