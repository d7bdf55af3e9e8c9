package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// fileChip is an attachment under a message. It is pressed by pointer; with
// the keyboard the message is opened, which lists its attachments.
type fileChip struct {
	widget.BaseWidget
	file   File
	press  func()
	ground *canvas.Rectangle
	icon   icon
	label  words
}

func newFileChip() *fileChip {
	c := &fileChip{ground: box(), icon: newIcon(), label: newWords(look.CaptionSize, false)}
	c.ExtendBaseWidget(c)
	return c
}

func (c *fileChip) set(file File, press func()) {
	c.press = press
	if c.file != file {
		c.file = file
		c.Refresh()
	}
}

// Tapped opens the attachment.
func (c *fileChip) Tapped(*fyne.PointEvent) { c.press() }

// AccessibilityLabel names the attachment to a screen reader.
func (c *fileChip) AccessibilityLabel() string { return c.file.Text }

// AccessibilityRole says that it can be pressed.
func (c *fileChip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (c *fileChip) CreateRenderer() fyne.WidgetRenderer {
	return draw(c,
		func() fyne.Size { return fyne.NewSize(38, fileHeight) },
		func(size fyne.Size) {
			place(c.ground, 0, 0, size.Width, size.Height)
			place(c.icon, 9, (size.Height-16)/2, 16, 16)
			c.label.fit(c.file.Text, size.Width-37)
			place(c.label, 28, (size.Height-c.label.height())/2, size.Width-37, c.label.height())
		},
		func() {
			fill(c.ground, look.Paper, look.Line, 1)
			c.icon.show(c.file.Icon, look.Muted)
			c.label.say(c.file.Text, look.Muted)
		},
		c.ground, c.icon.Image, c.label.Text)
}
