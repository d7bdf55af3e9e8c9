package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Scroll shows an object that may be higher than the place it gets, as wide
// as that place.
type Scroll struct {
	widget.BaseWidget
	inner *container.Scroll
	tall  *tall
}

// NewScroll makes a place that scrolls up and down.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{tall: &tall{}}
	s.inner = container.NewVScroll(container.New(s.tall, content))
	s.ExtendBaseWidget(s)
	s.register()
	return s
}

// Top scrolls to the beginning.
func (s *Scroll) Top() { s.inner.ScrollToTop() }

// Bottom scrolls to the end.
func (s *Scroll) Bottom() { s.inner.ScrollToBottom() }

// By scrolls down, or up where dy is below 0.
func (s *Scroll) By(dy float32) {
	s.inner.ScrollToOffset(s.inner.Offset.AddXY(0, dy))
}

// keyStep is how far an arrow key scrolls.
const keyStep = 60

// Key scrolls by the keys that say where to, and reports whether that moved
// anything.
func (s *Scroll) Key(ev *fyne.KeyEvent) bool {
	before := s.inner.Offset
	switch page := s.Size().Height - keyStep; ev.Name {
	case fyne.KeyUp:
		s.By(-keyStep)
	case fyne.KeyDown:
		s.By(keyStep)
	case fyne.KeyPageUp:
		s.By(-page)
	case fyne.KeyPageDown, fyne.KeySpace:
		s.By(page)
	case fyne.KeyHome:
		s.Top()
	case fyne.KeyEnd:
		s.Bottom()
	}
	return s.inner.Offset != before
}

// Fit gives the content the height that it has come to need.
func (s *Scroll) Fit() {
	s.inner.Content.Refresh()
	s.inner.Refresh()
}

// CreateRenderer is for Fyne.
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	return draw(s,
		s.inner.MinSize,
		func(size fyne.Size) {
			s.tall.width = size.Width
			place(s.inner, 0, 0, size.Width, size.Height)
		},
		func() {},
		s.inner)
}

// tall is as high as its object needs to be at the width that it has.
type tall struct{ width float32 }

func (l *tall) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, heightAt(objects[0], l.width))
}

func (l *tall) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	place(objects[0], 0, 0, size.Width, size.Height)
}
