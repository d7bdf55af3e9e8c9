package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// Tabs is a row of names with a line under the chosen one. What does not fit
// folds into "More". Left and Right change the choice.
type Tabs struct {
	control
	names   []string
	chosen  int
	changed func(int)
	shown   int // names that fit; the rest are under More

	labels         []words // one for each name, then More
	down           icon
	mark, baseline *canvas.Rectangle
	ring           *canvas.Rectangle
}

// NewTabs makes a row with the first name chosen. changed is called with the
// index of a new choice.
func NewTabs(names []string, changed func(int)) *Tabs {
	t := &Tabs{
		names: names, changed: changed, shown: len(names), down: newIcon(),
		mark: canvas.NewRectangle(nil), baseline: canvas.NewRectangle(nil), ring: box(),
	}
	for range len(names) + 1 {
		t.labels = append(t.labels, newWords(look.TabSize, false))
	}
	t.start(t, nil)
	return t
}

// Chosen gives the index of the open tab.
func (t *Tabs) Chosen() int { return t.chosen }

// Choose opens a tab without calling changed.
func (t *Tabs) Choose(i int) {
	t.chosen = i
	t.Refresh()
}

func (t *Tabs) pick(i int) {
	if i < 0 || i >= len(t.names) || i == t.chosen {
		return
	}
	t.Choose(i)
	if t.changed != nil {
		t.changed(i)
	}
}

// Tapped opens the tab under the pointer, or the rest under More.
func (t *Tabs) Tapped(ev *fyne.PointEvent) {
	t.takeFocus()
	for i := range t.shown {
		if start, end := t.span(i); ev.Position.X >= start-tabGap/2 && ev.Position.X < end+tabGap/2 {
			t.pick(i)
			return
		}
	}
	if start, _ := t.moreSpan(); t.folds() && ev.Position.X >= start-tabGap/2 {
		t.showMore(start)
	}
}

// TypedKey changes the choice with Left, Right, Home and End; Down opens More.
func (t *Tabs) TypedKey(ev *fyne.KeyEvent) {
	t.showRing()
	switch ev.Name {
	case fyne.KeyLeft:
		t.pick(t.chosen - 1)
	case fyne.KeyRight:
		t.pick(t.chosen + 1)
	case fyne.KeyHome:
		t.pick(0)
	case fyne.KeyEnd:
		t.pick(len(t.names) - 1)
	case fyne.KeyDown:
		if t.folds() {
			start, _ := t.moreSpan()
			t.showMore(start)
		}
	default:
		handOn(t, ev)
	}
}

func (t *Tabs) showMore(x float32) {
	menu := fyne.NewMenu("")
	for i := t.shown; i < len(t.names); i++ {
		item := fyne.NewMenuItem(t.names[i], func() { t.pick(i) })
		item.Checked = i == t.chosen
		menu.Items = append(menu.Items, item)
	}
	widget.ShowPopUpMenuAtRelativePosition(menu, canvasOf(t), fyne.NewPos(x, tabsHeight), t)
}

// AccessibilityLabel names the open tab to a screen reader.
func (t *Tabs) AccessibilityLabel() string { return t.names[t.chosen] }

// measures of tabs
const (
	tabGap     = 18
	tabsHeight = 40
)

func (t *Tabs) folds() bool { return t.shown < len(t.names) }

// width allows for bold, so that choosing moves nothing.
func (t *Tabs) width(i int) float32 {
	w := t.labels[i]
	w.font.Bold = true
	return whole(w.width(t.text(i)))
}

// text gives a tab's name; the one after the last is More, which takes the
// name of the open tab if that is folded away.
func (t *Tabs) text(i int) string {
	switch {
	case i < len(t.names):
		return t.names[i]
	case t.chosen >= t.shown:
		return t.names[t.chosen]
	}
	return "More"
}

// span gives where the i-th name begins and ends.
func (t *Tabs) span(i int) (start, end float32) {
	for j := range i {
		start += t.width(j) + tabGap
	}
	return start, start + t.width(i)
}

func (t *Tabs) moreSpan() (start, end float32) {
	if t.shown > 0 {
		_, start = t.span(t.shown - 1)
		start += tabGap
	}
	return start, start + t.width(len(t.names)) + 18
}

// fold finds how many names fit into a width.
func (t *Tabs) fold(width float32) {
	t.shown = len(t.names)
	if _, end := t.span(len(t.names) - 1); end <= width {
		return
	}
	for t.shown--; t.shown > 0; t.shown-- {
		if _, end := t.moreSpan(); end <= width {
			return
		}
	}
}

// CreateRenderer is for Fyne.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{t.baseline, t.ring, t.mark, t.down.Image}
	for _, w := range t.labels {
		objects = append(objects, w.Text)
	}
	return draw(t,
		func() fyne.Size { return fyne.NewSize(120, tabsHeight) },
		t.layout, t.paint, objects...)
}

func (t *Tabs) layout(size fyne.Size) {
	t.fold(size.Width)
	t.write()
	place(t.baseline, 0, size.Height-1, size.Width, 1)
	last := len(t.names)
	for i := range t.labels {
		w := &t.labels[i]
		start, end := t.span(min(i, last-1))
		if i == last {
			start, end = t.moreSpan()
		}
		if i < last && i >= t.shown || i == last && !t.folds() {
			w.Hide()
			continue
		}
		w.Show()
		place(w, start, 11, end-start, w.height())
		if i == t.chosen || i == last && t.chosen >= t.shown {
			place(t.mark, start, size.Height-2, end-start, 2)
			place(t.ring, start-6, 6, end-start+12, size.Height-11)
		}
	}
	if !t.folds() {
		t.down.Hide()
		return
	}
	_, end := t.moreSpan()
	t.down.Show()
	place(t.down, end-17, 12, 16, 16)
}

func (t *Tabs) paint() {
	t.baseline.FillColor = look.Color(look.Line)
	t.mark.FillColor = look.Color(look.Accent)
	fill(t.ring, look.Clear, ringToken(t.ringed()), look.Ring)
	t.down.show(look.ChevronDown, look.Muted)
	t.write()
}

// write sets the names, which depend on how many fit.
func (t *Tabs) write() {
	for i := range t.labels {
		chosen := i == t.chosen || i == len(t.names) && t.chosen >= t.shown
		ink := look.Muted
		if chosen {
			ink = look.Accent
		}
		t.labels[i].setBold(chosen)
		t.labels[i].say(t.text(i), ink)
	}
}
