package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// Select lets one of many be chosen from a menu, under a label of its own.
// Enter, Space and Down open it; Up and Down in the menu, Enter, Escape.
type Select struct {
	control
	label, empty string
	must         string
	options      []string
	chosen       int
	changed      func(int)

	ground, ring *canvas.Rectangle
	name, value  words
	down         icon
	problem      *problem
}

// NewSelect makes a box with an option chosen, -1 for none. An empty label
// leaves its line out. changed is called with the index of a new choice.
func NewSelect(label string, options []string, chosen int, changed func(int)) *Select {
	s := &Select{
		label: label, options: options, chosen: chosen, changed: changed,
		ground: box(), ring: box(), down: newIcon(),
		name: newWords(look.CaptionSize, false), value: newWords(look.TextSize, false), problem: newProblem(),
	}
	s.start(s, s.open)
	return s
}

// Empty shows a faint text while nothing is chosen and gives the box back.
func (s *Select) Empty(text string) *Select {
	s.empty = text
	s.Refresh()
	return s
}

// SetOptions changes the options and the choice.
func (s *Select) SetOptions(options []string, chosen int) {
	s.options, s.chosen = options, chosen
	s.Refresh()
}

// Chosen gives the index of the choice, -1 if there is none.
func (s *Select) Chosen() int { return s.chosen }

// Choose changes the choice without calling changed.
func (s *Select) Choose(i int) {
	s.chosen = i
	s.SetError("")
}

// Must refuses that nothing is chosen, saying a sentence, and gives the box
// back.
func (s *Select) Must(sentence string) *Select {
	s.must = sentence
	return s
}

// Value gives the choice. If there must be one and is none, it says so, and ok
// is false.
func (s *Select) Value() (chosen int, ok bool) {
	if s.chosen < 0 && s.must != "" {
		s.SetError(s.must)
		return -1, false
	}
	return s.chosen, true
}

// SetError shows what is wrong in a sentence, in red, until the choice changes;
// an empty one clears it.
func (s *Select) SetError(problem string) {
	s.problem.say(problem)
	s.Refresh()
}

// Error gives what is shown as wrong.
func (s *Select) Error() string { return s.problem.Text.Text() }

// Focus gives the keyboard to the box.
func (s *Select) Focus() { Focus(s) }

// Tapped takes the keyboard and opens the menu.
func (s *Select) Tapped(*fyne.PointEvent) {
	s.takeFocus()
	s.pressNow()
}

// TypedKey opens the menu with Down too.
func (s *Select) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyDown {
		s.pressNow()
		return
	}
	s.control.TypedKey(ev)
}

func (s *Select) open() {
	menu := fyne.NewMenu("")
	for i, option := range s.options {
		item := fyne.NewMenuItem(lines.Sentence(option), func() { s.pick(i) })
		item.Checked = i == s.chosen
		menu.Items = append(menu.Items, item)
	}
	showMenu(menu, s, fyne.NewPos(0, s.top()+fieldHeight+2), s.Size().Width)
}

func (s *Select) pick(i int) {
	if i == s.chosen {
		return
	}
	s.Choose(i)
	if s.changed != nil {
		s.changed(i)
	}
}

// showMenu opens a menu at a place relative to an object, at least as wide as
// width.
func showMenu(menu *fyne.Menu, at fyne.CanvasObject, offset fyne.Position, width float32) {
	c := canvasOf(at)
	if c == nil || len(menu.Items) == 0 {
		return
	}
	pop := widget.NewPopUpMenu(menu, c)
	size := pop.MinSize()
	pop.Resize(fyne.NewSize(max(size.Width, width), size.Height))
	pop.ShowAtRelativePosition(offset, at)
	pop.ActivateNext()
}

// Menu opens a menu of acts under an object, such as the button that was
// pressed. The items' labels are given as they are written.
func Menu(under fyne.CanvasObject, items ...*fyne.MenuItem) {
	MenuAt(under, fyne.NewPos(0, under.Size().Height+2), items...)
}

// MenuAt opens a menu of acts at a place relative to an object, such as where
// a list was clicked.
func MenuAt(o fyne.CanvasObject, at fyne.Position, items ...*fyne.MenuItem) {
	menu := fyne.NewMenu("")
	for _, item := range items {
		shown := *item
		shown.Label = lines.Sentence(item.Label)
		menu.Items = append(menu.Items, &shown)
	}
	ShowKeys(menu.Items)
	showMenu(menu, o, at, 0)
}

// AccessibilityLabel gives the label and the choice to a screen reader.
func (s *Select) AccessibilityLabel() string { return s.label + ", " + s.text() }

func (s *Select) text() string {
	if s.chosen < 0 || s.chosen >= len(s.options) {
		return s.empty
	}
	return s.options[s.chosen]
}

func (s *Select) top() float32 {
	if s.label == "" {
		return 0
	}
	return whole(s.name.height()) + labelGap
}

// HeightAt gives the height that the box needs at a width.
func (s *Select) HeightAt(width float32) float32 {
	height := s.top() + fieldHeight
	if s.problem.Visible() {
		height += belowGap + s.problem.HeightAt(width)
	}
	return height
}

// CreateRenderer is for Fyne.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	return draw(s,
		func() fyne.Size { return fyne.NewSize(120, s.HeightAt(max(s.Size().Width, 120))) },
		s.layout, s.paint,
		s.ground, s.name.Text, s.value.Text, s.down.Image, s.problem.Text, s.ring)
}

func (s *Select) layout(size fyne.Size) {
	top := s.top()
	s.name.fit(s.label, size.Width)
	place(s.name, 0, 0, size.Width, s.name.height())
	place(s.problem.Text, 0, top+fieldHeight+belowGap, size.Width, s.problem.HeightAt(size.Width))
	place(s.ground, 0, top, size.Width, fieldHeight)
	place(s.ring, 0, top, size.Width, fieldHeight)
	place(s.down, size.Width-28, top+(fieldHeight-16)/2, 16, 16)
	s.value.fit(s.text(), size.Width-fieldInset-32)
	place(s.value, fieldInset, top+(fieldHeight-s.value.height())/2, size.Width-fieldInset-32, s.value.height())
}

func (s *Select) paint() {
	ground, ink := look.Paper, look.Ink
	if s.hovered || s.disabled {
		ground = look.Ground
	}
	if s.disabled || s.chosen < 0 {
		ink = look.Faint
	}
	border := look.Field
	if s.problem.Visible() {
		border = look.Red
	}
	fill(s.ground, ground, border, 1)
	fill(s.ring, look.Clear, ringToken(s.ringed()), look.Ring)
	s.name.say(s.label, look.Muted)
	s.value.say(s.text(), ink)
	s.down.show(look.ChevronDown, look.Muted)
}
