package retention

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

func ruleOf(t *testing.T, d *desktest.Desk, jurisdiction string) app.RetentionRule {
	t.Helper()
	list, err := d.Practice().RetentionRules(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.Jurisdiction == jurisdiction {
			return r
		}
	}
	t.Fatalf("no rule of %s", jurisdiction)
	return app.RetentionRule{}
}

func TestARuleIsReadAndConfirmed(t *testing.T) {
	d, p, _ := open(t, desk.Place{})
	texan(t, d, "Ada Quill")
	p.Show(desk.Place{Page: desk.Retention, Part: "rules", Topic: "US-TX"})
	d.Sees("IN USE", "Texas", "7 years after services end", "high confidence", "binds 1 record", "not confirmed", "ELSEWHERE", "Consents, requests and disclosures")
	d.Keys(fyne.KeyReturn)
	d.Sees("Confirm the rule: Texas", "22 TAC 781.309(4)")
	d.Keys(fyne.KeyReturn, fyne.KeyReturn) // checks the box, and takes it back
	if !ruleOf(t, d, "US-TX").Confirmed.IsZero() || !confirmButton(d).Disabled() {
		t.Error("Enters alone confirm a rule")
	}
	d.Keys(fyne.KeySpace)
	d.Tap("Confirm the rule")
	d.Sees("confirmed Nov 21, 2026")
	d.Focus(p.rules.search)
	d.Type("kentu")
	d.Sees("Kentucky", "Fill it in")
	d.SeesNot("Texas")
	d.Fine()
}

// Every rule that comes with the program goes through the form and comes out as
// it was.
func TestTheFormKeepsWhatARuleSays(t *testing.T) {
	d, _, _ := open(t, desk.Place{})
	list, err := d.Practice().RetentionRules(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		f := newRuleForm(d, r, date(t, "2026-11-21"))
		if f.edited() {
			t.Errorf("%s: the form says that something was typed", r.Place)
		}
		if r.Blank() {
			continue
		}
		if problem, ok := f.check(); !ok {
			t.Errorf("%s cannot be saved: %q", r.Place, problem)
		}
		if err := d.Practice().SetRetentionRule(context.Background(), f.typed(record.Date{})); err != nil {
			t.Errorf("%s: %v", r.Place, err)
		}
		if got := ruleOf(t, d, r.Jurisdiction); got.Says != r.Says {
			t.Errorf("%s says %q after %q", r.Place, got.Says, r.Says)
		}
	}
}

func TestABlankRuleIsFilledInByKeys(t *testing.T) {
	d, p, _ := open(t, desk.Place{})
	p.Show(desk.Place{Page: desk.Retention, Part: "rules", Topic: "US-KY"})
	d.Sees("Kentucky", "No period known")
	d.Keys(fyne.KeyReturn)
	d.Sees("How long are records kept?", "Save the rule")
	d.Sheet().Key(desk.KeySave)
	d.Sees("Say how long records are kept, or that it is not known.")
	d.Choose("For some years", 0)
	d.Sheet().Key(desk.KeySave)
	d.Sees("Write a number of years, such as 7.")
	d.Type("5")
	d.Sheet().Key(desk.KeySave)
	d.Sees("Say from when the years are counted.")
	test.Tap(d.Checks()[0])
	d.Choose("A rule of its own", 1)
	d.Tap("Years, where younger than")
	d.Type("10")
	d.Sheet().Key(desk.KeySave)
	d.Sees("Write an age in years, such as 18.")
	d.Type("18")
	d.Sheet().Key(desk.KeySave)
	d.Sees("Say from when the years are counted.")
	d.Sheet().Key(desk.KeyEscape)
	d.Sees("Discard what you typed?")
	d.Tap("Keep editing")
	d.Choose("A rule of its own", 0)
	box := d.Checks()
	test.Tap(box[len(box)-1])
	d.Sheet().Key(desk.KeySave)
	d.Sees("5 years after services end", "your own wording", "confirmed Nov 21, 2026")
	d.Fine()
}
