package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// Empty fills a place where there is nothing yet: what it is, what to do
// next, and the buttons for it, with their keys.
func Empty(title, text string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	parts := []fyne.CanvasObject{NewTitle(title), Pad(5, 0, 17, 0, NewNote(text))}
	if len(actions) > 0 {
		parts = append(parts, Flow(11, actions...))
	}
	return Middle(400, Column(0, parts...))
}

// Busy says that something is being done which has no count and ends soon.
func Busy(text string) fyne.CanvasObject {
	return Row(6, NewPicture(look.Clock, look.Muted), Grow(NewSubtitle(text)))
}

// Strength shows how well a passphrase resists guessing: four bars and honest
// words.
type Strength struct {
	widget.BaseWidget
	score int
	text  string
	bars  [4]*canvas.Rectangle
	label words
}

// NewStrength makes an empty meter.
func NewStrength() *Strength {
	s := &Strength{label: newWords(look.CaptionSize, false)}
	for i := range s.bars {
		s.bars[i] = box()
	}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows a score from 0 (guessed at once) to 4, and what it means in words.
func (s *Strength) Set(score int, text string) {
	s.score, s.text = score, text
	s.Refresh()
}

// AccessibilityLabel gives the words to a screen reader.
func (s *Strength) AccessibilityLabel() string { return s.text }

// AccessibilityRole says that it is text.
func (s *Strength) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is for Fyne.
func (s *Strength) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{s.label.Text}
	for _, bar := range s.bars {
		objects = append(objects, bar)
	}
	return draw(s,
		func() fyne.Size {
			if s.text == "" {
				return fyne.NewSize(160, 8)
			}
			return fyne.NewSize(160, 26)
		},
		func(size fyne.Size) {
			width := (size.Width - 12) / 4
			for i, bar := range s.bars {
				place(bar, float32(i)*(width+4), 0, width, 4)
			}
			s.label.fit(s.text, size.Width)
			place(s.label, 0, 8, size.Width, s.label.height())
		},
		s.paint, objects...)
}

func (s *Strength) paint() {
	color := look.Green
	if s.score < 3 {
		color = look.Amber
	}
	if s.score < 2 {
		color = look.Red
	}
	for i, bar := range s.bars {
		bar.CornerRadius = 2
		if i < s.score || s.text != "" && i == 0 {
			fill(bar, color, look.Clear, 0)
		} else {
			fill(bar, look.Line, look.Clear, 0)
		}
	}
	s.label.say(s.text, look.Muted)
}
