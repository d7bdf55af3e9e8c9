package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// Tone is the meaning of a chip's or caption's color.
type Tone int

// The tones.
const (
	Neutral Tone = iota // does not apply
	Blue                // to know
	Green               // agreed, documented
	Amber               // due soon, doubtful
	Red                 // open, overdue, dangerous
)

func (t Tone) colors() (ink, ground, border look.Token) {
	switch t {
	case Blue:
		return look.Blue, look.BlueSoft, look.Clear
	case Green:
		return look.Green, look.GreenSoft, look.Clear
	case Amber:
		return look.Amber, look.AmberSoft, look.Clear
	case Red:
		return look.Red, look.RedSoft, look.Clear
	}
	return look.Muted, look.Ground, look.Line
}

// Chip shows a state in a word or a few.
type Chip struct {
	widget.BaseWidget
	tone   Tone
	text   string
	ground *canvas.Rectangle
	label  words
}

// NewChip makes a chip.
func NewChip(tone Tone, text string) *Chip {
	c := &Chip{tone: tone, text: text, ground: box(), label: newWords(look.CaptionSize, false)}
	c.ExtendBaseWidget(c)
	return c
}

// Text gives what the chip says.
func (c *Chip) Text() string { return c.text }

// Set changes the chip.
func (c *Chip) Set(tone Tone, text string) {
	c.tone, c.text = tone, text
	c.Refresh()
}

// AccessibilityLabel gives the text to a screen reader.
func (c *Chip) AccessibilityLabel() string { return c.text }

// AccessibilityRole says that it is text.
func (c *Chip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is for Fyne.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	return draw(c,
		func() fyne.Size { return fyne.NewSize(min(c.label.width(c.text), mostAsked)+20, 22) },
		func(size fyne.Size) {
			place(c.ground, 0, 0, size.Width, size.Height)
			c.label.fit(c.text, size.Width-18)
			width := c.label.width(c.label.Text.Text)
			place(c.label, (size.Width-width)/2, (size.Height-c.label.height())/2, width, c.label.height())
		},
		func() {
			ink, ground, border := c.tone.colors()
			fill(c.ground, ground, border, 1)
			c.ground.CornerRadius = 11
			c.label.say(c.text, ink)
		},
		c.ground, c.label.Text)
}

// Flow puts objects beside one another and goes on in a new line where the
// width ends: chips, buttons.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap}, objects...)
}

type flow struct {
	gap   float32
	width float32 // of the last layout
}

// walk gives each visible object its place and the height used.
func (l *flow) walk(objects []fyne.CanvasObject, width float32, at func(o fyne.CanvasObject, x, y float32, size fyne.Size)) float32 {
	var x, y, line float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		size := o.MinSize()
		if width > 0 {
			size.Width = min(size.Width, width)
		}
		if x > 0 && x+size.Width > width {
			x, y, line = 0, y+line+l.gap, 0
		}
		at(o, x, y, size)
		x += size.Width + l.gap
		line = max(line, size.Height)
	}
	return y + line
}

func (l *flow) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return l.walk(objects, width, func(fyne.CanvasObject, float32, float32, fyne.Size) {})
}

func (l *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width float32
	for _, o := range objects {
		if o.Visible() {
			width = max(width, min(o.MinSize().Width, 120))
		}
	}
	return fyne.NewSize(width, l.heightAt(objects, max(width, l.width)))
}

func (l *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.walk(objects, size.Width, func(o fyne.CanvasObject, x, y float32, size fyne.Size) {
		place(o, x, y, size.Width, size.Height)
	})
}
