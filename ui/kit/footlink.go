package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"casekeep/ui/look"
)

// FootLink is a caption at the right of a window's foot that leads somewhere
// when it is pressed.
type FootLink struct {
	control
	text  string
	color look.Token
	ring  *canvas.Rectangle
	label words
}

// NewFootLink makes an empty caption, to be filled by Set.
func NewFootLink(press func()) *FootLink {
	f := &FootLink{color: look.Muted, ring: box(), label: newWords(look.CaptionSize, false)}
	f.start(f, press)
	return f
}

// Set changes the text and its color.
func (f *FootLink) Set(text string, color look.Token) {
	if f.text != text || f.color != color {
		f.text, f.color = text, color
		f.Refresh()
	}
}

// Text gives what the caption says.
func (f *FootLink) Text() string { return f.text }

// Color gives the color that the caption has.
func (f *FootLink) Color() look.Token { return f.color }

// Cursor is a hand.
func (f *FootLink) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel gives the text to a screen reader.
func (f *FootLink) AccessibilityLabel() string { return f.text }

// CreateRenderer is for Fyne.
func (f *FootLink) CreateRenderer() fyne.WidgetRenderer {
	return draw(f,
		func() fyne.Size { return fyne.NewSize(f.label.width(f.text), f.label.height()) },
		func(size fyne.Size) {
			place(f.ring, -4, -1, size.Width+8, size.Height+2)
			f.label.fit(f.text, size.Width+0.5)
			place(f.label, 0, (size.Height-f.label.height())/2, size.Width, f.label.height())
		},
		func() {
			ink := f.color
			if f.hovered && ink == look.Muted {
				ink = look.Accent
			}
			fill(f.ring, look.Clear, ringToken(f.ringed()), look.Ring)
			f.label.say(f.text, ink)
		},
		f.ring, f.label.Text)
}
