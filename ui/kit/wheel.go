package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// wheel lies over a field and hands the mouse wheel on to what scrolls around
// it: Fyne's Entry keeps the wheel to itself, so that a form stood still under
// the pointer. Everything else goes through to the field.
type wheel struct{ widget.BaseWidget }

func newWheel() *wheel {
	w := &wheel{}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled is for Fyne.
func (w *wheel) Scrolled(ev *fyne.ScrollEvent) {
	if around := w.around(); around != nil {
		around.inner.Scrolled(ev)
	}
}

// around gives the smallest place that scrolls and holds the field in sight. To
// what is hidden Fyne gives no position.
func (w *wheel) around() *Scroll {
	canvas, driver := canvasOf(w), fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(w).AddXY(w.Size().Width/2, w.Size().Height/2)
	var found *Scroll
	for _, p := range scrolls {
		s := p.Value()
		if s == nil || canvas == nil || canvasOf(s) != canvas {
			continue
		}
		from, size := driver.AbsolutePositionForObject(s), s.Size()
		inside := at.X >= from.X && at.Y >= from.Y && at.X < from.X+size.Width && at.Y < from.Y+size.Height
		if from.IsZero() || !inside {
			continue
		}
		if found == nil || size.Width*size.Height < found.Size().Width*found.Size().Height {
			found = s
		}
	}
	return found
}

// CreateRenderer is for Fyne.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return draw(w, func() fyne.Size { return fyne.Size{} }, func(fyne.Size) {}, func() {})
}
