package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"casekeep/ui/look"
)

// Check says yes or no. Space and Enter change it.
type Check struct {
	control
	text, note string
	on         bool
	changed    func(on bool)

	square, ring *canvas.Rectangle
	tick         icon
	label, more  words
}

// NewCheck makes a check box. changed is called with each new state.
func NewCheck(text string, on bool, changed func(on bool)) *Check {
	c := &Check{
		text: text, on: on, changed: changed, square: box(), ring: box(), tick: newIcon(),
		label: newWords(look.TextSize, false), more: newWords(look.TextSize, false),
	}
	c.start(c, func() {
		c.Set(!c.on)
		if c.changed != nil {
			c.changed(c.on)
		}
	})
	return c
}

// Note shows a muted text after the name, such as a count, and gives the
// check box back.
func (c *Check) Note(note string) *Check {
	c.note = note
	c.Refresh()
	return c
}

// On reports whether the box is checked.
func (c *Check) On() bool { return c.on }

// Set changes the box without calling changed.
func (c *Check) Set(on bool) {
	c.on = on
	c.Refresh()
}

// AccessibilityLabel names the box and its state to a screen reader.
func (c *Check) AccessibilityLabel() string {
	if c.on {
		return c.text + ", checked"
	}
	return c.text + ", not checked"
}

// CreateRenderer is for Fyne.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	return draw(c,
		func() fyne.Size {
			width := 26 + min(c.label.width(c.text), mostAsked)
			if c.note != "" {
				width += 10 + c.more.width(c.note)
			}
			return fyne.NewSize(width, 25)
		},
		c.layout, c.paint,
		c.square, c.tick.Image, c.label.Text, c.more.Text, c.ring)
}

func (c *Check) layout(size fyne.Size) {
	middle := size.Height / 2
	place(c.square, 0, middle-8, 16, 16)
	place(c.ring, -3, middle-11, 22, 22)
	place(c.tick, 0, middle-8, 16, 16)
	end := size.Width
	if c.note != "" {
		end -= 10 + c.more.width(c.note)
	}
	c.label.fit(c.text, end-26+1)
	width := c.label.width(c.label.Text.Text)
	place(c.label, 26, middle-c.label.height()/2, width, c.label.height())
	place(c.more, 26+width+10, middle-c.more.height()/2, c.more.width(c.note), c.more.height())
}

func (c *Check) paint() {
	ground, border, ink, tick := look.Paper, look.Muted, look.Ink, look.IconName("")
	if c.on {
		ground, border, tick = look.Accent, look.Accent, look.Check
	}
	if c.disabled {
		ink, border = look.Faint, look.Field
		if c.on {
			ground = look.Faint
		}
	}
	fill(c.square, ground, border, 1)
	c.square.CornerRadius = 4
	fill(c.ring, look.Clear, ringToken(c.ringed()), look.Ring)
	c.tick.show(tick, look.OnAccent)
	c.label.say(c.text, ink)
	c.more.say(c.note, look.Muted)
}
