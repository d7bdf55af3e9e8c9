package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/look"
)

func TestADialogByKeys(t *testing.T) {
	behind := NewButton("Behind", nil)
	w := show(t, behind, 800, 600)
	w.Canvas().Focus(behind)
	below := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { below++ })

	added, closed := 0, 0
	name := NewField("Name")
	act := NewPrimary("Add", func() { added++ })
	d := NewDialog("Add a client", Column(12, NewNote("Who is it?"), name), act)
	d.OnClosed = func() { closed++ }
	d.Open(w)
	if w.Canvas().Focused() != name.Entry() {
		t.Fatalf("the keyboard is with %T", w.Canvas().Focused())
	}
	press(w, fyne.KeyReturn)
	if added != 1 {
		t.Error("Enter in a field must press the main button")
	}
	act.Disable()
	press(w, fyne.KeyReturn)
	if added != 1 {
		t.Error("Enter pressed a disabled button")
	}
	press(w, fyne.KeyEscape)
	if closed != 1 || w.Canvas().Overlays().Top() != nil {
		t.Fatal("Escape must close")
	}
	d.Close()
	if closed != 1 {
		t.Error("closed twice")
	}
	if w.Canvas().Focused() != behind {
		t.Error("the keyboard must go back to where it was")
	}
	w.Canvas().Unfocus()
	press(w, fyne.KeyEscape)
	if below != 1 {
		t.Errorf("the window's own keys came back %d times", below)
	}
}

func TestConfirmAndTell(t *testing.T) {
	w := show(t, NewLabel(""), 800, 600)
	done := 0
	ConfirmDanger(w, "Strike through?", "It stays readable.", "Strike through", func() { done++ })
	press(w, fyne.KeyEscape)
	if done != 0 || w.Canvas().Overlays().Top() != nil {
		t.Error("Escape must do nothing")
	}
	Confirm(w, "File 196?", "", "File 196", func() { done++ })
	press(w, fyne.KeyReturn)
	if done != 1 || w.Canvas().Overlays().Top() != nil {
		t.Errorf("Enter did it %d times", done)
	}
	Tell(w, "Not saved", "The disk is full.")
	press(w, fyne.KeyReturn)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("Enter must close what only tells")
	}
}

func TestALongDialogScrollsInsideTheWindow(t *testing.T) {
	w := show(t, NewLabel(""), 700, 400)
	d := NewDialog("Terms", NewText(strings.Repeat("again and again ", 800)), NewPrimary("Agree", nil))
	d.Open(w)
	if bottom := d.card.Position().Y + d.card.Size().Height; bottom > 400 || d.card.Position().Y < 0 {
		t.Errorf("the card reaches from %.0f to %.0f", d.card.Position().Y, bottom)
	}
	if inner := d.scroll.inner; inner.Content.Size().Height <= inner.Size().Height {
		t.Error("the text does not scroll")
	}
	act := d.main
	if bottom := fyne.CurrentApp().Driver().AbsolutePositionForObject(act).Y + act.Size().Height; bottom > 400 {
		t.Errorf("the button ends at %.0f", bottom)
	}
}

func TestAToastGoesByItselfOrByItsButton(t *testing.T) {
	var waiting []func()
	toasts := newToasts(later(&waiting))
	w := show(t, toasts.Over(NewLabel("page")), 500, 300)
	toasts.Say("Saved")
	toasts.Offer("Entry moved to Lena Ptak", "Undo", func() { toasts.Say("Moved back") })
	waiting[0]()
	if toasts.Text() != "Entry moved to Lena Ptak" || !slices.Contains(texts(toasts), "Undo") {
		t.Fatalf("the end of the first toast took the second: %q", texts(toasts))
	}
	w.Canvas().Focus(toasts.undo)
	press(w, fyne.KeyReturn)
	if toasts.Text() != "Moved back" {
		t.Errorf("after Undo: %q", toasts.Text())
	}
	waiting[1]()
	if toasts.Text() != "Moved back" {
		t.Error("the end of the second toast took the third")
	}
	waiting[2]()
	if toasts.Text() != "" || toasts.ground.FillColor != look.Color(look.Clear) {
		t.Error("the toast stays")
	}
}

func TestAToastLetsThePageBeUsed(t *testing.T) {
	pressed := false
	toasts := newToasts(later(nil))
	b := NewButton("Page", func() { pressed = true })
	w := show(t, toasts.Over(b), 500, 300)
	toasts.Say("Saved")
	test.TapCanvas(w.Canvas(), fyne.NewPos(250, 100))
	if !pressed {
		t.Error("the page cannot be reached")
	}
}

func TestProgressCountsAndCancels(t *testing.T) {
	cancelled := 0
	p := NewProgress("Reading sms-20261120.xml", func() { cancelled++ })
	w := show(t, p, 500, 44)
	p.Set(3200, 7360)
	if p.Count() != "3,200 of 7,360" || !slices.Contains(texts(p), p.Count()) {
		t.Errorf("shows %q", texts(p))
	}
	part := p.bar.Size().Width / p.track.Size().Width
	if part < 0.43 || part > 0.44 {
		t.Errorf("the bar is %.3f of its track", part)
	}
	w.Canvas().Focus(p.stop)
	press(w, fyne.KeyReturn, fyne.KeyReturn)
	if cancelled != 1 {
		t.Errorf("cancelled %d times", cancelled)
	}
}

// TestADialogByPointer opens a dialog by a click, which gives the keyboard to
// nothing: once it is closed Tab goes on behind the button that was clicked.
func TestADialogByPointer(t *testing.T) {
	var w fyne.Window
	first, next := NewButton("First", nil), NewButton("Next", nil)
	var d *Dialog
	opens := NewButton("Opens", func() {
		w.Canvas().Unfocus() // the tests' click focuses, a pointer's does not
		d = NewDialog("Which?", NewNote("One."), NewPrimary("This", nil))
		d.Open(w)
	})
	w = show(t, Column(4, first, opens, next), 800, 600)
	test.Tap(opens)
	d.Close()
	if w.Canvas().Focused() != opens || opens.ringed() {
		t.Errorf("the keyboard is with %T, its ring is shown: %v", w.Canvas().Focused(), opens.ringed())
	}
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != next {
		t.Error("Tab does not go on behind what was clicked")
	}

	// A dialog's own button that closes it and opens another is gone by then.
	w.Canvas().Unfocus()
	act := NewPrimary("Go on", nil)
	d = NewDialog("First", NewNote("One."), act)
	act.press = func() {
		d.Close()
		Tell(w, "Second", "Two.")
	}
	d.Open(w)
	act.Tapped(nil)
	if focused := w.Canvas().Focused(); focused != nil {
		t.Errorf("the keyboard is with %T", focused)
	}
}
