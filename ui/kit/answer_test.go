package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/look"
)

func TestAnAnswerIsGivenAndTakenBack(t *testing.T) {
	var said []int
	a := NewAnswer("Was the client told?").Must("Say whether the client was told.")
	a.OnChanged = func(i int) { said = append(said, i) }
	w := show(t, a, 300, 120)
	if _, ok := a.Value(); ok || inkOf(t, a, "Say whether the client was told.") != look.Color(look.Red) {
		t.Error("no answer was taken for one")
	}
	a.Focus()
	press(w, fyne.KeyRight)
	if answer, ok := a.Value(); !ok || answer != Yes || a.Error() != "" {
		t.Errorf("the answer is %d, %v, %q", answer, ok, a.Error())
	}
	press(w, fyne.KeyRight, fyne.KeyDelete, fyne.KeyDelete, fyne.KeyEnd, fyne.KeyBackspace)
	test.TapAt(a.segments, fyne.NewPos(5, 5))
	test.TapAt(a.segments, fyne.NewPos(5, 5))
	if want := []int{Yes, No, Unanswered, No, Unanswered, Yes, Unanswered}; !slices.Equal(said, want) {
		t.Errorf("said %v, want %v", said, want)
	}
	a.Choose(No)
	if a.Chosen() != No || len(said) != 7 {
		t.Error("Choose must answer, and not call back")
	}
}

func TestASegmentThatMustStayIsNotTakenBack(t *testing.T) {
	s := NewSegments([]string{"Text", "Email"}, 0, nil)
	w := show(t, Row(0, s), 300, 60)
	test.TapAt(s, fyne.NewPos(5, 5))
	press(w, fyne.KeyDelete)
	if s.Chosen() != 0 {
		t.Errorf("chosen %d", s.Chosen())
	}
}

func TestALongQuestionWraps(t *testing.T) {
	question := "Does the client understand that whoever sees the phone may read the texts?"
	a := NewAnswer(question)
	show(t, Column(0, a), 200, 300)
	if got := strings.Join(texts(a), " "); got != question+" Yes No" {
		t.Errorf("it shows %q", got)
	}
	if bottom := a.segments.Position().Y + a.segments.Size().Height; bottom > a.HeightAt(200) {
		t.Errorf("the answers reach %.0f of %.0f", bottom, a.HeightAt(200))
	}
}

func TestSeveralOfManyByKeys(t *testing.T) {
	changes := 0
	c := NewChecks("Channels", []string{"Texts", "Emails", "Calls", "Voicemail", "Video"}).Must("Check at least one.")
	c.OnChanged = func() { changes++ }
	w := show(t, c, 600, 200)
	if chosen, ok := c.Value(); ok || chosen != nil || c.Error() != "Check at least one." {
		t.Errorf("nothing chosen is %v, %v", chosen, ok)
	}
	w.Canvas().FocusNext() // All
	press(w, fyne.KeyReturn)
	if got := c.Chosen(); len(got) != 5 || c.Error() != "" {
		t.Errorf("All checks %v; wrong %q", got, c.Error())
	}
	w.Canvas().FocusNext()
	press(w, fyne.KeyReturn)
	w.Canvas().FocusNext()
	press(w, fyne.KeySpace)
	w.Canvas().FocusNext()
	w.Canvas().FocusNext()
	press(w, fyne.KeySpace)
	if chosen, ok := c.Value(); !ok || !slices.Equal(chosen, []int{0, 2}) || changes != 4 {
		t.Errorf("chosen %v, %v, after %d changes", chosen, ok, changes)
	}
	c.Choose(4)
	if got := c.Chosen(); !slices.Equal(got, []int{4}) || changes != 4 {
		t.Errorf("chosen %v, after %d changes", got, changes)
	}
}

func TestFewChecksNeedNoAll(t *testing.T) {
	c := NewChecks("Seen", []string{"License", "Passport", "Card", "Other"})
	show(t, c, 600, 100)
	if slices.Contains(texts(c), "All") {
		t.Errorf("it shows %q", texts(c))
	}
}

func TestChecksStandInColumnsAndKeepEveryWord(t *testing.T) {
	long := "She understands that whoever sees the phone may read the texts, and that they stay in the record"
	c := NewChecks("Explained", []string{"Texts", "Emails", long, "Calls"})
	w := show(t, Column(0, c), 640, 400)
	if c.checks[1].Position().Y != 0 || c.checks[1].Position().X == 0 {
		t.Errorf("at 640 the second stands at %v", c.checks[1].Position())
	}
	for _, width := range []float32{640, 300, 160} {
		w.Resize(fyne.NewSize(width, 400))
		if got := strings.Join(texts(c), " "); !strings.Contains(got, long) {
			t.Errorf("at %.0f it shows %q", width, got)
		}
		for i, check := range c.checks {
			if end := check.Position().X + check.Size().Width; end > width+1 {
				t.Errorf("at %.0f the %d. ends at %.0f", width, i+1, end)
			}
			if i > 0 && check.Position().Y == c.checks[i-1].Position().Y && check.Position().X < c.checks[i-1].Position().X {
				t.Errorf("at %.0f the %d. stands over the one before", width, i+1)
			}
		}
		last := c.checks[3]
		if bottom := c.body.Objects[1].Position().Y + last.Position().Y + last.Size().Height; bottom > c.HeightAt(width)+1 {
			t.Errorf("at %.0f they reach %.0f of %.0f", width, bottom, c.HeightAt(width))
		}
	}
}
