package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"casekeep/ui/look"
)

// ChipButton is a Chip that leads somewhere when it is pressed, by pointer,
// Enter or Space.
type ChipButton struct {
	control
	tone         Tone
	text         string
	ground, ring *canvas.Rectangle
	label        words
}

// NewChipButton makes a chip to press.
func NewChipButton(tone Tone, text string, press func()) *ChipButton {
	c := &ChipButton{tone: tone, text: text, ground: box(), ring: box(), label: newWords(look.CaptionSize, false)}
	c.start(c, press)
	return c
}

// Text gives what the chip says.
func (c *ChipButton) Text() string { return c.text }

// Tapped takes the keyboard and presses the chip.
func (c *ChipButton) Tapped(*fyne.PointEvent) {
	c.takeFocus()
	c.pressNow()
}

// Cursor is a hand: the chip looks like one that only says something.
func (c *ChipButton) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel gives the text to a screen reader.
func (c *ChipButton) AccessibilityLabel() string { return c.text }

// CreateRenderer is for Fyne.
func (c *ChipButton) CreateRenderer() fyne.WidgetRenderer {
	return draw(c,
		func() fyne.Size { return fyne.NewSize(c.label.width(c.text)+20, 22) },
		func(size fyne.Size) {
			place(c.ground, 0, 0, size.Width, size.Height)
			place(c.ring, 0, 0, size.Width, size.Height)
			c.label.fit(c.text, size.Width-18)
			width := c.label.width(c.label.Text.Text)
			place(c.label, (size.Width-width)/2, (size.Height-c.label.height())/2, width, c.label.height())
		},
		func() {
			ink, ground, border := c.tone.colors()
			if c.hovered && border == look.Clear {
				border = ink
			}
			fill(c.ground, ground, border, 1)
			fill(c.ring, look.Clear, ringToken(c.ringed()), look.Ring)
			c.ground.CornerRadius, c.ring.CornerRadius = 11, 11
			c.label.say(c.text, ink)
		},
		c.ground, c.ring, c.label.Text)
}
