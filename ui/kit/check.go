package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// Check says yes or no. Space and Enter change it. A name that is longer than
// the width wraps.
type Check struct {
	control
	text, note string
	on         bool
	changed    func(on bool)

	square, ring *canvas.Rectangle
	tick         icon
	label        *Text
	more         words
}

// NewCheck makes a check box. changed is called with each new state.
func NewCheck(text string, on bool, changed func(on bool)) *Check {
	c := &Check{
		text: text, on: on, changed: changed, square: box(), ring: box(), tick: newIcon(),
		label: NewText(text), more: newWords(look.TextSize, false),
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

// measures of a check box
const (
	checkHeight = 25
	checkInset  = 26 // from the box's left to the name
)

// whole gives the width at which the name stands on one line.
func (c *Check) whole() float32 {
	return checkInset + lines.Width(c.text, c.label.font) + c.noteWidth()
}

func (c *Check) noteWidth() float32 {
	if c.note == "" {
		return 0
	}
	return 10 + c.more.width(c.note)
}

// room is what the name gets of a width; half a unit more than it measures, so
// that rounding breaks no line.
func (c *Check) room(width float32) float32 { return width - checkInset - c.noteWidth() + 0.5 }

// HeightAt gives the height that the name needs at a width.
func (c *Check) HeightAt(width float32) float32 {
	return max(checkHeight, c.label.HeightAt(c.room(width))+6)
}

func (c *Check) min() fyne.Size {
	width := min(c.whole(), checkInset+mostAsked+c.noteWidth())
	return fyne.NewSize(width, c.HeightAt(max(c.Size().Width, width)))
}

// CreateRenderer is for Fyne.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	return draw(c, c.min, c.layout, c.paint,
		c.square, c.tick.Image, c.label, c.more.Text, c.ring)
}

// layout sets the box and the note beside the first line of the name.
func (c *Check) layout(size fyne.Size) {
	height := c.label.HeightAt(c.room(size.Width))
	top := max((size.Height-height)/2, 0)
	middle := top + lines.Height(c.label.font)/2
	place(c.square, 0, middle-8, 16, 16)
	place(c.ring, -3, middle-11, 22, 22)
	place(c.tick, 0, middle-8, 16, 16)
	place(c.label, checkInset, top, c.room(size.Width), height)
	name := min(lines.Width(c.text, c.label.font), c.room(size.Width))
	place(c.more, checkInset+name+10, middle-c.more.height()/2, c.more.width(c.note), c.more.height())
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
	c.label.color = ink
	c.label.Refresh()
	c.more.say(c.note, look.Muted)
}
