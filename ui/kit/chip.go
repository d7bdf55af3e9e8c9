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

// flowLine is what stands in one line of a flow.
type flowLine struct {
	objects []fyne.CanvasObject
	height  float32
}

// lines shares the visible objects out among lines.
func (l *flow) lines(objects []fyne.CanvasObject, width float32) []flowLine {
	var all []flowLine
	var x float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		size := o.MinSize()
		if len(all) == 0 || x+size.Width > width {
			all, x = append(all, flowLine{}), 0
		}
		line := &all[len(all)-1]
		line.objects = append(line.objects, o)
		line.height = max(line.height, heightAt(o, min(size.Width, width)))
		x += size.Width + l.gap
	}
	return all
}

func (l *flow) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	var height float32
	for i, line := range l.lines(objects, width) {
		if i > 0 {
			height += l.gap
		}
		height += line.height
	}
	return height
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

// Layout centers the objects of each line on its middle.
func (l *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	var y float32
	for _, line := range l.lines(objects, size.Width) {
		var x float32
		for _, o := range line.objects {
			width := min(o.MinSize().Width, size.Width)
			height := heightAt(o, width)
			place(o, x, y+(line.height-height)/2, width, height)
			x += width + l.gap
		}
		y += line.height + l.gap
	}
}
