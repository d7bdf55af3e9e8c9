package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// heightForWidth is an object whose height depends on its width: wrapped
// text, chips that flow.
type heightForWidth interface{ HeightAt(width float32) float32 }

// layoutForWidth is a layout that knows the height its objects need.
type layoutForWidth interface {
	heightAt(objects []fyne.CanvasObject, width float32) float32
}

// heightAt gives the height that an object needs at a width.
func heightAt(o fyne.CanvasObject, width float32) float32 {
	if o, ok := o.(heightForWidth); ok {
		return o.HeightAt(width)
	}
	if c, ok := o.(*fyne.Container); ok {
		if l, ok := c.Layout.(layoutForWidth); ok {
			return l.heightAt(c.Objects, width)
		}
	}
	return o.MinSize().Height
}

// Column puts objects under one another, each as wide as the column, with a
// gap between them. Grow lets one take the height that is left.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&column{gap: gap}, objects...)
}

// Row puts objects beside one another, each as wide as it needs, centered on
// the row's middle. Grow lets some share the width that is left.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{gap: gap}, objects...)
}

// TopRow is a Row whose objects hang from its top edge.
func TopRow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{gap: gap, top: true}, objects...)
}

// Grow marks an object of a Row or Column as the one that takes what is left.
func Grow(o fyne.CanvasObject) *fyne.Container { return container.New(grow{}, o) }

// Space is an empty object that takes what is left in a Row or Column.
func Space() *fyne.Container { return container.New(grow{}) }

// Pad keeps distances around an object.
func Pad(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(pad{top, right, bottom, left}, o)
}

// Wide gives an object a fixed width.
func Wide(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(wide{width: width}, o)
}

// Tall gives an object a fixed height.
func Tall(height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(high(height), o)
}

// Middle centers an object in both directions, no wider than width.
func Middle(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCenterLayout(), Wide(width, o))
}

type column struct {
	gap   float32
	width float32 // of the last layout
}

func (l *column) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	var height, gap float32
	for _, o := range objects {
		if o.Visible() {
			height += gap + heightAt(o, width)
			gap = l.gap
		}
	}
	return height
}

func (l *column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width float32
	for _, o := range objects {
		if o.Visible() {
			width = max(width, o.MinSize().Width)
		}
	}
	return fyne.NewSize(width, l.heightAt(objects, max(width, l.width)))
}

func (l *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	spare := size.Height - l.heightAt(objects, size.Width)
	share := max(spare, 0) / max(float32(growing(objects)), 1)
	var y float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		height := heightAt(o, size.Width)
		if isGrow(o) {
			height += share
		}
		place(o, 0, y, size.Width, height)
		y += height + l.gap
	}
}

type row struct {
	gap   float32
	top   bool
	width float32 // of the last layout
}

// widths shares out a row's width among its visible objects.
func (l *row) widths(objects []fyne.CanvasObject, width float32) []float32 {
	all := make([]float32, len(objects))
	var used, gap float32
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		if !isGrow(o) {
			all[i] = o.MinSize().Width
		}
		used += all[i] + gap
		gap = l.gap
	}
	share := max(width-used, 0) / max(float32(growing(objects)), 1)
	for i, o := range objects {
		if o.Visible() && isGrow(o) {
			all[i] = share
		}
	}
	return all
}

func (l *row) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	var height float32
	for i, w := range l.widths(objects, width) {
		if objects[i].Visible() {
			height = max(height, heightAt(objects[i], w))
		}
	}
	return height
}

func (l *row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width, gap float32
	for _, o := range objects {
		if o.Visible() {
			width += gap + o.MinSize().Width
			gap = l.gap
		}
	}
	return fyne.NewSize(width, l.heightAt(objects, max(width, l.width)))
}

func (l *row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	var x float32
	for i, w := range l.widths(objects, size.Width) {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		height := min(heightAt(o, w), size.Height)
		var y float32
		if !l.top {
			y = (size.Height - height) / 2
		}
		place(o, x, y, w, height)
		x += w + l.gap
	}
}

type grow struct{}

func isGrow(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(grow)
	return ok
}

func growing(objects []fyne.CanvasObject) int {
	n := 0
	for _, o := range objects {
		if o.Visible() && isGrow(o) {
			n++
		}
	}
	return n
}

func (grow) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	var height float32
	for _, o := range objects {
		height = max(height, heightAt(o, width))
	}
	return height
}

// MinSize is narrow: what grows also gives way.
func (l grow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(0, height)
}

func (grow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		place(o, 0, 0, size.Width, size.Height)
	}
}

type pad struct{ top, right, bottom, left float32 }

func (l pad) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return l.top + l.bottom + grow{}.heightAt(objects, width-l.left-l.right)
}

func (l pad) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size.AddWidthHeight(l.left+l.right, l.top+l.bottom)
}

func (l pad) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		place(o, l.left, l.top, size.Width-l.left-l.right, size.Height-l.top-l.bottom)
	}
}

type wide struct{ width float32 }

func (l wide) heightAt(objects []fyne.CanvasObject, _ float32) float32 {
	return grow{}.heightAt(objects, l.width)
}

func (l wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, l.heightAt(objects, l.width))
}

func (wide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	grow{}.Layout(objects, size)
}

type high float32

func (l high) heightAt([]fyne.CanvasObject, float32) float32 { return float32(l) }

func (l high) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, float32(l)) }

func (high) Layout(objects []fyne.CanvasObject, size fyne.Size) { grow{}.Layout(objects, size) }
