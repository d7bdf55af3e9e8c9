package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"casekeep/ui/look"
)

// SideTabs is a column of names at the left of a page that has parts; the open
// one is marked. Each may have a note at the right, such as a count of what is
// due. Up, Down, Home and End change the choice.
type SideTabs struct {
	control
	tabs    []sideTab
	chosen  int
	under   int // under the pointer, -1: none
	changed func(int)

	mark, tint, ring *canvas.Rectangle
}

type sideTab struct {
	name, note   string
	tone         Tone
	label, count words
}

// NewSideTabs makes a column with the first name chosen. changed is called with
// the index of a new choice.
func NewSideTabs(names []string, changed func(int)) *SideTabs {
	s := &SideTabs{changed: changed, under: -1, mark: box(), tint: box(), ring: box()}
	for _, name := range names {
		s.tabs = append(s.tabs, sideTab{name: name, label: newWords(look.TextSize, false), count: newWords(look.CaptionSize, false)})
	}
	s.start(s, nil)
	return s
}

// Chosen gives the index of the open part.
func (s *SideTabs) Chosen() int { return s.chosen }

// Choose opens a part without calling changed.
func (s *SideTabs) Choose(i int) {
	s.chosen = i
	s.Refresh()
}

// SetNote shows a short text at the right of a name, in a tone; an empty one
// clears it.
func (s *SideTabs) SetNote(i int, note string, tone Tone) {
	s.tabs[i].note, s.tabs[i].tone = note, tone
	s.Refresh()
}

func (s *SideTabs) pick(i int) {
	if i < 0 || i >= len(s.tabs) || i == s.chosen {
		return
	}
	s.Choose(i)
	if s.changed != nil {
		s.changed(i)
	}
}

// Tapped opens the part under the pointer.
func (s *SideTabs) Tapped(ev *fyne.PointEvent) {
	s.takeFocus()
	s.pick(s.at(ev.Position.Y))
}

// TypedKey changes the choice.
func (s *SideTabs) TypedKey(ev *fyne.KeyEvent) {
	s.showRing()
	switch ev.Name {
	case fyne.KeyUp:
		s.pick(s.chosen - 1)
	case fyne.KeyDown:
		s.pick(s.chosen + 1)
	case fyne.KeyHome:
		s.pick(0)
	case fyne.KeyEnd:
		s.pick(len(s.tabs) - 1)
	default:
		handOn(s, ev)
	}
}

// MouseMoved tints the name under the pointer.
func (s *SideTabs) MouseMoved(ev *desktop.MouseEvent) { s.hoverTab(s.at(ev.Position.Y)) }

// MouseIn tints the name under the pointer.
func (s *SideTabs) MouseIn(ev *desktop.MouseEvent) { s.MouseMoved(ev) }

// MouseOut takes the tint away.
func (s *SideTabs) MouseOut() { s.hoverTab(-1) }

func (s *SideTabs) hoverTab(i int) {
	if i != s.under {
		s.under = i
		s.Refresh()
	}
}

// AccessibilityLabel names the open part to a screen reader.
func (s *SideTabs) AccessibilityLabel() string {
	if s.chosen >= len(s.tabs) {
		return ""
	}
	return s.tabs[s.chosen].name
}

// measures of side tabs
const (
	sideHeight = 33
	sideGap    = 2
	sideInset  = 12
)

// at gives the name at a height, -1 for none.
func (s *SideTabs) at(y float32) int {
	i := int(y / (sideHeight + sideGap))
	if y < 0 || i >= len(s.tabs) {
		return -1
	}
	return i
}

// CreateRenderer is for Fyne.
func (s *SideTabs) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{s.mark, s.tint}
	for _, tab := range s.tabs {
		objects = append(objects, tab.label.Text, tab.count.Text)
	}
	return draw(s,
		func() fyne.Size {
			return fyne.NewSize(140, max(float32(len(s.tabs))*(sideHeight+sideGap)-sideGap, 0))
		},
		s.layout, s.paint, append(objects, s.ring)...)
}

func (s *SideTabs) layout(size fyne.Size) {
	for i := range s.tabs {
		tab := &s.tabs[i]
		y := float32(i) * (sideHeight + sideGap)
		end := size.Width - sideInset
		if tab.note != "" {
			width := tab.count.width(tab.note)
			end -= width
			place(tab.count, end, y+(sideHeight-tab.count.height())/2, width, tab.count.height())
			end -= 8
		}
		tab.label.fit(tab.name, end-sideInset)
		place(tab.label, sideInset, y+(sideHeight-tab.label.height())/2, end-sideInset, tab.label.height())
	}
	s.on(s.mark, s.chosen, size.Width)
	s.on(s.ring, s.chosen, size.Width)
	s.on(s.tint, s.under, size.Width)
}

// on lays a rectangle on a name; -1 hides it.
func (s *SideTabs) on(r *canvas.Rectangle, i int, width float32) {
	if r.Hidden = i < 0 || i >= len(s.tabs); !r.Hidden {
		place(r, 0, float32(i)*(sideHeight+sideGap), width, sideHeight)
	}
}

func (s *SideTabs) paint() {
	fill(s.mark, look.Soft, look.Clear, 0)
	tint := look.Hover
	if s.under == s.chosen {
		tint = look.Clear
	}
	fill(s.tint, tint, look.Clear, 0)
	fill(s.ring, look.Clear, ringToken(s.ringed()), look.Ring)
	for i := range s.tabs {
		tab := &s.tabs[i]
		ink := look.Ink
		if i == s.chosen {
			ink = look.Accent
		}
		tab.label.setBold(i == s.chosen)
		tab.label.say(tab.name, ink)
		note, _, _ := tab.tone.colors()
		tab.count.setBold(tab.tone == Red || tab.tone == Amber)
		tab.count.say(tab.note, note)
	}
}
