package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// Toasts shows what was just done, for some seconds, at the bottom of the
// page it lies over, with a way to undo it. Lay it over the page with Over.
type Toasts struct {
	widget.BaseWidget
	after func(time.Duration, func()) // runs a function later, on the main goroutine

	number int // of the toast on show, to know it again when its time ends
	text   string
	undo   *Button

	ground *canvas.Rectangle
	label  words
}

// How long a toast stays.
const (
	toastTime = 5 * time.Second
	undoTime  = 12 * time.Second
)

// NewToasts makes the place where toasts appear. do runs a function on the
// main goroutine: fyne.Do.
func NewToasts(do func(func())) *Toasts {
	return newToasts(func(d time.Duration, f func()) {
		time.AfterFunc(d, func() { do(f) })
	})
}

func newToasts(after func(time.Duration, func())) *Toasts {
	t := &Toasts{after: after, ground: box(), label: newWords(look.TabSize, false)}
	t.undo = NewButton("Undo", nil).Small()
	t.undo.Hide()
	t.ExtendBaseWidget(t)
	return t
}

// Over lays the toasts over a page.
func (t *Toasts) Over(page fyne.CanvasObject) *fyne.Container { return newStack(page, t) }

// Say shows a text for some seconds.
func (t *Toasts) Say(text string) { t.say(text, "", nil) }

// Offer shows a text with a button, such as "Undo", for some seconds longer.
func (t *Toasts) Offer(text, button string, act func()) { t.say(text, button, act) }

// Text gives what is on show.
func (t *Toasts) Text() string { return t.text }

func (t *Toasts) say(text, button string, act func()) {
	t.number++
	t.text = text
	stay := toastTime
	t.undo.Hidden = act == nil
	if act != nil {
		stay = undoTime
		t.undo.press = func() {
			t.clear()
			act()
		}
		t.undo.SetText(button)
	}
	t.Refresh()
	mine := t.number
	t.after(stay, func() {
		if t.number == mine {
			t.clear()
		}
	})
}

func (t *Toasts) clear() {
	t.number++
	t.text = ""
	t.undo.Hidden = true
	t.Refresh()
}

// CreateRenderer is for Fyne.
func (t *Toasts) CreateRenderer() fyne.WidgetRenderer {
	return draw(t,
		func() fyne.Size { return fyne.Size{} },
		t.layout, t.paint,
		t.ground, t.label.Text, t.undo)
}

func (t *Toasts) layout(size fyne.Size) {
	button := float32(0)
	if !t.undo.Hidden {
		button = t.undo.MinSize().Width + 14
	}
	room := size.Width - 40 - 36 - button
	t.label.fit(t.text, room)
	text := t.label.width(t.label.Text.Text)
	width := text + button + 36
	const height = 42
	x, y := (size.Width-width)/2, size.Height-height-18
	place(t.ground, x, y, width, height)
	place(t.label, x+18, y+(height-t.label.height())/2, text, t.label.height())
	place(t.undo, x+18+text+14, y+(height-28)/2, button-14, 28)
}

func (t *Toasts) paint() {
	ground := look.Ink
	if t.text == "" {
		ground = look.Clear
	}
	fill(t.ground, ground, look.Clear, 0)
	t.label.say(t.text, look.Paper)
}
