package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/look"
)

func sheetOf(n int, save, cancel func()) (*Sheet, *fyne.Container) {
	fields := Column(12)
	for range n {
		fields.Add(NewField("Name"))
	}
	return NewSheet(fields, save, cancel), fields
}

func TestASheetIsSavedOnceAndCanceled(t *testing.T) {
	saved, left := 0, 0
	var s *Sheet
	s, _ = sheetOf(3, func() { saved++; s.SetBusy(true) }, func() { left++ })
	w := show(t, s, 700, 500)
	s.SetTitle("Add a client", "")
	s.SetAct("Add client")
	if got := texts(s); !slices.Contains(got, "Add client") || !slices.Contains(got, "Ctrl Enter") {
		t.Errorf("it shows %q", got)
	}
	s.Save()
	s.Save()
	test.Tap(s.save)
	if saved != 1 {
		t.Errorf("saved %d times", saved)
	}
	s.SetBusy(false)
	w.Canvas().Focus(s.save)
	press(w, fyne.KeyReturn)
	w.Canvas().FocusNext() // round to the button that closes
	press(w, fyne.KeyReturn)
	s.Cancel()
	if saved != 2 || left != 2 {
		t.Errorf("saved %d times, left %d", saved, left)
	}
}

func TestASheetsFootStaysInSight(t *testing.T) {
	s, fields := sheetOf(40, nil, nil)
	show(t, s, 700, 500)
	bottom := func(o fyne.CanvasObject) float32 {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y + o.Size().Height
	}
	problem := "The disk is full: nothing was saved. Make room on it, then press Save again. " + strings.Repeat("All that was typed is still here. ", 5)
	s.SetProblem(problem)
	if bottom(s.save) > 500 || bottom(s.problem) > 500 || s.problem.Size().Height < 30 {
		t.Errorf("the button ends at %.0f, the problem at %.0f", bottom(s.save), bottom(s.problem))
	}
	if got := strings.Join(texts(s.problem), " "); got != strings.TrimSpace(problem) || inkOf(t, s.problem, texts(s.problem)[0]) != look.Color(look.Red) {
		t.Errorf("it says %q", got)
	}
	last := fields.Objects[39].(*Field)
	last.Focus()
	if bottom(last) > bottom(s.save) {
		t.Error("the field that has the keyboard is out of sight")
	}
	s.Top()
	if s.scroll.inner.Offset.Y != 0 {
		t.Error("Top does not scroll")
	}
	s.SetProblem("")
	if s.Problem() != "" || s.problem.Size().Height > 32 {
		t.Error("the problem stays")
	}
}

func TestASheetsColumnIsNoWiderThanOneReads(t *testing.T) {
	s, fields := sheetOf(3, nil, nil)
	w := show(t, s, 1004, 600)
	if got := fields.Size().Width; got != sheetColumn {
		t.Errorf("the fields are %.0f wide", got)
	}
	w.Resize(fyne.NewSize(580, 600))
	if got := fields.Size().Width; got > 580-2*pageInset {
		t.Errorf("at 580 the fields are %.0f wide", got)
	}
	before := s.scroll.Position().Y
	s.SetTitle("Record a consent", "Lena Ptak")
	if s.scroll.Position().Y <= before {
		t.Error("the subtitle has no room")
	}
}

// The test's window has no shortcuts, so what an entry would hand on is asked.
func TestCtrlEnterIsTheWindowsWhereATextHasNoUseForIt(t *testing.T) {
	area := NewArea("Note", 3)
	show(t, area, 300, 200)
	if area.entry.ctrlOK() {
		t.Error("the text keeps what it has no use for")
	}
	area.OnEnter = func(string) {}
	if !area.entry.ctrlOK() {
		t.Error("the window would get what the text has a use for")
	}
}
