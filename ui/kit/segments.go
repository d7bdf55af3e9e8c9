package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"casekeep/ui/look"
)

// Segments lets one of a few be chosen: beside one another, in one border, and
// in several rows where the width is too small for one. Left and Right change
// the choice while it has the keyboard.
type Segments struct {
	control
	options []string
	chosen  int // -1: nothing yet
	changed func(int)
	clears  bool // may go back to nothing

	mark, ring *canvas.Rectangle
	grounds    []*canvas.Rectangle // one for each row there may be
	labels     []words
	rules      []*canvas.Rectangle // before each option but the first
	objects    []fyne.CanvasObject
	r          *drawing
}

// NewSegments makes a control with an option chosen, -1 for none: a question
// that starts unanswered. changed is called with the index of a new choice.
func NewSegments(options []string, chosen int, changed func(int)) *Segments {
	s := &Segments{chosen: chosen, changed: changed, mark: box(), ring: box()}
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
	s.grounds, s.labels, s.rules, s.objects = nil, nil, nil, nil
	for range options {
		ground := box()
		s.grounds = append(s.grounds, ground)
		s.objects = append(s.objects, ground)
	}
	s.objects = append(s.objects, s.mark)
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
	under := s.at(ev.Position)
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

// measures of segments
const (
	segmentHeight = 25
	segmentGap    = 5 // between rows
)

// segment is where an option stands.
type segment struct {
	row         int
	start, end  float32
	first, last bool // of its row
}

func (g segment) top() float32 { return float32(g.row) * (segmentHeight + segmentGap) }

// places shares the options out among rows of a width.
func (s *Segments) places(width float32) []segment {
	all := make([]segment, len(s.options))
	row, x := 0, float32(0)
	for i := range all {
		w := whole(s.width(i))
		if x > 0 && x+w > width+0.5 {
			row, x = row+1, 0
		}
		all[i] = segment{row: row, start: x, end: x + w, first: x == 0, last: true}
		if !all[i].first {
			all[i-1].last = false
		}
		x += w
	}
	return all
}

// at gives the option at a place: the last of a row behind its end.
func (s *Segments) at(p fyne.Position) int {
	all := s.places(s.Size().Width)
	for i, g := range all {
		if p.Y < g.top()+segmentHeight+segmentGap && (p.X < g.end || g.last) {
			return i
		}
	}
	return len(all) - 1
}

// HeightAt gives the height that the options need at a width.
func (s *Segments) HeightAt(width float32) float32 {
	all := s.places(width)
	if len(all) == 0 {
		return segmentHeight
	}
	return all[len(all)-1].top() + segmentHeight
}

func (s *Segments) min() fyne.Size {
	var width float32
	for i := range s.options {
		width += whole(s.width(i))
	}
	height := float32(segmentHeight)
	if own := s.Size().Width; own > 0 {
		height = s.HeightAt(own)
	}
	return fyne.NewSize(width, height)
}

func (s *Segments) layout(size fyne.Size) {
	for _, ground := range s.grounds {
		ground.Hide()
	}
	s.mark.Hide()
	var widest float32
	for i, g := range s.places(size.Width) {
		w := &s.labels[i]
		width := w.width(w.Text.Text)
		place(w, g.start+(g.end-g.start-width)/2, g.top()+(segmentHeight-w.height())/2, width, w.height())
		if i > 0 {
			s.rules[i-1].Hidden = g.first
			place(s.rules[i-1], g.start, g.top()+1, 1, segmentHeight-2)
		}
		if g.last {
			s.grounds[g.row].Show()
			place(s.grounds[g.row], 0, g.top(), g.end, segmentHeight)
		}
		widest = max(widest, g.end)
		if i == s.chosen {
			s.mark.Show()
			place(s.mark, g.start+1, g.top()+1, g.end-g.start-1, segmentHeight-2)
			s.roundMark(g)
		}
	}
	place(s.ring, 0, 0, widest, size.Height)
}

// roundMark rounds only the corners of the mark that lie in the border's.
func (s *Segments) roundMark(g segment) {
	left, right := float32(0), float32(0)
	if g.first {
		left = look.Radius - 1
	}
	if g.last {
		right = look.Radius - 1
	}
	s.mark.CornerRadius = 0
	s.mark.TopLeftCornerRadius, s.mark.BottomLeftCornerRadius = left, left
	s.mark.TopRightCornerRadius, s.mark.BottomRightCornerRadius = right, right
}

func (s *Segments) paint() {
	for _, ground := range s.grounds {
		fill(ground, look.Paper, look.Line, 1)
	}
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
