package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func (l *List) canSelect(i int) bool { return l.rows.Skip == nil || !l.rows.Skip(i) }

// choose selects as the user does.
func (l *List) choose(i int) {
	if i < 0 || i >= l.count() || !l.canSelect(i) || i == l.selected {
		return
	}
	l.Select(i)
	if l.rows.Chosen != nil {
		l.rows.Chosen(i)
	}
}

// step selects the next row that may be, from one on in a direction.
func (l *List) step(from, by int) {
	for i := from; i >= 0 && i < l.count(); i += by {
		if l.canSelect(i) {
			l.choose(i)
			return
		}
	}
}

// Tapped takes the keyboard and selects the row under the pointer; one that
// is selected already is opened. (A DoubleTappable would have every click
// wait for a second one.)
func (l *List) Tapped(ev *fyne.PointEvent) {
	l.takeFocus()
	i := l.at(l.scroll.Offset.Y + ev.Position.Y)
	if i == l.selected {
		l.open()
		return
	}
	l.choose(i)
}

// TappedSecondary selects the row under the pointer and opens its menu.
func (l *List) TappedSecondary(ev *fyne.PointEvent) {
	l.takeFocus()
	i := l.at(l.scroll.Offset.Y + ev.Position.Y)
	l.choose(i)
	if l.rows.Menu != nil && i == l.selected && i < l.count() {
		l.rows.Menu(i, *ev)
	}
}

// openMenu opens the selected row's menu under its first line.
func (l *List) openMenu() {
	if l.rows.Menu == nil || l.selected < 0 {
		return
	}
	l.Reveal(l.selected)
	at := fyne.NewPos(textColumn, l.tops[l.selected]-l.scroll.Offset.Y+24)
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	l.rows.Menu(l.selected, fyne.PointEvent{Position: at, AbsolutePosition: origin.Add(at)})
}

func (l *List) open() {
	if l.rows.Open != nil && l.selected >= 0 {
		l.rows.Open(l.selected)
	}
}

// MouseMoved tints the row under the pointer.
func (l *List) MouseMoved(ev *desktop.MouseEvent) {
	l.hoverRow(l.at(l.scroll.Offset.Y + ev.Position.Y))
}

// MouseIn tints the row under the pointer.
func (l *List) MouseIn(ev *desktop.MouseEvent) { l.MouseMoved(ev) }

// MouseOut takes the tint away.
func (l *List) MouseOut() { l.hoverRow(-1) }

func (l *List) hoverRow(i int) {
	if i >= l.count() || i >= 0 && !l.canSelect(i) {
		i = -1
	}
	if i != l.hover {
		l.hover = i
		l.view.mark()
	}
}

// FocusGained marks the selected row.
func (l *List) FocusGained() {
	l.focused = true
	if l.selected < 0 && !l.quiet {
		l.step(l.at(l.scroll.Offset.Y), 1)
	}
	l.view.mark()
}

// FocusLost takes the mark away.
func (l *List) FocusLost() {
	l.focused, l.quiet = false, false
	if row, ok := l.view.shown[l.selected].(keyed); ok {
		row.leave()
	}
	l.view.mark()
}

// TypedKey moves the selection, where the selected row has no use for the key.
func (l *List) TypedKey(ev *fyne.KeyEvent) {
	if l.quiet {
		l.quiet = false
		l.view.mark()
	}
	switch row, ok := l.view.shown[l.selected].(keyed); {
	case ok && row.key(ev):
	case isEnter(ev.Name):
		l.open()
	case ev.Name == desktop.KeyMenu:
		l.openMenu()
	case !l.Key(ev):
		handOn(l, ev)
	}
}

// Key moves the selection by a key, also from outside, as from the search
// field above the list. It reports whether the key is one of those that do.
func (l *List) Key(ev *fyne.KeyEvent) bool {
	last := l.count() - 1
	switch ev.Name {
	case fyne.KeyUp:
		l.step(max(l.selected-1, 0), -1)
	case fyne.KeyDown:
		l.step(l.selected+1, 1)
	case fyne.KeyHome:
		l.scrollTo(0)
		l.step(0, 1)
	case fyne.KeyEnd:
		l.step(last, -1)
	case fyne.KeyPageUp:
		l.step(l.page(-1), -1)
		if l.selected <= 0 {
			l.scrollTo(0)
		}
	case fyne.KeyPageDown:
		l.step(min(l.page(1), last), 1)
	default:
		return false
	}
	return true
}

// page gives the row one window's height away from the selected one.
func (l *List) page(direction float32) int {
	if l.count() == 0 {
		return 0
	}
	from := l.tops[max(l.selected, 0)]
	return l.at(max(from+direction*l.scroll.Size().Height*0.9, 0))
}
