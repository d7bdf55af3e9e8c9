package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// peek is the word at the end of a password's field that shows what was typed.
// It is for the pointer alone and never has the keyboard: with Tab on the way
// to the next field, what is typed there would press it.
type peek struct {
	widget.BaseWidget
	text  string
	press func()
	label words
}

func newPeek(text string, press func()) *peek {
	p := &peek{text: text, press: press, label: newWords(look.CaptionSize, false)}
	p.ExtendBaseWidget(p)
	return p
}

// Tapped presses the word.
func (p *peek) Tapped(*fyne.PointEvent) { p.press() }

// Cursor is a hand.
func (p *peek) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel names the word to a screen reader.
func (p *peek) AccessibilityLabel() string { return p.text }

// CreateRenderer is for Fyne.
func (p *peek) CreateRenderer() fyne.WidgetRenderer {
	return draw(p,
		func() fyne.Size { return fyne.NewSize(p.label.width(p.text), 20) },
		func(size fyne.Size) {
			p.label.fit(p.text, size.Width+0.5)
			place(p.label, 0, (size.Height-p.label.height())/2, size.Width, p.label.height())
		},
		func() { p.label.say(p.text, look.Accent) },
		p.label.Text)
}
