package files

import (
	"fyne.io/fyne/v2"

	"casekeep/ui/kit"
)

// Scrolled moves what is shown by the wheel.
func (p *pane) Scrolled(ev *fyne.ScrollEvent) {
	if ev.Scrolled.DX != 0 {
		p.move(-float64(ev.Scrolled.DX), 0)
	}
	if ev.Scrolled.DY != 0 {
		p.viewer.down(-float64(ev.Scrolled.DY))
	}
}

// Dragged moves what is shown with the pointer.
func (p *pane) Dragged(ev *fyne.DragEvent) {
	w, _ := p.device()
	by := w / float64(max(p.Size().Width, 1))
	p.move(-float64(ev.Dragged.DX)*by, -float64(ev.Dragged.DY)*by)
}

// DragEnd does nothing.
func (p *pane) DragEnd() {}

// Tapped gives the keyboard to the viewer.
func (p *pane) Tapped(*fyne.PointEvent) { kit.Focus(p.viewer) }

// DoubleTapped changes between what fits and 100 %.
func (p *pane) DoubleTapped(*fyne.PointEvent) {
	if p.zoom == 0 {
		p.whole()
		return
	}
	p.fit()
}
