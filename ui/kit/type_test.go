package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/look"
)

func TestAFieldShowsFocusAndWhatIsWrong(t *testing.T) {
	f := NewField("Email").Hint("Where they read mail.")
	w := show(t, f, 300, 90)
	if f.ground.StrokeColor != look.Color(look.Field) {
		t.Error("border before the focus")
	}
	f.Focus()
	if f.ground.StrokeColor != look.Color(look.Accent) || f.ground.StrokeWidth != look.Ring {
		t.Error("border with the focus")
	}
	w.Canvas().Unfocus()
	f.SetError("That is no email address: it has no @.")
	if inkOf(t, f, f.Error()) != look.Color(look.Red) || f.ground.StrokeColor != look.Color(look.Red) {
		t.Error("what is wrong is not red")
	}
	test.Type(f.Entry(), "a")
	if f.Error() != "" || !slices.Contains(texts(f), "Where they read mail.") {
		t.Errorf("typing must take the error away; it shows %q", texts(f))
	}
}

func TestAFieldHasOneBorder(t *testing.T) {
	f := NewField("")
	show(t, f, 300, 60)
	var borders int
	for _, part := range test.LaidOutObjects(f) {
		if r, ok := part.(*canvas.Rectangle); ok && r.StrokeWidth > 0 {
			borders++
		}
	}
	if borders != 1 {
		t.Errorf("%d borders are drawn", borders)
	}
}

func TestEnterInAField(t *testing.T) {
	f := NewField("Name")
	w := show(t, f, 300, 60)
	f.Focus()
	reached := false
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { reached = true })
	press(w, fyne.KeyReturn)
	if !reached {
		t.Error("without OnEnter the window must get Enter, for a dialog's main button")
	}
	var said string
	f.OnEnter = func(text string) { said = text }
	test.Type(f.Entry(), "Ada")
	reached = false
	press(w, fyne.KeyReturn)
	if said != "Ada" || reached {
		t.Errorf("said %q, window reached %v", said, reached)
	}
}

func TestATextOfSeveralLines(t *testing.T) {
	var said string
	f := NewArea("Note", 3)
	f.OnEnter = func(text string) { said = text }
	next := NewButton("Log", nil)
	w := show(t, Column(8, f, next), 300, 200)
	f.Focus()
	test.Type(f.Entry(), "one")
	press(w, fyne.KeyReturn)
	test.Type(f.Entry(), "two")
	if f.Text() != "one\ntwo" || said != "" {
		t.Fatalf("text %q, said %q", f.Text(), said)
	}
	f.entry.TypedShortcut(ctrlEnter())
	if said != "one\ntwo" {
		t.Errorf("Ctrl+Enter said %q", said)
	}
	if f.entry.AcceptsTab() {
		t.Error("Tab must leave the text")
	}
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != next {
		t.Errorf("the next is %T", w.Canvas().Focused())
	}
}

func TestAComposersChoicesWrapWhereItIsNarrow(t *testing.T) {
	first := NewSegments([]string{"Text", "Email", "Call", "Video"}, 2, nil)
	second := NewSegments([]string{"From client", "To client"}, 1, nil)
	f := NewArea("", 2).Footer(Row(6, Grow(Flow(6, first, second)), NewPrimary("Log", nil).Small()))
	w := show(t, Column(0, f), 600, 300)
	wide := f.Size().Height
	w.Resize(fyne.NewSize(300, 300))
	if f.Size().Height <= wide || second.Position().Y == 0 {
		t.Errorf("at 300 it is %.0f high, at 600 %.0f", f.Size().Height, wide)
	}
	if end := second.Position().Y + second.Size().Height; end > f.footer.Size().Height {
		t.Errorf("the choices reach %.0f of the footer's %.0f", end, f.footer.Size().Height)
	}
}

