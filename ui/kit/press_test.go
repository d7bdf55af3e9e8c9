package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/look"
)

func TestAButtonIsPressedByPointerAndKeys(t *testing.T) {
	presses := 0
	b := NewButton("Produce record", func() { presses++ })
	w := show(t, Row(0, b), 300, 60)
	test.Tap(b)
	w.Canvas().Focus(b)
	press(w, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace)
	if presses != 4 {
		t.Errorf("pressed %d times, not 4", presses)
	}
	b.Disable()
	test.Tap(b)
	press(w, fyne.KeyReturn)
	if presses != 4 {
		t.Error("a disabled button was pressed")
	}
}

func TestTheRingShowsTheKeyboardAndNotTheClick(t *testing.T) {
	s := NewSegments([]string{"Text", "Email", "Call"}, 0, nil)
	w := show(t, Row(0, s), 300, 60)
	test.TapCanvas(w.Canvas(), fyne.NewPos(60, 30))
	if s.Chosen() != 1 || !s.focused || s.ringed() {
		t.Fatalf("after a click: chosen %d, focused %v, ring %v", s.Chosen(), s.focused, s.ringed())
	}
	press(w, fyne.KeyRight)
	if s.Chosen() != 2 || !s.ringed() {
		t.Errorf("after a key: chosen %d, ring %v", s.Chosen(), s.ringed())
	}
	if s.ring.StrokeColor != look.Color(look.Accent) {
		t.Errorf("the ring is %v", s.ring.StrokeColor)
	}
	w.Canvas().Unfocus()
	if s.ringed() || s.ring.StrokeWidth != 0 {
		t.Error("the ring stays")
	}
}

func TestKeysWithoutUseReachTheWindow(t *testing.T) {
	for name, o := range map[string]fyne.Focusable{
		"button":   NewButton("Go", nil),
		"segments": NewSegments([]string{"A", "B"}, 0, nil),
		"tabs":     NewTabs([]string{"A", "B"}, nil),
		"side":     NewSideTabs([]string{"A", "B"}, nil),
		"field":    NewField("Name").Entry(),
		"area":     NewArea("Note", 2).Entry(),
		"day":      NewDayField("Day", saturday).Entry(),
		"search":   NewSearch("Find", "").Entry(),
		"select":   NewSelect("Kind", []string{"A"}, 0, nil),
		"check":    NewCheck("Yes", false, nil),
		"list":     NewList(numbers(3, 20)),
	} {
		t.Run(name, func(t *testing.T) {
			w := show(t, o.(fyne.CanvasObject), 300, 200)
			var got []fyne.KeyName
			w.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { got = append(got, ev.Name) })
			w.Canvas().Focus(o)
			press(w, fyne.KeyEscape)
			if !slices.Equal(got, []fyne.KeyName{fyne.KeyEscape}) {
				t.Errorf("the window got %q", got)
			}
		})
	}
}

func TestSegmentsMayStartUnanswered(t *testing.T) {
	var said []int
	s := NewSegments([]string{"Confirmed", "Not confirmed"}, -1, func(i int) { said = append(said, i) })
	w := show(t, Row(0, s), 300, 60)
	if s.mark.Visible() {
		t.Error("a question that nobody answered shows an answer")
	}
	w.Canvas().Focus(s)
	press(w, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyEnd, fyne.KeyHome)
	if want := []int{0, 1, 0, 1, 0}; !slices.Equal(said, want) {
		t.Errorf("said %v, want %v", said, want)
	}
	s.Choose(1)
	if len(said) != 5 || !s.mark.Visible() {
		t.Error("Choose must mark, and not call back")
	}
}

func TestChoosingASegmentMovesNothing(t *testing.T) {
	s := NewSegments([]string{"Text", "Email", "Call"}, 0, nil)
	show(t, Row(0, s), 300, 60)
	before := s.MinSize()
	for i := range 3 {
		s.Choose(i)
		if s.MinSize() != before {
			t.Errorf("with %d chosen it is %v, not %v", i, s.MinSize(), before)
		}
	}
}

