package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// Head separates groups of rows in a list: a small, faint, bold heading in
// capitals.
type Head struct {
	widget.BaseWidget
	text  string
	label words
}

// HeadHeight is the height of every Head.
const HeadHeight = 39

// NewHead makes a heading.
func NewHead(text string) *Head {
	h := &Head{text: text, label: newWords(look.CaptionSize, true)}
	h.ExtendBaseWidget(h)
	return h
}

// SetText changes the heading.
func (h *Head) SetText(text string) {
	if h.text != text {
		h.text = text
		h.Refresh()
	}
}

// AccessibilityLabel gives the heading to a screen reader.
func (h *Head) AccessibilityLabel() string { return h.text }

// AccessibilityRole says that it is text.
func (h *Head) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is for Fyne.
func (h *Head) CreateRenderer() fyne.WidgetRenderer {
	return draw(h,
		func() fyne.Size { return fyne.NewSize(120, HeadHeight) },
		func(size fyne.Size) {
			h.label.fit(strings.ToUpper(h.text), size.Width-2*pageInset)
			place(h.label, pageInset, 16, size.Width-2*pageInset, h.label.height())
		},
		func() { h.label.say(strings.ToUpper(h.text), look.Faint) },
		h.label.Text)
}
