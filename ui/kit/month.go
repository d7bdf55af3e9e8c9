package kit

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"casekeep/ui/days"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// month lets a day be chosen from a leaf of the calendar: Left, Right, Up and
// Down go by days and weeks, PageUp and PageDown by months, Home and End to the
// month's ends, T to today; Enter and Space choose, Escape closes.
type month struct {
	control
	day, chosen, today record.Date
	allowed            func(record.Date) bool
	pick               func(record.Date)
	close              func()
	under              int // cell under the pointer, -1: none

	ground, mark, now, tint *canvas.Rectangle
	title                   words
	before, after           icon
	names                   [7]words
	cells                   [monthCells]words
}

const monthCells = 6 * 7

// newMonth shows the month of a day, with the cursor on it.
func newMonth(day, chosen, today record.Date, allowed func(record.Date) bool) *month {
	m := &month{
		day: day, chosen: chosen, today: today, allowed: allowed, under: -1,
		ground: box(), mark: box(), now: box(), tint: box(),
		title: newWords(look.TextSize, true), before: newIcon(), after: newIcon(),
	}
	for i := range m.names {
		m.names[i] = newWords(look.CaptionSize, false)
	}
	for i := range m.cells {
		m.cells[i] = newWords(look.TabSize, false)
	}
	m.start(m, m.choose)
	return m
}

// first gives the day in the first cell: the Sunday on or before the 1st.
func (m *month) first() record.Date {
	one := record.Date{Year: m.day.Year, Month: m.day.Month, Day: 1}
	return days.Add(one, 0, 0, -int(one.In(time.UTC).Weekday()))
}

func (m *month) cell(i int) record.Date { return days.Add(m.first(), 0, 0, i) }

// cellOf gives where a day stands in the month on show, -1 if it does not.
func (m *month) cellOf(day record.Date) int {
	n := int(day.In(time.UTC).Sub(m.first().In(time.UTC)).Hours() / 24)
	if day.IsZero() || n < 0 || n >= monthCells {
		return -1
	}
	return n
}

func (m *month) choose() {
	if m.allowed(m.day) {
		m.pick(m.day)
	}
}

func (m *month) move(years, months, by int) {
	m.day = days.Add(m.day, years, months, by)
	m.under = -1
	m.Refresh()
}

// TypedKey moves, chooses and closes.
func (m *month) TypedKey(ev *fyne.KeyEvent) {
	m.showRing()
	switch ev.Name {
	case fyne.KeyLeft:
		m.move(0, 0, -1)
	case fyne.KeyRight:
		m.move(0, 0, 1)
	case fyne.KeyUp:
		m.move(0, 0, -7)
	case fyne.KeyDown:
		m.move(0, 0, 7)
	case fyne.KeyPageUp:
		m.move(0, -1, 0)
	case fyne.KeyPageDown:
		m.move(0, 1, 0)
	case fyne.KeyHome:
		m.move(0, 0, 1-m.day.Day)
	case fyne.KeyEnd:
		m.move(0, 0, days.Add(record.Date{Year: m.day.Year, Month: m.day.Month, Day: 31}, 0, 0, 0).Day-m.day.Day)
	case fyne.KeyEscape:
		m.close()
	default:
		m.control.TypedKey(ev)
	}
}

// TypedRune goes to today with T.
func (m *month) TypedRune(r rune) {
	if r == 't' || r == 'T' {
		m.day = m.today
		m.Refresh()
	}
}

// Tapped chooses the day under the pointer, or turns the leaf.
func (m *month) Tapped(ev *fyne.PointEvent) {
	m.quiet = true
	switch i := m.at(ev.Position); {
	case i >= 0:
		m.day = m.cell(i)
		m.Refresh()
		m.choose()
	case ev.Position.Y < monthTop && ev.Position.X < monthInset+monthCell:
		m.move(0, -1, 0)
	case ev.Position.Y < monthTop && ev.Position.X > monthWidth-monthInset-monthCell:
		m.move(0, 1, 0)
	}
}

// MouseMoved tints the day under the pointer.
func (m *month) MouseMoved(ev *desktop.MouseEvent) { m.hoverCell(m.at(ev.Position)) }

// MouseIn tints the day under the pointer.
func (m *month) MouseIn(ev *desktop.MouseEvent) { m.MouseMoved(ev) }

