package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// Dialog asks or tells something before the window goes on: a title, a body
// that scrolls where it must, and buttons. It gives the keyboard to the
// body's first field. Enter presses the main button where no field has a use for
// it, Ctrl+Enter, which the window hands on, wherever the keyboard is; Escape
// closes.
type Dialog struct {
	widget.BaseWidget
	OnClosed func()

	title      string
	body       fyne.CanvasObject
	width      float32
	main, stop *Button

	shade, card *canvas.Rectangle
	heading     words
	scroll      *Scroll
	buttons     *fyne.Container
	window      fyne.Window
	keysBefore  func(*fyne.KeyEvent)
}

// NewDialog makes a dialog with a main button and Cancel. Without a main
// button it has Close alone. The main button's function calls Close itself
// once all is well.
func NewDialog(title string, body fyne.CanvasObject, act *Button) *Dialog {
	d := &Dialog{
		title: title, body: body, width: 440, main: act,
		shade: canvas.NewRectangle(nil), card: box(),
		heading: newWords(look.HeadingSize, true), scroll: NewScroll(body),
	}
	if act == nil {
		d.stop = NewPrimary("Close", d.Close)
		d.buttons = Row(10, Space(), d.stop)
	} else {
		d.stop = NewButton("Cancel", d.Close)
		d.buttons = Row(10, Space(), d.stop, act)
	}
	d.ExtendBaseWidget(d)
	return d
}

// Width changes the card's width from 440 and gives the dialog back.
func (d *Dialog) Width(width float32) *Dialog {
	d.width = width
	return d
}

// Cancel changes what the button that closes says, and gives the dialog back.
func (d *Dialog) Cancel(text string) *Dialog {
	d.stop.SetText(text)
	return d
}

// More puts further buttons at the left, and gives the dialog back.
func (d *Dialog) More(buttons ...fyne.CanvasObject) *Dialog {
	d.buttons.Objects = append(buttons, d.buttons.Objects...)
	return d
}

// Open shows the dialog over a window.
func (d *Dialog) Open(w fyne.Window) {
	d.window = w
	c := w.Canvas()
	RememberClicked(c)
	d.keysBefore = c.OnTypedKey()
	c.SetOnTypedKey(d.typed)
	c.Overlays().Add(d)
	d.takeFocus()
}

// takeFocus gives the keyboard to the first field; a dialog without fields
// leaves it with the window's own keys, which are Enter and Escape.
func (d *Dialog) takeFocus() {
	c := d.window.Canvas()
	c.FocusNext()
	if focused := c.Focused(); focused == d.stop || focused == d.main {
		c.Unfocus()
	}
}

// Close closes the dialog.
func (d *Dialog) Close() {
	if d.window == nil {
		return
	}
	c := d.window.Canvas()
	d.window = nil
	c.Overlays().Remove(d)
	c.SetOnTypedKey(d.keysBefore)
	if d.OnClosed != nil {
		d.OnClosed()
	}
}

func (d *Dialog) typed(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		if !d.stop.Disabled() {
			d.Close()
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		d.Enter()
	default:
		d.scroll.Key(ev)
	}
}

// Enter presses the main button; without one the dialog closes.
func (d *Dialog) Enter() {
	if d.main != nil {
		d.main.Press()
	} else {
		d.Close()
	}
}

// CreateRenderer is for Fyne.
func (d *Dialog) CreateRenderer() fyne.WidgetRenderer {
	return draw(d, d.min, d.layout, d.paint, d.shade, d.card, d.heading.Text, d.scroll, d.buttons)
}

// measures of a dialog
const (
	dialogInset = 24
	dialogTop   = 58 // from the card's top to the body
	dialogFoot  = 32 + 20 + dialogInset
)

func (d *Dialog) min() fyne.Size {
	return fyne.NewSize(d.width, dialogTop+min(heightAt(d.body, d.width-2*dialogInset), 200)+dialogFoot)
}

func (d *Dialog) layout(size fyne.Size) {
	place(d.shade, 0, 0, size.Width, size.Height)
	width := min(d.width, size.Width-40)
	inner := width - 2*dialogInset
	body := min(heightAt(d.body, inner), size.Height-40-dialogTop-dialogFoot)
	height := dialogTop + body + dialogFoot
	x, y := (size.Width-width)/2, (size.Height-height)/2.2
	place(d.card, x, y, width, height)
	d.heading.fit(d.title, inner)
	place(d.heading, x+dialogInset, y+20, inner, d.heading.height())
	place(d.scroll, x+dialogInset, y+dialogTop, inner, body)
	place(d.buttons, x+dialogInset, y+height-dialogInset-32, inner, 32)
}

func (d *Dialog) paint() {
	d.shade.FillColor = look.Color(look.Shade)
	fill(d.card, look.Paper, look.Line, 1)
	d.card.CornerRadius = 10
	d.heading.say(d.title, look.Ink)
}

// Confirm asks before something is done; the button names the act.
func Confirm(w fyne.Window, title, text, act string, do func()) *Dialog {
	return confirm(w, title, text, NewPrimary(act, nil), do)
}

// ConfirmDanger asks before something is taken away.
func ConfirmDanger(w fyne.Window, title, text, act string, do func()) *Dialog {
	return confirm(w, title, text, NewDanger(act, nil), do)
}

func confirm(w fyne.Window, title, text string, act *Button, do func()) *Dialog {
	d := NewDialog(title, NewNote(text), act)
	act.press = func() {
		d.Close()
		do()
	}
	d.Open(w)
	return d
}

// Tell says something that must be read: a failure and what to do.
func Tell(w fyne.Window, title, text string) *Dialog {
	d := NewDialog(title, NewNote(text), nil)
	d.Open(w)
	return d
}
