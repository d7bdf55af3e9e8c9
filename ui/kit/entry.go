package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// entry is Fyne's Entry without its border, and with the keys that it keeps
// to itself given back: Tab, Escape, and shortcuts that mean nothing to it.
type entry struct {
	widget.Entry
	focus   func(on bool)
	ctrlOK  func() bool // Ctrl+Enter; false: it has no use for it
	arrow   func(*fyne.KeyEvent) bool
	keeps   bool // what stands in it is gone on with, as in a search
	pressed bool // the pointer gives it the keyboard, and puts the cursor where it is
}

func newEntry() *entry {
	e := &entry{}
	e.ExtendBaseWidget(e)
	return e
}

// AcceptsTab lets Tab leave a text of several lines.
func (e *entry) AcceptsTab() bool { return false }

// FocusGained tells the field around the entry. What stands in one line is
// selected where the keyboard brought it, so that typing replaces it.
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	e.focus(true)
	reveal(e)
	if !e.pressed && !e.keeps && !e.MultiLine && e.Text != "" {
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// MouseDown puts the cursor where the pointer is.
func (e *entry) MouseDown(ev *desktop.MouseEvent) {
	e.pressed = true
	e.Entry.MouseDown(ev)
	e.pressed = false
}

// FocusLost tells the field around the entry.
func (e *entry) FocusLost() {
	e.Entry.FocusLost()
	e.focus(false)
}

// TypedRune types a character, unless it is that of the Space that gave the
// keyboard to the entry.
func (e *entry) TypedRune(r rune) {
	if !ofPress(e, r) {
		e.Entry.TypedRune(r)
	}
}

// TypedKey keeps what edits and hands on the rest.
func (e *entry) TypedKey(ev *fyne.KeyEvent) {
	if e.arrow != nil && e.arrow(ev) {
		return
	}
	if ev.Name == fyne.KeyEscape || ev.Name == fyne.KeyF1 || ev.Name == fyne.KeyF10 {
		handOn(e, ev)
		return
	}
	if isEnter(ev.Name) && !e.MultiLine && e.OnSubmitted == nil {
		handOn(e, ev)
		return
	}
	e.Entry.TypedKey(ev)
}

// TypedShortcut takes Ctrl+Enter and hands on what an entry has no use for.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok {
		e.Entry.TypedShortcut(s)
		return
	}
	if isEnter(custom.KeyName) && custom.Modifier == fyne.KeyModifierShortcutDefault && e.ctrlOK != nil && e.ctrlOK() {
		return
	}
	e.Entry.TypedShortcut(s)
	if canvas, ok := canvasOf(e).(interface{ TypedShortcut(fyne.Shortcut) }); ok {
		canvas.TypedShortcut(s)
	}
}

// CreateRenderer is for Fyne.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	return borderless{e.Entry.CreateRenderer()}
}

// borderless leaves out the two rectangles that an Entry draws first, its
// ground and its border: the field around it has its own.
type borderless struct{ fyne.WidgetRenderer }

func (b borderless) Objects() []fyne.CanvasObject { return b.WidgetRenderer.Objects()[2:] }

func isEnter(key fyne.KeyName) bool { return key == fyne.KeyReturn || key == fyne.KeyEnter }
