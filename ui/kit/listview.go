package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// listView is what scrolls in a List: as high as all rows, holding only the
// objects of those in sight.
type listView struct {
	widget.BaseWidget
	list  *List
	shown map[int]fyne.CanvasObject
	kinds map[int]int                 // of the rows shown
	pool  map[int][]fyne.CanvasObject // objects not in use, by kind
	tint  *canvas.Rectangle           // on the row under the pointer
	ring  *canvas.Rectangle           // round the selected row
	first int
	last  int
	r     *drawing
}

func newListView(l *List) *listView {
	v := &listView{
		list: l, first: 0, last: -1,
		shown: map[int]fyne.CanvasObject{}, kinds: map[int]int{}, pool: map[int][]fyne.CanvasObject{},
		tint: canvas.NewRectangle(nil), ring: box(),
	}
	v.ExtendBaseWidget(v)
	return v
}

// CreateRenderer is for Fyne.
func (v *listView) CreateRenderer() fyne.WidgetRenderer {
	v.r = draw(v,
		func() fyne.Size {
			if v.list.tops == nil {
				return fyne.Size{}
			}
			return fyne.NewSize(0, v.list.tops[v.list.count()])
		},
		func(fyne.Size) { v.arrange() },
		v.color)
	v.collect()
	return v.r
}

// show makes the rows from first to last those that have objects.
func (v *listView) show(first, last int) {
	if first == v.first && last == v.last && len(v.shown) == max(last-first+1, 0) {
		return
	}
	v.first, v.last = first, last
	for i, row := range v.shown {
		if i < first || i > last {
			v.free(i, row)
		}
	}
	for i := first; i <= last; i++ {
		if v.shown[i] == nil {
			v.take(i)
		}
	}
	v.arrange()
	v.collect()
}

func (v *listView) free(i int, row fyne.CanvasObject) {
	kind := v.kinds[i]
	v.pool[kind] = append(v.pool[kind], row)
	delete(v.shown, i)
	delete(v.kinds, i)
}

func (v *listView) take(i int) {
	kind := 0
	if v.list.rows.Kind != nil {
		kind = v.list.rows.Kind(i)
	}
	var row fyne.CanvasObject
	if free := v.pool[kind]; len(free) > 0 {
		row, v.pool[kind] = free[len(free)-1], free[:len(free)-1]
	} else {
		row = v.list.rows.New(kind)
	}
	if width := v.list.width; row.Size().Width != width {
		row.Resize(fyne.NewSize(width, v.list.tops[i+1]-v.list.tops[i]))
	}
	v.shown[i], v.kinds[i] = row, kind
	v.bind(i)
}

// bind fills a row again, if it is in sight.
func (v *listView) bind(i int) {
	if row := v.shown[i]; row != nil {
		v.list.rows.Bind(i, row, i == v.list.selected)
	}
}

func (v *listView) rebind() {
	for i := range v.shown {
		v.bind(i)
	}
	v.color()
}

// drop gives every object back, so that all are filled again.
func (v *listView) drop() {
	for i, row := range v.shown {
		v.free(i, row)
	}
	v.first, v.last = 0, -1
	v.collect() // no row may follow, and then nothing else takes the old ones away
}

func (v *listView) arrange() {
	tops, width := v.list.tops, v.list.width
	for i, row := range v.shown {
		if i < v.list.count() {
			row.Move(fyne.NewPos(0, tops[i]))
			row.Resize(fyne.NewSize(width, tops[i+1]-tops[i]))
		}
	}
	v.place(v.tint, v.list.hover)
	v.place(v.ring, v.list.selected)
}

func (v *listView) place(r *canvas.Rectangle, i int) {
	if i < 0 || i >= v.list.count() || i < v.first || i > v.last {
		r.Hide()
		return
	}
	r.Show()
	r.Move(fyne.NewPos(0, v.list.tops[i]))
	r.Resize(fyne.NewSize(v.list.width, v.list.tops[i+1]-v.list.tops[i]))
}

// collect tells the renderer what there is to draw.
func (v *listView) collect() {
	if v.r == nil {
		return
	}
	objects := append(v.r.objects[:0:0], v.tint)
	for i := v.first; i <= v.last; i++ {
		if row := v.shown[i]; row != nil {
			objects = append(objects, row)
		}
	}
	v.r.objects = append(objects, v.ring)
}

// mark shows the row under the pointer and the one that has the keyboard.
func (v *listView) mark() {
	v.color()
	v.arrange()
	v.tint.Refresh()
	v.ring.Refresh()
}

func (v *listView) color() {
	tint := look.Hover
	if v.list.hover == v.list.selected {
		tint = look.Clear
	}
	v.tint.FillColor = look.Color(tint)
	fill(v.ring, look.Clear, ringToken(v.list.ringed()), look.Ring)
	v.ring.CornerRadius = 0
}