func TestACheckBoxByKeys(t *testing.T) {
	var said []bool
	c := NewCheck("Communications", false, func(on bool) { said = append(said, on) }).Note("1,177")
	w := show(t, c, 300, 30)
	w.Canvas().Focus(c)
	press(w, fyne.KeySpace, fyne.KeyReturn)
	test.Tap(c)
	if want := []bool{true, false, true}; !slices.Equal(said, want) || !c.On() {
		t.Errorf("said %v, on %v", said, c.On())
	}
}

func TestTabsFoldIntoMore(t *testing.T) {
	names := []string{"Timeline", "Consents", "Searches", "Assessments", "Safety", "Documents", "Requests", "Standing"}
	var said []int
	tabs := NewTabs(names, func(i int) { said = append(said, i) })
	narrow := NewTabs(names, nil)
	show(t, narrow, 420, 60) // folded from the first
	if got := texts(narrow); !slices.Contains(got, "More") {
		t.Errorf("it shows %q", got)
	}
	w := show(t, tabs, 900, 60)
	if tabs.folds() {
		t.Fatal("folds though there is room")
	}
	w.Resize(fyne.NewSize(420, 60))
	if !tabs.folds() || slices.Contains(texts(tabs), "Standing") || !slices.Contains(texts(tabs), "More") {
		t.Fatalf("at 420 it shows %q", texts(tabs))
	}
	if got := texts(tabs); slices.Index(got, "Timeline") != 0 || slices.Contains(got[1:], "Timeline") {
		t.Errorf("the open tab stands twice: %q", got)
	}
	if _, end := tabs.moreSpan(); end > 420 {
		t.Errorf("More ends at %.0f", end)
	}
	w.Canvas().Focus(tabs)
	press(w, fyne.KeyEnd)
	if tabs.Chosen() != 7 || !slices.Contains(texts(tabs), "Standing") {
		t.Errorf("with a folded tab open it shows %q", texts(tabs))
	}
	press(w, fyne.KeyDown)
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("Down does not open More")
	}
	press(w, fyne.KeyDown, fyne.KeyReturn)
	if w.Canvas().Overlays().Top() != nil || said[len(said)-1] != tabs.shown {
		t.Errorf("the menu chose %v; the first folded tab is %d", said, tabs.shown)
	}
	w.Canvas().Focus(tabs)
	press(w, fyne.KeyHome, fyne.KeyRight)
	if tabs.Chosen() != 1 {
		t.Errorf("chosen %d", tabs.Chosen())
	}
}

func TestTabsByPointer(t *testing.T) {
	tabs := NewTabs([]string{"Timeline", "Consents", "Searches"}, nil)
	w := show(t, tabs, 600, 40)
	for i := range 3 {
		start, end := tabs.span(i)
		test.TapCanvas(w.Canvas(), fyne.NewPos((start+end)/2, 20))
		if tabs.Chosen() != i {
			t.Errorf("tab %d: chosen %d", i, tabs.Chosen())
		}
	}
}

func TestSelectByKeys(t *testing.T) {
	var said []int
	s := NewSelect("Kind", []string{"Individual", "Couple", "Family"}, -1, func(i int) { said = append(said, i) }).Empty("choose")
	w := show(t, s, 300, 200)
	if !slices.Contains(texts(s), "choose") {
		t.Errorf("shows %q", texts(s))
	}
	w.Canvas().Focus(s)
	press(w, fyne.KeyDown)
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no menu")
	}
	press(w, fyne.KeyDown, fyne.KeyReturn)
	if s.Chosen() != 1 || !slices.Equal(said, []int{1}) || !slices.Contains(texts(s), "Couple") {
		t.Errorf("chosen %d, said %v, shows %q", s.Chosen(), said, texts(s))
	}
	press(w, fyne.KeySpace)
	press(w, fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil || s.Chosen() != 1 {
		t.Error("Escape must leave the choice")
	}
}

func TestNavItemShowsWhatPresses(t *testing.T) {
	n := NewNavItem(look.Calendar, "Today", nil)
	show(t, n, 160, 35)
	n.SetBadge(6)
	if !slices.Contains(texts(n), "6") || n.pill.FillColor != look.Color(look.Amber) {
		t.Errorf("shows %q", texts(n))
	}
	n.SetBadge(0)
	n.SetNote("9:41")
	if slices.Contains(texts(n), "6") || !slices.Contains(texts(n), "9:41") {
		t.Errorf("shows %q", texts(n))
	}
	n.SetSelected(true)
	if inkOf(t, n, "Today") != look.Color(look.Accent) {
		t.Error("the open page is not marked")
	}
}

