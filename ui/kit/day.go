package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// Day separates the days of a timeline: a faint bold date and a line.
type Day struct {
	widget.BaseWidget
	text  string
	label words
	rule  *canvas.Rectangle
}

// DayHeight is the height of every Day.
const DayHeight = 34

// NewDay makes a separator.
func NewDay(text string) *Day {
	d := &Day{text: text, label: newWords(look.CaptionSize, true), rule: canvas.NewRectangle(nil)}
	d.ExtendBaseWidget(d)
	return d
}

// SetText changes the date.
func (d *Day) SetText(text string) {
	if d.text != text {
		d.text = text
		d.Refresh()
	}
}

// AccessibilityLabel gives the date to a screen reader.
func (d *Day) AccessibilityLabel() string { return d.text }

// AccessibilityRole says that it is text.
func (d *Day) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is for Fyne.
func (d *Day) CreateRenderer() fyne.WidgetRenderer {
	return draw(d,
		func() fyne.Size { return fyne.NewSize(120, DayHeight) },
		func(size fyne.Size) {
			width := d.label.width(d.text)
			middle := size.Height/2 + 1
			place(d.label, pageInset, middle-d.label.height()/2, width, d.label.height())
			x := pageInset + width + 10
			place(d.rule, x, middle, size.Width-pageInset-x, 1)
		},
		func() {
			d.label.say(d.text, look.Faint)
			d.rule.FillColor = look.Color(look.Line)
		},
		d.label.Text, d.rule)
}

// pageInset is how far a timeline's rows keep from the page's edges.
const pageInset = 22
