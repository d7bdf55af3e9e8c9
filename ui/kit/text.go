package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// Text is a block of text that wraps to the width it gets, in any script. It
// cannot be selected; see NewBody.
type Text struct {
	widget.BaseWidget
	text  string
	font  lines.Font
	color look.Token
	most  int
	drawn []words
	r     *drawing
}

// NewText makes a block in the normal size and ink.
func NewText(text string) *Text {
	return newText(text, lines.Font{Size: look.TextSize}, look.Ink)
}

// NewLarge makes a block that is read from a distance: the size of a title,
// bold.
func NewLarge(text string) *Text {
	return newText(text, lines.Font{Size: look.TitleSize, Bold: true}, look.Ink)
}

// NewNote makes a block in the smaller size of explanations, muted.
func NewNote(text string) *Text {
	return newText(text, lines.Font{Size: look.TabSize}, look.Muted)
}

// NewSmall makes a block in the size of captions, muted.
func NewSmall(text string) *Text {
	return newText(text, lines.Font{Size: look.CaptionSize}, look.Muted)
}

func newText(text string, font lines.Font, color look.Token) *Text {
	t := &Text{text: text, font: font, color: color}
	t.ExtendBaseWidget(t)
	return t
}

// Color changes the color and gives the block back.
func (t *Text) Color(c look.Token) *Text {
	t.color = c
	t.Refresh()
	return t
}

// Bold makes the block bold and gives it back.
func (t *Text) Bold() *Text {
	t.font.Bold = true
	t.Refresh()
	return t
}

// Most limits the block to a number of lines, the last of them shortened, and
// gives it back; 0 means no limit.
func (t *Text) Most(n int) *Text {
	t.most = n
	t.Refresh()
	return t
}

// Text gives the text as it was set.
func (t *Text) Text() string { return t.text }

// SetText changes the text.
func (t *Text) SetText(text string) {
	if t.text != text {
		t.text = text
		t.Refresh()
	}
}

// HeightAt gives the height that the block needs at a width.
func (t *Text) HeightAt(width float32) float32 {
	return float32(len(t.wrap(width))) * lines.Height(t.font)
}

func (t *Text) wrap(width float32) []lines.Line {
	return lines.Wrap(t.text, t.font, width, t.most)
}

// AccessibilityLabel gives the text to a screen reader.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole says that it is text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is for Fyne, which drops a renderer a minute after the text
// went out of sight: a new one draws the same lines.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	var before []fyne.CanvasObject
	if t.r != nil {
		before = t.r.objects
	}
	t.r = draw(t, t.min, t.layout, t.paint, before...)
	return t.r
}

func (t *Text) min() fyne.Size { return fyne.NewSize(0, t.HeightAt(t.Size().Width)) }

// layout wraps to the new width and puts a right-to-left paragraph's lines at
// the right edge of the widest line.
func (t *Text) layout(size fyne.Size) {
	wrapped := t.wrap(size.Width)
	t.room(len(wrapped))
	var widest float32
	for _, l := range wrapped {
		widest = max(widest, l.Width)
	}
	height := lines.Height(t.font)
	for i, l := range wrapped {
		w := t.drawn[i]
		if w.Text.Text != l.Shown {
			w.Text.Text = l.Shown
			w.Text.Refresh()
		}
		var x float32
		if l.RTL {
			x = widest - l.Width
		}
		place(w, x, float32(i)*height, l.Width, height)
	}
}

// room makes sure that there are n lines to draw on, and no more in sight.
func (t *Text) room(n int) {
	for len(t.drawn) < n {
		w := newWords(t.font.Size, t.font.Bold)
		w.Color = look.Color(t.color)
		t.drawn = append(t.drawn, w)
	}
	if t.r == nil || len(t.r.objects) == n {
		return
	}
	t.r.objects = t.r.objects[:0]
	for _, w := range t.drawn[:n] {
		t.r.objects = append(t.r.objects, w.Text)
	}
	canvas.Refresh(t)
}

func (t *Text) paint() {
	for i := range t.drawn {
		w := &t.drawn[i]
		w.Color = look.Color(t.color)
		w.TextSize = t.font.Size
		w.setBold(t.font.Bold)
	}
}
