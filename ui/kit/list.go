package kit

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Rows is what a List shows: any number of rows of any heights.
type Rows struct {
	Count  func() int
	Height func(i int, width float32) float32

	// Kind tells rows apart that are not drawn by the same object, such as
	// days and messages; nil means that all are of one kind.
	Kind func(i int) int
	// New makes a row's object. Objects are used again for other rows.
	New func(kind int) fyne.CanvasObject
	// Bind fills a row's object.
	Bind func(i int, row fyne.CanvasObject, selected bool)

	Skip   func(i int) bool                // may not be selected; nil: all may
	Chosen func(i int)                     // has been selected by the user
	Open   func(i int)                     // Enter, or a click on what is selected
	Menu   func(i int, at fyne.PointEvent) // right click or the menu key, after it was selected
	More   func()                          // the end is near: load more, then call Grew
}

// List shows rows, drawing only those in sight. It takes the keyboard: Up,
// Down, Home, End, PageUp, PageDown, Enter, and the menu key.
type List struct {
	control
	rows     Rows
	selected int // -1: none
	hover    int // row under the pointer, -1: none
	asked    int // rows there were when More was called last

	tops   []float32 // where each row begins, and last where the last one ends
	width  float32   // that tops were measured for
	scroll *container.Scroll
	view   *listView
}

// NewList makes a list with nothing selected.
func NewList(rows Rows) *List {
	l := &List{rows: rows, selected: -1, hover: -1, asked: -1}
	l.view = newListView(l)
	l.scroll = container.NewVScroll(l.view)
	l.scroll.OnScrolled = func(fyne.Position) { l.moved() }
	l.start(l, nil)
	return l
}

// CreateRenderer is for Fyne.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	return draw(l,
		func() fyne.Size { return fyne.NewSize(120, ItemHeight) },
		l.layout, l.paint, l.scroll)
}

func (l *List) layout(size fyne.Size) {
	if size.Width != l.width || l.tops == nil {
		l.measure(size.Width, 0)
	}
	place(l.scroll, 0, 0, size.Width, size.Height)
	l.moved()
}

// paint binds what is in sight again, so that rows take new colors.
func (l *List) paint() { l.view.rebind() }

// measure finds where rows begin, from one of them on.
func (l *List) measure(width float32, from int) {
	if width != l.width {
		from = 0
	}
	l.width = width
	n := l.rows.Count()
	if from == 0 || len(l.tops) <= from {
		from = 0
		l.tops = append(l.tops[:0], 0)
	}
	l.tops = l.tops[:from+1]
	for i := from; i < n; i++ {
		l.tops = append(l.tops, l.tops[i]+l.rows.Height(i, width))
	}
}

// count gives the number of rows that are measured.
func (l *List) count() int { return max(len(l.tops)-1, 0) }

// at gives the row at a height of the whole list.
func (l *List) at(y float32) int {
	n := l.count()
	return sort.Search(n, func(i int) bool { return l.tops[i+1] > y })
}

// moved draws the rows that have come into sight.
func (l *List) moved() {
	height := l.scroll.Size().Height
	top := l.scroll.Offset.Y
	first := l.at(top)
	last := min(l.at(top+height), l.count()-1)
	l.view.show(first, last)
	if n := l.count(); l.rows.More != nil && n != l.asked && height > 0 && top+2*height > l.tops[n] {
		l.asked = n
		l.rows.More()
	}
}

// Reload reads everything again, after the rows have changed. What is shown
// first stays in sight as far as it can.
func (l *List) Reload() {
	l.asked = -1
	l.measure(l.Size().Width, 0)
	if l.selected >= l.count() {
		l.selected = -1
	}
	l.view.drop()
	l.settle()
}

// Grew reads the rows that were added at the end.
func (l *List) Grew() {
	l.measure(l.Size().Width, l.count())
	l.settle()
}

// Update reads one row again. A change of its height needs Reload.
func (l *List) Update(i int) { l.view.bind(i) }

// settle gives the scroll the new height.
func (l *List) settle() {
	if l.tops == nil {
		return
	}
	limit := max(l.tops[l.count()]-l.scroll.Size().Height, 0)
	l.scroll.Offset.Y = min(l.scroll.Offset.Y, limit)
	l.scroll.Refresh()
	l.moved()
}

// Selected gives the selected row, -1 for none.
func (l *List) Selected() int { return l.selected }

// Select selects a row and brings it into sight, without calling Chosen; -1
// selects none.
func (l *List) Select(i int) {
	if i >= l.rows.Count() {
		i = -1
	}
	old := l.selected
	l.selected = i
	l.view.bind(old)
	l.view.bind(i)
	l.Reveal(i)
	l.view.mark()
}

// Reveal brings a row into sight.
func (l *List) Reveal(i int) {
	if i < 0 || i >= l.count() {
		return
	}
	height := l.scroll.Size().Height
	offset := l.scroll.Offset.Y
	switch {
	case l.tops[i] < offset:
		offset = l.tops[i]
	case l.tops[i+1] > offset+height:
		offset = min(l.tops[i+1]-height, l.tops[i])
	default:
		return
	}
	l.scrollTo(offset)
}

// Top scrolls to the beginning.
func (l *List) Top() { l.scrollTo(0) }

func (l *List) scrollTo(y float32) {
	l.scroll.ScrollToOffset(fyne.NewPos(0, y))
	l.moved()
}
