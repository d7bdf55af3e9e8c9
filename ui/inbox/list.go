package inbox

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/kit"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// line is a row of the list: a conversation, or the one under which those of
// nobody are folded.
type line struct {
	of *conversation // nil: the fold
}

// list shows conversations, those of clients first to hand and the rest
// folded.
type list struct {
	all    []*conversation
	filed  map[string]string // by key: the name of whose record it was filed into
	query  string
	open   bool // the fold is open
	lines  []line
	others int // conversations under the fold
	rest   int // messages in them
	view   *kit.List
	find   *kit.Search
	row    *fyne.Container // holds find, hidden where there is little to find

	chosen func(*conversation) // nil: the fold
	on     func()              // Enter on a conversation
}

// unfolded is up to how many conversations of nobody are not worth a fold.
const unfolded = 5

func newList(chosen func(*conversation), on func()) *list {
	l := &list{chosen: chosen, on: on, filed: map[string]string{}}
	l.view = kit.NewList(kit.Rows{
		Count:  func() int { return len(l.lines) },
		Height: func(int, float32) float32 { return kit.ItemHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewItem() },
		Bind:   func(i int, o fyne.CanvasObject, on bool) { o.(*kit.Item).Set(l.text(l.lines[i]), on) },
		Chosen: func(i int) { l.chosen(l.lines[i].of) },
		Open:   func(i int) { l.pressed(l.lines[i]) },
	})
	l.find = kit.NewSearch("Find a name or number", "")
	l.find.OnChanged = l.search
	l.find.OnMove = func(ev *fyne.KeyEvent) { l.view.Key(ev) }
	l.find.OnEnter = func(string) { kit.Focus(l.view) }
	l.row = kit.Pad(0, 12, 10, 12, l.find)
	return l
}

// set shows other conversations, and keeps the one that is chosen.
func (l *list) set(all []*conversation) {
	l.all = all
	l.arrange()
	l.row.Hidden = len(all) <= 2*unfolded
}

// arrange makes the lines: conversations that have to do with clients, then
// the fold and, if it is open, the others.
func (l *list) arrange() {
	before, fold := l.selected(), l.onFold()
	var ours, others []line
	l.rest = 0
	for _, c := range l.all {
		switch {
		case !l.matches(c):
		case len(c.owners) > 0 || l.filed[c.key()] != "":
			ours = append(ours, line{c})
		default:
			others = append(others, line{c})
			l.rest += c.messages
		}
	}
	l.others = len(others)
	l.lines = ours
	folds := l.query == "" && len(ours) > 0 && len(others) > unfolded
	if folds {
		l.lines = append(l.lines, line{})
	}
	if !folds || l.open {
		l.lines = append(l.lines, others...)
	}
	l.view.Reload()
	if fold && folds {
		l.view.Select(len(ours))
		return
	}
	l.view.Select(l.index(before))
}

// onFold reports whether the fold is selected.
func (l *list) onFold() bool {
	i := l.view.Selected()
	return i >= 0 && i < len(l.lines) && l.lines[i].of == nil
}

func (l *list) matches(c *conversation) bool {
	text := strings.ToLower(c.title() + " " + c.caption() + " " + strings.Join(c.names, " ") + " " + c.key())
	for word := range strings.FieldsSeq(strings.ToLower(l.query)) {
		if !strings.Contains(text, word) && !strings.Contains(digits(text), word) {
			return false
		}
	}
	return true
}

// digits drops the spaces of numbers, so that one is found however it is typed.
func digits(text string) string { return strings.ReplaceAll(text, " ", "") }

func (l *list) search(query string) {
	l.query = query
	l.arrange()
}

// selected gives the conversation that is chosen.
func (l *list) selected() *conversation {
	if i := l.view.Selected(); i >= 0 && i < len(l.lines) {
		return l.lines[i].of
	}
	return nil
}

// index finds the line of a conversation, also of one that was gathered anew.
func (l *list) index(c *conversation) int {
	for i, line := range l.lines {
		if c != nil && line.of != nil && line.of.key() == c.key() {
			return i
		}
	}
	return -1
}

// choose selects a conversation and shows it, as it was gathered last.
func (l *list) choose(c *conversation) {
	i := l.index(c)
	l.view.Select(i)
	if i >= 0 {
		c = l.lines[i].of
	}
	l.chosen(c)
}

// first gives the conversation to begin with.
func (l *list) first() *conversation {
	if next := l.next(); next != nil {
		return next
	}
	for _, line := range l.lines {
		if line.of != nil {
			return line.of
		}
	}
	return nil
}

// next gives the first conversation that is surely a client's and not filed
// yet, nil if there is none.
func (l *list) next() *conversation {
	for _, line := range l.lines {
		if line.of == nil || l.filed[line.of.key()] != "" {
			continue
		}
		if _, sure := line.of.owner(); sure {
			return line.of
		}
	}
	return nil
}

// pressed opens and closes the fold, and goes on from a conversation.
func (l *list) pressed(line line) {
	if line.of == nil {
		l.toggle()
		return
	}
	l.on()
}

func (l *list) toggle() {
	l.open = !l.open
	l.arrange()
}

// done notes that a conversation was filed; an empty name takes it back.
func (l *list) done(key, client string) {
	l.filed[key] = client
	l.arrange()
}

func (l *list) text(line line) kit.ItemText {
	c := line.of
	if c == nil {
		return kit.ItemText{Title: kit.Number(l.others) + " other conversations", Caption: "not yours to keep · never stored",
			Right: kit.Number(l.rest), Faint: true}
	}
	text := kit.ItemText{Title: c.title(), Caption: c.caption(), Right: kit.Number(c.messages)}
	if into := l.filed[c.key()]; into != "" {
		text.Caption = names.In(into) + " · filed"
		text.Arrow = true
		return text
	}
	_, text.Arrow = c.owner()
	return text
}

// asked gives the client of a conversation as far as it is known.
func asked(c *conversation) record.ClientSummary {
	owner, _ := c.owner()
	return owner
}
