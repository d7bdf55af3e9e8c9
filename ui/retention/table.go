package retention

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/ui/kit"
)

// line is a row of a table: a heading, or something with its state and what can
// be done with it.
type line struct {
	head string // of those that follow; "": a row
	key  string // tells the row from others when the table is read anew
	duty kit.Duty
	acts []func() // what each part of the evidence does when it is pressed; nil: nothing
	open func()   // Enter, or a click on the row that is selected
}

// row puts a line together from what is said and the acts after it.
func row(key, left, title, said, state string, tone kit.Tone) line {
	return line{key: key, duty: kit.Duty{ID: left, Text: title, Named: true, Evidence: []kit.Part{{Text: said}}, State: state, Tone: tone}, acts: []func(){nil}}
}

// act adds a link. The first one is what Enter does too.
func (l line) act(text string, do func()) line {
	l.duty.Evidence = append(l.duty.Evidence, kit.Part{Text: " "}, kit.Part{Text: text, Link: true})
	l.acts = append(l.acts, nil, do)
	if l.open == nil {
		l.open = do
	}
	return l
}

// table is a list of lines under headings, or what is there instead.
type table struct {
	lines []line
	keys  bool   // the keyboard belongs to it once there are rows
	key   string // of the row that is to be selected; "": the one that is
	rows  *kit.List
	none  *fyne.Container
	body  fyne.CanvasObject
}

func newTable(none fyne.CanvasObject) *table {
	t := &table{none: container.NewStack(none)}
	t.rows = kit.NewList(kit.Rows{
		Count:  func() int { return len(t.lines) },
		Height: t.height,
		Kind: func(i int) int {
			if t.lines[i].head != "" {
				return 1
			}
			return 0
		},
		New: func(kind int) fyne.CanvasObject {
			if kind == 1 {
				return kit.NewHead("")
			}
			return kit.NewDutyRow()
		},
		Bind: t.bind,
		Skip: func(i int) bool { return t.lines[i].head != "" },
		Open: func(int) { t.enter() },
	})
	t.body = container.NewStack(t.rows, t.none)
	t.fill(nil)
	return t
}

// enter does what Enter does on the row that is selected.
func (t *table) enter() {
	if i := t.rows.Selected(); i >= 0 && t.lines[i].open != nil {
		t.lines[i].open()
	}
}

func (t *table) height(i int, width float32) float32 {
	if t.lines[i].head != "" {
		return kit.HeadHeight
	}
	return t.lines[i].duty.Height(width)
}

func (t *table) bind(i int, o fyne.CanvasObject, on bool) {
	l := t.lines[i]
	if l.head != "" {
		o.(*kit.Head).SetText(l.head)
		return
	}
	o.(*kit.DutyRow).Set(l.duty, on, func(part int) {
		if part < len(l.acts) && l.acts[part] != nil {
			l.acts[part]()
		}
	})
}

// instead changes what is shown where there are no lines.
func (t *table) instead(o fyne.CanvasObject) {
	t.none.Objects = []fyne.CanvasObject{o}
	t.none.Refresh()
}

// fill shows lines, and keeps the row that is selected.
func (t *table) fill(lines []line) {
	key := t.key
	if i := t.rows.Selected(); key == "" && i >= 0 && i < len(t.lines) {
		key = t.lines[i].key
	}
	if len(lines) > 0 {
		t.key = ""
	}
	t.rows.Select(-1)
	t.lines = lines
	t.rows.Reload()
	t.rows.Hidden, t.none.Hidden = len(lines) == 0, len(lines) > 0
	t.rows.Select(t.find(key))
	t.body.Refresh()
	if t.keys && len(lines) > 0 {
		t.keys = false
		kit.Focus(t.rows)
	}
}

// find gives the row of a key, or else the first one.
func (t *table) find(key string) int {
	first := -1
	for i, l := range t.lines {
		switch {
		case l.head != "":
		case l.key == key:
			return i
		case first < 0:
			first = i
		}
	}
	return first
}