// MouseOut takes the tint away.
func (m *month) MouseOut() { m.hoverCell(-1) }

func (m *month) hoverCell(i int) {
	if i >= 0 && !m.allowed(m.cell(i)) {
		i = -1
	}
	if i != m.under {
		m.under = i
		m.Refresh()
	}
}

// at gives the cell at a place, -1 for none.
func (m *month) at(p fyne.Position) int {
	x, y := (p.X-monthInset)/monthCell, (p.Y-monthTop-monthNames)/monthRow
	if x < 0 || y < 0 || x >= 7 || y >= 6 {
		return -1
	}
	return int(y)*7 + int(x)
}

// AccessibilityLabel gives the day at the cursor to a screen reader.
func (m *month) AccessibilityLabel() string { return days.Full(m.day) }

// measures of a month
const (
	monthInset  = 10
	monthCell   = 36
	monthRow    = 31
	monthTop    = 42
	monthNames  = 22
	monthWidth  = 2*monthInset + 7*monthCell
	monthHeight = monthTop + monthNames + 6*monthRow + monthInset
)

// CreateRenderer is for Fyne.
func (m *month) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{m.ground, m.tint, m.mark, m.now, m.title.Text, m.before.Image, m.after.Image}
	for _, w := range m.names {
		objects = append(objects, w.Text)
	}
	for _, w := range m.cells {
		objects = append(objects, w.Text)
	}
	return draw(m,
		func() fyne.Size { return fyne.NewSize(monthWidth, monthHeight) },
		m.layout, m.paint, objects...)
}

func (m *month) layout(size fyne.Size) {
	place(m.ground, 0, 0, size.Width, size.Height)
	center := func(w *words, x, y, width, height float32) {
		own := w.width(w.Text.Text)
		place(w, x+(width-own)/2, y+(height-w.height())/2, own, w.height())
	}
	center(&m.title, 0, 0, size.Width, monthTop)
	place(m.before, monthInset+8, (monthTop-look.IconSize)/2, look.IconSize, look.IconSize)
	place(m.after, size.Width-monthInset-8-look.IconSize, (monthTop-look.IconSize)/2, look.IconSize, look.IconSize)
	for i := range m.names {
		center(&m.names[i], monthInset+float32(i)*monthCell, monthTop, monthCell, monthNames)
	}
	for i := range m.cells {
		x, y := cellPlace(i)
		center(&m.cells[i], x, y, monthCell, monthRow)
	}
	m.on(m.mark, m.cellOf(m.chosen))
	m.on(m.now, m.cellOf(m.day))
	m.on(m.tint, m.under)
}

// on lays a rectangle on a cell; -1 hides it.
func (m *month) on(r *canvas.Rectangle, i int) {
	if r.Hidden = i < 0; r.Hidden {
		return
	}
	x, y := cellPlace(i)
	place(r, x+2, y+1, monthCell-4, monthRow-2)
}

func cellPlace(i int) (x, y float32) {
	return monthInset + float32(i%7)*monthCell, monthTop + monthNames + float32(i/7)*monthRow
}

func (m *month) paint() {
	fill(m.ground, look.Raised, look.Line, 1)
	fill(m.mark, look.Accent, look.Clear, 0)
	fill(m.tint, look.Hover, look.Clear, 0)
	fill(m.now, look.Clear, look.Accent, look.Ring)
	if m.chosen == m.day {
		fill(m.now, look.Clear, look.Ink, look.Ring)
	}
	m.title.say(m.day.Month.String()+" "+strconv.Itoa(m.day.Year), look.Ink)
	m.before.show(look.ChevronLeft, look.Muted)
	m.after.show(look.ChevronRight, look.Muted)
	for i := range m.names {
		m.names[i].say(time.Weekday(i).String()[:2], look.Faint)
	}
	first := m.first()
	for i := range m.cells {
		day := days.Add(first, 0, 0, i)
		m.cells[i].setBold(day == m.today)
		m.cells[i].say(strconv.Itoa(day.Day), m.ink(day))
	}
}

func (m *month) ink(day record.Date) look.Token {
	switch {
	case day == m.chosen:
		return look.OnAccent
	case day.Month != m.day.Month || !m.allowed(day):
		return look.Faint
	case day == m.today:
		return look.Accent
	}
	return look.Ink
}
