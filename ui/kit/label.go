package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// Label is one line of text, shortened with an ellipsis where it does not
// fit. In a Row put it in Grow if it may be long.
type Label struct {
	widget.BaseWidget
	text  string
	color look.Token
	right bool
	words words
}

// NewTitle makes the title of a page.
func NewTitle(text string) *Label { return newLabel(text, look.TitleSize, true, look.Ink) }

// NewHeading makes the heading of a panel or dialog.
func NewHeading(text string) *Label { return newLabel(text, look.HeadingSize, true, look.Ink) }

// NewLabel makes a line in the normal size and ink.
func NewLabel(text string) *Label { return newLabel(text, look.TextSize, false, look.Ink) }

// NewStrong makes a bold line in the normal size and ink.
func NewStrong(text string) *Label { return newLabel(text, look.TextSize, true, look.Ink) }

// NewSubtitle makes the muted line under a title.
func NewSubtitle(text string) *Label { return newLabel(text, look.TabSize, false, look.Muted) }

// NewCaption makes a small muted line.
func NewCaption(text string) *Label { return newLabel(text, look.CaptionSize, false, look.Muted) }

// NewSection makes the small, faint, bold heading of a group of rows; it is
// shown in capitals.
func NewSection(text string) *Label {
	return newLabel(strings.ToUpper(text), look.CaptionSize, true, look.Faint)
}

func newLabel(text string, size float32, bold bool, color look.Token) *Label {
	l := &Label{text: text, color: color, words: newWords(size, bold)}
	l.ExtendBaseWidget(l)
	return l
}

// Color changes the color and gives the label back.
func (l *Label) Color(c look.Token) *Label {
	l.color = c
	l.Refresh()
	return l
}

// Right sets the text at the right edge and gives the label back.
func (l *Label) Right() *Label {
	l.right = true
	l.Refresh()
	return l
}

// Text gives the text as it was set.
func (l *Label) Text() string { return l.text }

// SetText changes the text.
func (l *Label) SetText(text string) {
	if l.text != text {
		l.text = text
		l.Refresh()
	}
}

// AccessibilityLabel gives the text to a screen reader.
func (l *Label) AccessibilityLabel() string { return l.text }

// AccessibilityRole says that it is text.
func (l *Label) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// mostAsked is the width past which a label asks for no more: a long name may
// not widen the window.
const mostAsked = 320

// CreateRenderer is for Fyne.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	return draw(l,
		func() fyne.Size {
			return fyne.NewSize(min(l.words.width(lines.Sentence(l.text)), mostAsked), l.words.height())
		},
		func(size fyne.Size) {
			l.words.fit(l.text, size.Width+0.5)
			x := float32(0)
			if l.right {
				x = size.Width - l.words.width(l.words.Text.Text)
			}
			place(l.words, x, (size.Height-l.words.height())/2, size.Width-x, l.words.height())
		},
		func() { l.words.say(l.text, l.color) },
		l.words.Text)
}