func TestAMenuOfActs(t *testing.T) {
	b := NewButton("More", nil)
	w := show(t, Row(0, b), 400, 300)
	done := ""
	item := fyne.NewMenuItem("שלום עולם", func() { done = "moved" })
	for range 2 { // shown again, its label must not be reordered again
		Menu(b, fyne.NewMenuItem("Amend", nil), item)
		shown := strings.ReplaceAll(strings.Join(texts(w.Canvas().Overlays().Top()), "|"), "\u200E", "")
		if shown != "Amend|עולם שלום" {
			t.Errorf("the menu shows %+q", shown)
		}
		press(w, fyne.KeyDown, fyne.KeyReturn)
	}
	if done != "moved" || item.Label != "שלום עולם" {
		t.Errorf("done %q, label %+q", done, item.Label)
	}
}

func TestSegmentsTakeRowsWhereItIsNarrow(t *testing.T) {
	options := []string{"In writing", "Verbally", "Electronically", "Drawn here"}
	s := NewSegments(options, 3, nil)
	w := show(t, Column(0, s), 500, 200)
	if s.HeightAt(500) != 25 || s.grounds[1].Visible() {
		t.Errorf("at 500 it is %.0f high", s.HeightAt(500))
	}
	w.Resize(fyne.NewSize(200, 200))
	if s.Size().Height < 55 || !s.grounds[1].Visible() {
		t.Fatalf("at 200 it is %.0f high", s.Size().Height)
	}
	for i, g := range s.places(200) {
		test.TapAt(s, fyne.NewPos((g.start+g.end)/2, g.top()+12))
		if s.Chosen() != i || g.end > 200 {
			t.Errorf("a click on %s, which ends at %.0f, chooses %d", options[i], g.end, s.Chosen())
		}
		if at := s.mark.Position(); at.Y != g.top()+1 || at.X != g.start+1 {
			t.Errorf("the mark of %s stands at %v", options[i], at)
		}
	}
	w.Resize(fyne.NewSize(500, 200))
	if s.Size().Height != 25 {
		t.Errorf("back at 500 it is %.0f high", s.Size().Height)
	}
}

func TestASelectThatMustBeChosen(t *testing.T) {
	s := NewSelect("State", []string{"Mississippi", "Tennessee"}, -1, nil)
	w := show(t, Column(0, s), 200, 300)
	if chosen, ok := s.Value(); !ok || chosen != -1 {
		t.Errorf("nothing chosen is %d, %v", chosen, ok)
	}
	plain := s.HeightAt(200)
	s.Must("Say which state gave the license.")
	if _, ok := s.Value(); ok || inkOf(t, s, "Say which state gave the license.") != look.Color(look.Red) {
		t.Error("nothing chosen is taken")
	}
	if s.HeightAt(200) <= plain || s.ground.StrokeColor != look.Color(look.Red) {
		t.Errorf("it is %.0f high, its border %v", s.HeightAt(200), s.ground.StrokeColor)
	}
	s.Focus()
	press(w, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if chosen, ok := s.Value(); !ok || chosen != 1 || s.Error() != "" || s.HeightAt(200) != plain {
		t.Errorf("chosen %d, %v, wrong %q", chosen, ok, s.Error())
	}
}

// What was out of sight has lost its renderers, and Fyne gives the keyboard to
// nothing without.
func TestWhatComesIntoSightCanTakeTheKeyboard(t *testing.T) {
	field := NewField("Name")
	box := container.NewStack(NewLabel("Your practice"))
	w := show(t, box, 300, 100)
	box.Objects = append(box.Objects, field)
	wake(w.Canvas())
	w.Canvas().Focus(field.entry)
	if w.Canvas().Focused() != fyne.Focusable(field.entry) {
		t.Errorf("%T has the keyboard, not the field", w.Canvas().Focused())
	}
}
