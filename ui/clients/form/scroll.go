package form

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// scroll keeps the field that has the keyboard in sight.
type scroll struct {
	content *container.Scroll
	watch   *fyne.Animation
	focused fyne.Focusable
}

func newScroll(fields *fyne.Container) *scroll {
	s := &scroll{content: container.NewVScroll(fields)}
	s.watch = &fyne.Animation{Duration: time.Second, RepeatCount: fyne.AnimationRepeatForever, Tick: func(float32) { s.look() }}
	return s
}

// start begins at the top, and watches where the keyboard is: a field does not
// tell.
func (s *scroll) start() {
	s.content.ScrollToTop()
	s.watch.Start()
}

func (s *scroll) stop() { s.watch.Stop() }

// fit gives the scroll the new height of the fields.
func (s *scroll) fit() { s.content.Refresh() }

func (s *scroll) look() {
	c := fyne.CurrentApp().Driver().CanvasForObject(s.content)
	if c == nil || c.Focused() == s.focused {
		return
	}
	s.focused = c.Focused()
	if o, ok := s.focused.(fyne.CanvasObject); ok {
		s.reveal(o)
	}
}

// margin is how much is shown above and below the field: its label, and what
// may be wrong with it.
const margin = 40

// reveal brings a field into sight, if it is one of these.
func (s *scroll) reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	place := driver.AbsolutePositionForObject(o)
	top := place.Y - driver.AbsolutePositionForObject(s.content.Content).Y
	if place == (fyne.Position{}) || top < 0 || top > s.content.Content.Size().Height {
		return
	}
	offset := s.content.Offset.Y
	switch height := s.content.Size().Height; {
	case top-margin < offset:
		offset = max(top-margin, 0)
	case top+o.Size().Height+margin > offset+height:
		offset = top + o.Size().Height + margin - height
	default:
		return
	}
	s.content.ScrollToOffset(fyne.NewPos(0, offset))
}
