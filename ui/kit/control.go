package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// control is what every primitive that can be pressed has in common: pointer,
// keyboard, focus and the disabled state. Enter and Space press it.
type control struct {
	widget.BaseWidget
	self     fyne.Widget
	press    func()
	hovered  bool
	focused  bool
	quiet    bool // has the focus because it was clicked: no ring until a key
	disabled bool
}

func (c *control) start(self fyne.Widget, press func()) {
	c.self, c.press = self, press
	c.ExtendBaseWidget(self)
}

// ringed reports whether the focus ring is to be drawn.
func (c *control) ringed() bool { return c.focused && !c.quiet && !c.disabled }

// Tapped presses the control.
func (c *control) Tapped(*fyne.PointEvent) {
	clicked.control, clicked.over = c, nil
	if canvas := canvasOf(c.self); canvas != nil {
		clicked.over = canvas.Overlays().Top()
	}
	c.pressNow()
	clicked.control = nil
}

// clicked is what the pointer is pressing, and the dialog that it is part of. A
// click gives the keyboard to nothing, so without it Tab would begin anew at the
// window's first control once a dialog that it opens is closed.
var clicked struct {
	control *control
	over    fyne.CanvasObject
}

// RememberClicked gives the keyboard to what is being clicked, if nothing has it.
// Whatever covers the window calls it first.
func RememberClicked(c fyne.Canvas) {
	if one := clicked.control; one != nil && c.Focused() == nil && c.Overlays().Top() == clicked.over && !one.disabled {
		one.takeFocus()
	}
}

func (c *control) pressNow() {
	if !c.disabled && c.press != nil {
		c.press()
	}
}

// MouseIn tints the control.
func (c *control) MouseIn(*desktop.MouseEvent) { c.hover(true) }

// MouseMoved does nothing.
func (c *control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the tint away.
func (c *control) MouseOut() { c.hover(false) }

func (c *control) hover(over bool) {
	c.hovered = over
	c.Refresh()
}

// FocusGained draws the focus ring, in view.
func (c *control) FocusGained() {
	c.setFocus(true)
	reveal(c.self)
}

// FocusLost takes the ring away.
func (c *control) FocusLost() {
	c.quiet = false
	c.setFocus(false)
}

func (c *control) setFocus(on bool) {
	c.focused = on
	c.Refresh()
}

// TypedRune does nothing.
func (c *control) TypedRune(rune) {}

// TypedKey presses the control on Enter and Space and hands every other key
// to the window.
func (c *control) TypedKey(ev *fyne.KeyEvent) {
	c.showRing()
	switch ev.Name {
	case fyne.KeySpace:
		c.pressBySpace()
	case fyne.KeyReturn, fyne.KeyEnter:
		c.pressNow()
	default:
		handOn(c.self, ev)
	}
}

// spaced is what Space gave the keyboard to when it pressed something last, and
// when. The character of that key comes after the key, to what has the keyboard
// by then.
var spaced struct {
	to   fyne.Focusable
	when time.Time
}

func (c *control) pressBySpace() {
	c.pressNow()
	if canvas := canvasOf(c.self); canvas != nil {
		spaced.to, spaced.when = canvas.Focused(), time.Now()
	}
}

// ofPress reports whether a character is that of the Space that gave the
// keyboard to an object.
func ofPress(to fyne.Focusable, r rune) bool {
	const sameKey = 50 * time.Millisecond
	if r != ' ' || spaced.to != to || time.Since(spaced.when) > sameKey {
		return false
	}
	spaced.to = nil
	return true
}

func (c *control) showRing() {
	if c.quiet {
		c.quiet = false
		c.Refresh()
	}
}

// Enable lets the control be pressed.
func (c *control) Enable() { c.setDisabled(false) }

// Disable keeps the control from being pressed and from the focus.
func (c *control) Disable() { c.setDisabled(true) }

// Disabled reports whether the control can be pressed.
func (c *control) Disabled() bool { return c.disabled }

func (c *control) setDisabled(off bool) {
	if c.disabled == off {
		return
	}
	c.disabled = off
	c.Refresh()
}

// takeFocus takes the keyboard after a click, without a ring.
func (c *control) takeFocus() {
	if canvas := canvasOf(c.self); canvas != nil && !c.focused {
		c.quiet = true
		canvas.Focus(c.self.(fyne.Focusable))
	}
}

// AccessibilityRole says that it can be pressed.
func (c *control) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

// Focus gives the keyboard to an object that stands in a window. Fyne knows an
// object's canvas only once it has drawn it, and forgets it a minute after it
// went out of sight: then it is looked for in the window.
func Focus(o fyne.Focusable) {
	canvas := canvasOf(o.(fyne.CanvasObject))
	if all := fyne.CurrentApp().Driver().AllWindows(); canvas == nil && len(all) > 0 {
		canvas = all[0].Canvas()
		wake(canvas)
	}
	if canvas != nil {
		canvas.Focus(o)
	}
}

// wake makes what is in sight but not drawn yet reachable: Fyne gives the
// keyboard to nothing inside a widget that has no renderer. Going on to the
// next and back walks along all that can take the keyboard, and makes them.
func wake(canvas fyne.Canvas) {
	canvas.FocusNext()
	canvas.FocusPrevious()
}

// handOn gives a key that a focused object has no use for to the window, as
// Fyne does only when nothing has the focus.
func handOn(from fyne.CanvasObject, ev *fyne.KeyEvent) {
	if canvas := canvasOf(from); canvas != nil && canvas.OnTypedKey() != nil {
		canvas.OnTypedKey()(ev)
	}
}
