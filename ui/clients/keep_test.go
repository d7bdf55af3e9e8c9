package clients

import (
	"context"
	"strings"
	"testing"

	"filippo.io/age"
	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// beginHeld opens the record of a client of Texas, whose rule is confirmed.
func beginHeld(t *testing.T, c record.Client) (*desktest.Desk, *Page, record.Client) {
	t.Helper()
	d, p := begin(t, func(d *desktest.Desk) {
		var err error
		if c, err = d.Practice().AddClient(context.Background(), c); err != nil {
			t.Fatal(err)
		}
		if err := d.Practice().ConfirmRetentionRule(context.Background(), "US-TX"); err != nil {
			t.Fatal(err)
		}
	})
	p.Show(desk.Place{Client: c.ID})
	return d, p, c
}

func TestTheLineUnderTheNameOpensTheArithmetic(t *testing.T) {
	d, p, c := beginHeld(t, record.Client{Name: "Ada Quill", Jurisdiction: "US-TX", Born: record.Date{Year: 1980, Month: 2, Day: 29}})
	d.Sees("in Texas · record 2026-001 · Active: kept")
	kit.Focus(p.chart.header.line)
	d.Keys(fyne.KeyReturn)
	d.Sees("How long Ada Quill’s record is kept", "Active: kept", "WHAT WOULD MOVE THE DATE")
	d.Keys(fyne.KeyEscape)
	if err := d.Practice().CloseClient(context.Background(), c.ID, record.Date{Year: 2024, Month: 3, Day: 14}, ""); err != nil {
		t.Fatal(err)
	}
	d.Changed(c.ID)
	d.Sees("Keep until March 14, 2031: closed")
	p.chart.header.line.Tapped(nil)
	d.Sees("EACH DATE", "Closed March 14, 2024, plus 7 years", "Texas 22 TAC 781.309(4)", "Born February 29, 1980, 18 on March 1, 1998, plus 5 years", "The latest date counts.")
	d.Tap("State a death")
	d.Type("Jan 5, 2026")
	d.Keys(fyne.KeyReturn)
	d.Sees("Change the day of death") // the arithmetic is open again
	d.Tap("Keep longer")
	d.Type("Mar 1, 2040")
	last(d.Fields(), 1).SetText("a reference")
	d.Keys(fyne.KeyReturn)
	d.Sees("Mar 1, 2040")
	d.Tap("Rules")
	if at := last(d.Places, 1); at.Page != desk.Retention || at.Part != "rules" {
		t.Errorf("it went to %+v", at)
	}
	d.Fine()
}

func TestFullAgeIsStatedWhereABirthDateIsNotKnown(t *testing.T) {
	d, p, c := beginHeld(t, record.Client{Name: "王芳", Jurisdiction: "US-TX"})
	if err := d.Practice().CloseClient(context.Background(), c.ID, record.Date{Year: 2024, Month: 3, Day: 14}, ""); err != nil {
		t.Fatal(err)
	}
	d.Changed(c.ID)
	d.Sees("Kept: birth date of 王芳 not known")
	p.chart.header.line.Tapped(nil)
	d.Tap("Was of full age")
	d.Sees("Was 王芳 of full age?")
	d.Keys(fyne.KeyReturn)
	d.Sees("Keep until March 14, 2031")
	d.Keys(fyne.KeyEscape)
	d.Sees("Keep until March 14, 2031: closed")
	d.Fine()
}

func TestAHoldIsOneStepAndStandsWhereTheRecordIs(t *testing.T) {
	d, p, c := beginHeld(t, record.Client{Name: "Ada Quill", Jurisdiction: "US-TX"})
	p.Key(desk.KeyHold)
	d.Type("Quill v. Fenn")
	d.Keys(fyne.KeyReturn)
	d.Sees("Legal hold: Quill v. Fenn", "Held since November 21, 2026: Quill v. Fenn")
	marked := false
	for _, row := range desktest.All[*kit.Item](d) {
		marked = marked || strings.Contains(row.AccessibilityLabel(), "under a legal hold")
	}
	if !marked {
		t.Error("the row in the list is not marked")
	}
	if _, err := d.Practice().PlaceHold(context.Background(), record.Hold{Client: record.Book, Matter: "board inquiry"}); err != nil {
		t.Fatal(err)
	}
	d.Changed(0)
	d.Sees("Legal hold: board inquiry; Quill v. Fenn")
	p.chart.header.keep()
	d.Sees("LEGAL HOLDS", "board inquiry, on every record")
	d.Keys(fyne.KeyEscape)
	if holds, err := d.Practice().Holds(context.Background(), c.ID); err != nil || len(holds) != 2 {
		t.Errorf("the vault holds %+v, %v", holds, err)
	}
	d.Fine()
}

func TestAnEntryIsPutOutOfSightByAnOrder(t *testing.T) {
	d, p, e, _ := beginWithEntry(t)
	d.Keys(fyne.KeyEscape)
	p.chart.detail.Menu(e)[6].Action()
	d.Sees("Put an entry out of sight", "On what ground?")
	d.Sheet().Key(desk.KeySave)
	d.Sees("Say on what ground.", "Say what the order asks", "Say which court", "Say of which day the order is.")
	d.Choose("Privileged", 0)
	fields := d.Fields()
	fields[0].SetText("the call of November 20 is sealed")
	fields[1].SetText("Hinds County Chancery Court")
	fields[3].SetText("Nov 21, 2026")
	d.Sheet().Key(desk.KeySave)
	d.Sees("Put this entry out of sight?", "It leaves the timeline, the search")
	d.Keys(fyne.KeyEscape)
	d.Choose("It stays here, out of sight", 1)
	d.Sheet().Key(desk.KeySave)
	d.Sees("Say who holds it.")
	who, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	fields = d.Fields()
	last(fields, 2).SetText("the clerk of the court")
	last(fields, 1).SetText(who.Recipient().String())
	d.Sheet().Key(desk.KeySave)
	d.Sees("It is sealed to the clerk of the court and leaves this vault")
	d.Keys(fyne.KeyReturn)
	d.SeesNot("We moved Thursday.")
	d.Sees("Nothing logged yet")
	list, err := d.Practice().Sequestered(context.Background(), e.Client)
	if err != nil || len(list) != 1 || list[0].Holder != "the clerk of the court" {
		t.Errorf("out of sight: %+v, %v", list, err)
	}
	d.Fine()
}

func TestAWholeRecordIsPutOutOfSight(t *testing.T) {
	d, _, c := beginHeld(t, record.Client{Name: "Ada Quill", Jurisdiction: "US-TX"})
	if err := d.Practice().CloseClient(context.Background(), c.ID, record.Date{Year: 2024, Month: 3, Day: 14}, ""); err != nil {
		t.Fatal(err)
	}
	d.Changed(c.ID)
	d.Tap("More acts")
	d.PickMenu("Put the record out of sight")
	d.Choose("Privileged", 0)
	fields := d.Fields()
	fields[0].SetText("all of it is sealed")
	fields[1].SetText("Hinds County Chancery Court")
	fields[3].SetText("Nov 21, 2026")
	d.Sheet().Key(desk.KeySave)
	d.Sees("The client leaves every list")
	d.Keys(fyne.KeyReturn)
	d.SeesNot("Ada Quill")
	d.Sees("No clients yet.")
	d.Fine()
}
