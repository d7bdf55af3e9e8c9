package kit

import (
	"slices"
	"weak"

	"fyne.io/fyne/v2"
)

// scrolls are the places that scroll, as long as something else holds them: a
// page that was closed must not stay in memory for this.
var scrolls []weak.Pointer[Scroll]

func (s *Scroll) register() { scrolls = append(scrolls, weak.Make(s)) }

// reveal scrolls what took the keyboard into view, where it stands in a place
// that scrolls. Fyne's objects do not know what they stand in, so the places
// are asked.
func reveal(o fyne.CanvasObject) {
	canvas := canvasOf(o)
	if canvas == nil {
		return
	}
	scrolls = slices.DeleteFunc(scrolls, func(p weak.Pointer[Scroll]) bool { return p.Value() == nil })
	for _, p := range scrolls {
		if s := p.Value(); s != nil && s.Visible() && canvasOf(s) == canvas {
			s.reveal(o)
		}
	}
}

// revealMargin is kept free above and below what is scrolled into view: a
// field's label, and what may be wrong with it.
const revealMargin = 40

// reveal scrolls as little as brings o into view, if o stands in the content.
func (s *Scroll) reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	content, view := driver.AbsolutePositionForObject(s.inner.Content), s.inner.Size()
	at := driver.AbsolutePositionForObject(o).Subtract(content)
	size := s.inner.Content.Size()
	if at.X < 0 || at.Y < 0 || at.X >= size.Width || at.Y >= size.Height {
		return
	}
	top, bottom := at.Y-revealMargin, at.Y+o.Size().Height+revealMargin
	switch {
	case top < s.inner.Offset.Y:
		s.inner.ScrollToOffset(fyne.NewPos(0, max(0, top)))
	case bottom > s.inner.Offset.Y+view.Height:
		s.inner.ScrollToOffset(fyne.NewPos(0, min(bottom-view.Height, size.Height-view.Height)))
	}
}
