package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"casekeep/ui/look"
)

// Segments lets one of a few be chosen: beside one another, in one border.
// Left and Right change the choice while it has the keyboard.
type Segments struct {
	control
	options []string
	chosen  int // -1: nothing yet
	changed func(int)
	clears  bool // may go back to nothing

	ground, mark, ring *canvas.Rectangle
	labels             []words
	rules              []*canvas.Rectangle
	objects            []fyne.CanvasObject
	r                  *drawing
}

// NewSegments makes a control with an option chosen, -1 for none: a question
// that starts unanswered. changed is called with the index of a new choice.
func NewSegments(options []string, chosen int, changed func(int)) *Segments {
	s := &Segments{chosen: chosen, changed: changed, ground: box(), mark: box(), ring: box()}
	s.setOptions(options)
	s.start(s, nil)
	return s
}

// SetOptions changes the options; the choice stays where it is if it can.
func (s *Segments) SetOptions(options []string) {
	s.setOptions(options)
	if s.chosen >= len(options) {
		s.chosen = -1
	}
	if s.r != nil {
		s.r.objects = s.objects
	}
	s.Refresh()
}

func (s *Segments) setOptions(options []string) {
	s.options = options
	s.labels, s.rules = nil, nil
	s.objects = []fyne.CanvasObject{s.ground, s.mark}
	for i := range options {
		w := newWords(look.CaptionSize, false)
		s.labels = append(s.labels, w)
		s.objects = append(s.objects, w.Text)
		if i > 0 {
			rule := canvas.NewRectangle(nil)
			s.rules = append(s.rules, rule)
			s.objects = append(s.objects, rule)
		}
	}
	s.objects = append(s.objects, s.ring)
}

// Chosen gives the index of the choice, -1 if there is none.
func (s *Segments) Chosen() int { return s.chosen }

// Choose changes the choice without calling changed.
func (s *Segments) Choose(i int) {
	s.chosen = i
	s.Refresh()
}

// clear takes the choice back, where that is allowed.
func (s *Segments) clear() {
	if s.clears && !s.disabled && s.chosen >= 0 {
		s.Choose(-1)
		if s.changed != nil {
			s.changed(-1)
		}
	}
}

func (s *Segments) pick(i int) {
	if s.disabled || i < 0 || i >= len(s.options) || i == s.chosen {
		return
	}
	s.Choose(i)
	if s.changed != nil {
		s.changed(i)
	}
}

// Tapped chooses the option under the pointer.
func (s *Segments) Tapped(ev *fyne.PointEvent) {
	s.takeFocus()
	under := len(s.options) - 1
	for i, edge := range s.edges() {
		if ev.Position.X < edge {
			under = i
			break
		}
	}
	if under == s.chosen {
		s.clear()
	} else {
		s.pick(under)
	}
}

// TypedKey changes the choice with Left, Right, Home and End.
func (s *Segments) TypedKey(ev *fyne.KeyEvent) {
	s.showRing()
	switch ev.Name {
	case fyne.KeyLeft:
		s.pick(s.chosen - 1)
	case fyne.KeyRight:
		s.pick(s.chosen + 1)
	case fyne.KeyHome:
		s.pick(0)
	case fyne.KeyEnd:
		s.pick(len(s.options) - 1)
	case fyne.KeySpace:
		s.pick(max(s.chosen, 0))
	case fyne.KeyDelete, fyne.KeyBackspace:
		s.clear()
	default:
		handOn(s, ev)
	}
}

// AccessibilityLabel gives the choice to a screen reader.
func (s *Segments) AccessibilityLabel() string {
	if s.chosen < 0 {
		return ""
	}
	return s.options[s.chosen]
}

// CreateRenderer is for Fyne.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	s.r = draw(s, s.min, s.layout, s.paint, s.objects...)
	return s.r
}

// segment widths allow for bold, so that choosing moves nothing
func (s *Segments) width(i int) float32 {
	bold := s.labels[i]
	bold.font.Bold = true
	return bold.width(s.options[i]) + 18
}

// edges gives the right edge of each option.
func (s *Segments) edges() []float32 {
	all := make([]float32, len(s.options))
	var x float32
	for i := range s.options {
		x += whole(s.width(i))
		all[i] = x
	}
	return all
}

func (s *Segments) min() fyne.Size {
	edges := s.edges()
	if len(edges) == 0 {
		return fyne.NewSize(0, 25)
	}
	return fyne.NewSize(edges[len(edges)-1], 25)
}

func (s *Segments) layout(size fyne.Size) {
	place(s.ground, 0, 0, size.Width, size.Height)
	place(s.ring, 0, 0, size.Width, size.Height)
	s.mark.Hide()
	var start float32
	for i, edge := range s.edges() {
		w := &s.labels[i]
		width := w.width(w.Text.Text)
		place(w, start+(edge-start-width)/2, (size.Height-w.height())/2, width, w.height())
		if i < len(s.rules) {
			place(s.rules[i], edge, 1, 1, size.Height-2)
		}
		if i == s.chosen {
			s.mark.Show()
			place(s.mark, start+1, 1, edge-start-1, size.Height-2)
			s.roundMark(i)
		}
		start = edge
	}
}

// roundMark rounds only the corners of the mark that lie in the border's.
func (s *Segments) roundMark(i int) {
	left, right := float32(0), float32(0)
	if i == 0 {
		left = look.Radius - 1
	}
	if i == len(s.options)-1 {
		right = look.Radius - 1
	}
	s.mark.CornerRadius = 0
	s.mark.TopLeftCornerRadius, s.mark.BottomLeftCornerRadius = left, left
	s.mark.TopRightCornerRadius, s.mark.BottomRightCornerRadius = right, right
}

func (s *Segments) paint() {
	fill(s.ground, look.Paper, look.Line, 1)
	fill(s.mark, look.Soft, look.Clear, 0)
	fill(s.ring, look.Clear, ringToken(s.ringed()), look.Ring)
	for i := range s.labels {
		ink := look.Ink
		if i == s.chosen {
			ink = look.Accent
		}
		if s.disabled {
			ink = look.Faint
		}
		s.labels[i].setBold(i == s.chosen)
		s.labels[i].say(s.options[i], ink)
	}
	for _, rule := range s.rules {
		rule.FillColor = look.Color(look.Line)
	}
}
