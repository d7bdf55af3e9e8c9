package retention

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/vault/record"
)

func TestRecordsStandByWhatIsToBeDone(t *testing.T) {
	d, p, counted := open(t, desk.Place{})
	d.Sees("No records yet", "Add a client", "Ctrl Shift N")
	confirmTexas(t, d)
	closed(t, d, "Ada Quill", "2015-03-14")
	closed(t, d, "Bo Larsen", "2024-03-14")
	held := closed(t, d, "王芳", "2015-03-14")
	texan(t, d, "Dolores Fuentes")
	d.Changed(0)
	d.Sees("2 records are due", "Due since March 15, 2022", "2031", "22 TAC 781.309(4)")
	if _, err := d.Practice().PlaceHold(context.Background(), record.Hold{Client: held.ID, Matter: "Quill v. Fenn", Source: "subpoena"}); err != nil {
		t.Fatal(err)
	}
	d.Changed(held.ID)
	d.Sees("UNDER A LEGAL HOLD", "Quill v. Fenn", "TO COME IN 2031", "ACTIVE, SO KEPT")
	if *counted != 1 {
		t.Errorf("%d records are counted as due, want 1", *counted)
	}
	d.Choose("Due 1", 2)
	d.Sees("王芳")
	d.SeesNot("Ada Quill", "Bo Larsen")
	d.Choose("Due 1", 3)
	d.Sees("No record is blocked")
	d.Choose("Due 1", 0)
	d.Focus(p.records.search)
	d.Type("larsen")
	d.SeesNot("Ada Quill")
	d.Keys(fyne.KeyReturn)
	d.Sees("Bo Larsen", "It is not due, so nothing can destroy it.", "EACH DATE", "Mar 14, 2031")
	if !p.records.review.destroy.Disabled() {
		t.Error("a record that is not due can be destroyed")
	}
	d.Keys(fyne.KeyEscape)
	p.Key(desk.KeyEscape)
	d.Sees("TO COME IN 2031")
	p.Key(desk.KeyHide)
	d.SeesNot("Bo Larsen")
	d.Fine()
}

func TestAHoldIsPlacedFromTheReviewAndLifted(t *testing.T) {
	d, p, _ := open(t, desk.Place{})
	confirmTexas(t, d)
	ada := closed(t, d, "Ada Quill", "2015-03-14")
	p.Show(desk.Place{Page: desk.Retention, Client: ada.ID})
	d.Sees("Ada Quill", "WHAT IT HOLDS")
	p.Key(desk.KeyHold)
	d.Keys(fyne.KeyReturn)
	d.Sees("Name the matter")
	d.Type("Quill v. Fenn")
	d.Keys(fyne.KeyReturn)
	d.Sees("A legal hold stands")
	p.Show(desk.Place{Page: desk.Retention, Part: "holds"})
	d.Sees("THEY STAND", "Ada Quill: Quill v. Fenn", "Since Nov 21, 2026")
	d.Keys(fyne.KeyReturn)
	d.Sees("Lift this legal hold?")
	d.Type("the court")
	d.Keys(fyne.KeyReturn)
	d.Sees("Say why it was lifted.")
	d.Fields()[len(d.Fields())-1].SetText("the case was dismissed")
	d.Tap("Lift the hold")
	d.Sees("LIFTED", "by the court: the case was dismissed")
	d.Fine()
}

func TestARecordIsKeptLonger(t *testing.T) {
	d, p, _ := open(t, desk.Place{})
	confirmTexas(t, d)
	ada := closed(t, d, "Ada Quill", "2015-03-14")
	p.Show(desk.Place{Page: desk.Retention, Client: ada.ID})
	d.Tap("Keep longer")
	d.Type("Mar 1, 2030")
	d.Keys(fyne.KeyReturn)
	d.Sees("Say what it is still needed for.")
	d.Fields()[len(d.Fields())-1].SetText("a reference")
	d.Keys(fyne.KeyReturn)
	d.Sees("Keep until March 1, 2030")
	d.Fine()
}