func TestAPasswordIsDotsUntilShown(t *testing.T) {
	f := NewPassword("Passphrase")
	w := show(t, f, 300, 60)
	f.Focus()
	test.Type(f.Entry(), "open sesame")
	if drawn := strings.Join(texts(f), " "); strings.Contains(drawn, "sesame") || f.Text() != "open sesame" {
		t.Fatalf("it shows %q", drawn)
	}
	press(w, fyne.KeyF8)
	if drawn := strings.Join(texts(f), " "); !strings.Contains(drawn, "open sesame") || !strings.Contains(drawn, "hide") {
		t.Errorf("after F8 it shows %q", drawn)
	}
	test.Tap(f.trailing.(*peek))
	if drawn := strings.Join(texts(f), " "); strings.Contains(drawn, "sesame") || !strings.Contains(drawn, "show") {
		t.Errorf("after hide it shows %q", drawn)
	}
}

func TestTabLeadsFromAPasswordToTheNextField(t *testing.T) {
	first, second := NewPassword("Passphrase"), NewPassword("The passphrase once more")
	w := show(t, Column(8, first, second), 300, 160)
	first.Focus()
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != second.Entry() {
		t.Fatalf("Tab leads to %T", w.Canvas().Focused())
	}
	w.Canvas().FocusPrevious()
	if w.Canvas().Focused() != first.Entry() {
		t.Errorf("Shift+Tab leads to %T", w.Canvas().Focused())
	}
}

func TestASearchFieldLeadsTheListBelow(t *testing.T) {
	s := NewSearch("Find a client", "Ctrl K")
	var moved []fyne.KeyName
	var found, opened string
	s.OnMove = func(ev *fyne.KeyEvent) { moved = append(moved, ev.Name) }
	s.OnChanged = func(text string) { found = text }
	s.OnEnter = func(text string) { opened = text }
	w := show(t, s, 240, 34)
	if !slices.Contains(texts(s), "Ctrl K") {
		t.Error("the keys are not shown")
	}
	s.Focus()
	test.Type(s.Entry(), "hoa")
	press(w, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	if found != "hoa" || opened != "hoa" || !slices.Equal(moved, []fyne.KeyName{fyne.KeyDown, fyne.KeyUp}) {
		t.Errorf("found %q, opened %q, moved %q", found, opened, moved)
	}
	if slices.Contains(texts(s), "Ctrl K") {
		t.Error("the keys lie over the text")
	}
	press(w, fyne.KeyEscape)
	if s.Text() != "" || found != "" {
		t.Errorf("Escape left %q", s.Text())
	}
}

func TestWhatIsWrongIsSaidWhole(t *testing.T) {
	f := NewField("Born")
	show(t, Column(0, f), 140, 200)
	plain := f.HeightAt(140)
	f.SetError("Write a date as 2/29/1980, or leave it empty.")
	if said := strings.Join(texts(f)[1:], " "); said != f.Error() {
		t.Errorf("it says %q", said)
	}
	if f.HeightAt(140) <= plain+20 || f.MinSize().Height != f.HeightAt(140) {
		t.Errorf("it is %.0f high, without an error %.0f", f.HeightAt(140), plain)
	}
	f.SetError("")
	if f.HeightAt(140) != plain {
		t.Errorf("afterwards it is %.0f high", f.HeightAt(140))
	}
}

func TestAFieldThatMustBeFilled(t *testing.T) {
	f := NewField("Name")
	show(t, f, 300, 90)
	f.SetText("  ")
	if text, ok := f.Value(); !ok || text != "" {
		t.Errorf("an empty field is %q, %v", text, ok)
	}
	f.Must("A client needs a name.")
	if _, ok := f.Value(); ok || f.Error() != "A client needs a name." {
		t.Errorf("it is taken, and says %q", f.Error())
	}
	f.SetText(" Ada Quill ")
	if text, ok := f.Value(); !ok || text != "Ada Quill" || f.Error() != "" {
		t.Errorf("it is %q, %v, and says %q", text, ok, f.Error())
	}
}

// What stands in a field of one line is selected where the keyboard brought it,
// so that typing replaces it, and stays where the pointer did.
func TestTypingReplacesWhatTheKeyboardCameTo(t *testing.T) {
	f := NewField("Reason")
	show(t, f, 300, 80)
	f.SetText("Dr. Vera Klein")
	f.Focus()
	if got := f.Entry().(*entry).SelectedText(); got != "Dr. Vera Klein" {
		t.Errorf("%q is selected", got)
	}
	f.Entry().TypedRune('N')
	if f.Text() != "N" {
		t.Errorf("typing gave %q", f.Text())
	}
}
