package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casekeep/vault/record"
)

// monthPopup lays a month over the window, at a field. A click beside it
// closes it.
type monthPopup struct {
	widget.BaseWidget
	month *month
	at    fyne.Position // of the field's box, in the window
	box   float32       // its height
}

// openMonth opens a month under the box of a field, or above it where there is
// no room, and gives it the keyboard. done is told the day that was chosen.
func openMonth(m *month, f *Field, done func(record.Date)) {
	c := canvasOf(f)
	if c == nil {
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(f).AddXY(0, f.top())
	p := &monthPopup{month: m, at: at, box: fieldHeight}
	p.ExtendBaseWidget(p)
	m.close = func() { c.Overlays().Remove(p) }
	m.pick = func(day record.Date) {
		m.close()
		done(day)
	}
	c.Overlays().Add(p)
	p.Resize(c.Size())
	c.Focus(m)
}

// Tapped closes the month.
func (p *monthPopup) Tapped(*fyne.PointEvent) { p.month.close() }

// CreateRenderer is for Fyne.
func (p *monthPopup) CreateRenderer() fyne.WidgetRenderer {
	return draw(p,
		func() fyne.Size { return fyne.NewSize(monthWidth, monthHeight) },
		p.layout,
		p.month.Refresh,
		p.month)
}

func (p *monthPopup) layout(size fyne.Size) {
	x := max(min(p.at.X, size.Width-monthWidth-4), 0)
	y := p.at.Y + p.box + 4
	if above := p.at.Y - monthHeight - 4; y+monthHeight > size.Height && above >= 0 {
		y = above
	}
	place(p.month, x, max(min(y, size.Height-monthHeight), 0), monthWidth, monthHeight)
}
