package retention

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/vault/record"
)

func TestWhatIsOutOfSightIsListedAndPutBack(t *testing.T) {
	d, p, _ := open(t, desk.Place{Part: "sequestered"})
	d.Sees("Nothing was put out of sight", "Put out of sight")
	ada := texan(t, d, "Ada Quill")
	logged(t, d, ada.ID, "2026-10-14")
	entry := d.Timeline(ada.ID)[0]
	err := d.Practice().Sequester(context.Background(), ada.ID, app.SequesterOrder{Entries: []record.EntryID{entry.ID}, Ground: record.GroundPrivileged,
		Reason: "The call is privileged", Court: "the law itself", On: date(t, "2026-11-20")})
	if err != nil {
		t.Fatal(err)
	}
	p.Show(desk.Place{Page: desk.Retention})
	d.Sees("Oct 14, 2026", "Ada Quill: Privileged", "The call is privileged", "out of sight")
	d.SeesNot("She called.")
	d.Keys(fyne.KeyReturn)
	d.Sees("Put it back?")
	d.Keys(fyne.KeyReturn)
	d.Sees("Say why it comes back")
	d.Type("the order was vacated")
	d.Keys(fyne.KeyReturn)
	d.Sees("put back Nov 21, 2026: the order was vacated")
	if list := d.Timeline(ada.ID); len(list) != 1 {
		t.Errorf("the record holds %+v", list)
	}
	p.Key(desk.KeyHide)
	d.SeesNot("Ada Quill")
	d.Fine()
}
