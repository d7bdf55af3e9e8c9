package begin

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/kit"
)

func open(t *testing.T) (*desktest.Desk, *page) {
	t.Helper()
	d := desktest.New(t)
	p := New(d).(*page)
	d.Open(p, 1004, 700, desk.Place{Page: desk.Start})
	return d, p
}

// The questions are answered with the keyboard alone.
func TestSixQuestions(t *testing.T) {
	d, p := open(t)
	d.Sees("Question 1 of 6", "Who are you?")
	d.Type("Nora Whitcomb")
	d.Keys(fyne.KeyReturn)
	d.Type("LCSW")
	d.Keys(fyne.KeyReturn)
	d.Sees("Question 2 of 6")
	d.Type("ms")
	d.Keys(fyne.KeyReturn)
	d.Type("C4471")
	p.Key(desk.KeySave)
	d.Sees("Question 3 of 6")
	d.Keys(fyne.KeyHome)
	p.Key(desk.KeySave)
	d.Sees("Question 4 of 6")
	p.ask.hours.Days.Choose(0, 4)
	p.ask.hours.From.SetText("9")
	p.ask.hours.To.SetText("8 AM")
	p.Key(desk.KeySave)
	d.Sees("Question 4 of 6", "It ends before it begins")
	p.ask.hours.To.SetText("5 PM")
	p.Key(desk.KeySave)
	d.Sees("Question 5 of 6")
	d.Tap("Later")
	d.Sees("Question 6 of 6")
	d.Type("a drive at the bank")
	p.Key(desk.KeySave)
	d.Sees("Bring your clients")
	s, err := d.Practice().Settings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if s.Owner != "Nora Whitcomb, LCSW" || s.Jurisdiction != "US-MS" || s.HIPAA != "yes" || s.Hours.From != "09:00" || len(s.Hours.Days) != 2 ||
		s.Backups != "a drive at the bank" || s.Started.IsZero() {
		t.Errorf("the settings are %+v", s)
	}
	policies, err := d.Practice().Policies(context.Background())
	if err != nil || len(policies[0].Versions) != 1 {
		t.Errorf("the policies are %+v, %v", policies, err)
	}
	if p.Drafts() != nil {
		t.Error("what was saved is kept as a draft")
	}
	d.Fine()
}

func TestWhatIsWrongIsSaidAtItsQuestion(t *testing.T) {
	d, p := open(t)
	p.ask.state.SetText("Missisipi")
	p.tabs.Choose(len(p.ask.steps) - 1)
	p.show()
	p.Key(desk.KeySave)
	d.Sees("Question 2 of 6", "That is no state")
	p.ask.state.SetText("")
	p.ask.number.SetText("C4471")
	p.tabs.Choose(len(p.ask.steps) - 1)
	p.show()
	p.Key(desk.KeySave)
	if !strings.Contains(p.ask.state.Error(), "Choose") {
		t.Errorf("a license without a state: %q", p.ask.state.Error())
	}
	if _, started, _ := d.Practice().StartLeft(context.Background()); started {
		t.Error("it began all the same")
	}
}

// What was typed is there again after a lock.
func TestAnswersAreKeptOverALock(t *testing.T) {
	d, p := open(t)
	d.Type("Nora Whitcomb")
	p.ask.hipaa.Choose(kit.No)
	drafts := p.Drafts()
	if len(drafts) != 1 {
		t.Fatalf("the drafts are %+v", drafts)
	}
	if err := d.Practice().SaveFormDraft(context.Background(), drafts[0].Client, drafts[0].Form, drafts[0].Text); err != nil {
		t.Fatal(err)
	}
	again := New(d).(*page)
	d.Open(again, 1004, 700, desk.Place{Page: desk.Start})
	if again.ask.name.Text() != "Nora Whitcomb" || again.ask.hipaa.Chosen() != kit.No {
		t.Error("what was typed is gone")
	}
}

func TestOneQuestionIsAnsweredLater(t *testing.T) {
	d, p := open(t)
	if err := d.Practice().Start(context.Background(), app.FirstAnswers{HIPAA: "yes"}); err != nil {
		t.Fatal(err)
	}
	p.read = false
	p.Show(desk.Place{Page: desk.Start, Part: string(app.AskBackups)})
	d.Sees("How do you keep copies?", "Save")
	d.Type("a drive")
	p.Key(desk.KeySave)
	if len(d.Places) != 1 || d.Places[0].Page != desk.Today {
		t.Errorf("it went on to %+v", d.Places)
	}
	if s, _ := d.Practice().Settings(context.Background()); s.Backups != "a drive" || s.HIPAA != "yes" || s.Jurisdiction != "" || s.Hours.From != "" {
		t.Errorf("the settings are %+v", s)
	}
	if len(p.Drafts()) != 0 {
		t.Error("something is left over")
	}
}

// reopened gives the page as it is shown the next time, after drafts were kept.
func reopened(t *testing.T, d *desktest.Desk, before *page) *page {
	t.Helper()
	for _, draft := range before.Drafts() {
		if err := d.Practice().SaveFormDraft(context.Background(), draft.Client, draft.Form, draft.Text); err != nil {
			t.Fatal(err)
		}
	}
	again := New(d).(*page)
	d.Open(again, 1004, 700, desk.Place{Page: desk.Start})
	return again
}

// changes counts how often the trail says that the settings were changed.
func changes(t *testing.T, d *desktest.Desk) (n int) {
	t.Helper()
	events, err := d.Practice().History(context.Background(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Action == "practice.change" {
			n++
		}
	}
	return n
}

// What was answered is saved at once, and the next time goes on after it.
func TestEachAnswerIsSavedAsItIsGiven(t *testing.T) {
	d, p := open(t)
	d.Type("Nora Whitcomb")
	p.Key(desk.KeySave)
	p.ask.state.SetText("ms")
	p.ask.number.SetText("C4471")
	p.Key(desk.KeySave)
	d.Sees("Question 3 of 6")
	trail := changes(t, d)
	p.tabs.Choose(1)
	p.chose()
	p.Key(desk.KeySave)
	if got := changes(t, d); got != trail {
		t.Errorf("the trail has %d changes, then %d", trail, got)
	}
	s, err := d.Practice().Settings(context.Background())
	if err != nil || s.Owner != "Nora Whitcomb" || s.Jurisdiction != "US-MS" || s.License != "" || !s.Started.IsZero() {
		t.Errorf("the settings are %+v, %v", s, err)
	}
	p = reopened(t, d, p)
	d.Sees("Question 3 of 6", "answered")
	if p.ask.number.Text() != "C4471" {
		t.Errorf("the license's number is %q", p.ask.number.Text())
	}
	s.Owner = "Nora Whitcomb, LCSW" // on the page Practice
	if err := d.Practice().SetSettings(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	p.Refresh(0)
	p.ask.hipaa.Choose(kit.No)
	p.tabs.Choose(4)
	p.chose()
	p = reopened(t, d, p)
	if p.ask.credential.Text() != "LCSW" || p.ask.hipaa.Chosen() != kit.No || p.ask.number.Text() != "C4471" {
		t.Errorf("a draft hides what was changed elsewhere: %+v", p.ask.keep())
	}
	d.Fine()
}

// No question flashes by before it is known which one is to be shown.
func TestNothingIsShownBeforeItIsRead(t *testing.T) {
	p := New(desktest.New(t)).(*page)
	for i, o := range append(p.bodies.Objects, p.foot) {
		if o.Visible() {
			t.Errorf("%d is shown before anything was read", i)
		}
	}
}
