package find

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// panel lies over the window: a shade, and near its top a card.
type panel struct {
	widget.BaseWidget
	shade, card fyne.CanvasObject
	note        *kit.Text
	noteBox     *fyne.Container
	results     float32 // height of all rows
	window      fyne.Window
	leave       func()
	keysBefore  func(*fyne.KeyEvent)
}

func newPanel(search *kit.Search, note *kit.Text, rows *kit.List) *panel {
	p := &panel{note: note, noteBox: kit.Pad(0, 16, 12, 17, note), shade: kit.On(look.Shade, kit.Space())}
	top := kit.Column(0, kit.Pad(12, 12, 12, 12, search), p.noteBox)
	p.card = kit.Card(kit.Frame(top, nil, nil, nil, kit.Pad(0, 1, 8, 1, rows)))
	p.ExtendBaseWidget(p)
	return p
}

func (p *panel) open(w fyne.Window, leave func()) {
	if p.window != nil {
		return
	}
	c := w.Canvas()
	p.window, p.leave = w, leave
	p.keysBefore = c.OnTypedKey()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape {
			p.leave()
		}
	})
	c.Overlays().Add(p)
}

func (p *panel) close() {
	if p.window == nil {
		return
	}
	c := p.window.Canvas()
	p.window = nil
	c.Overlays().Remove(p)
	c.SetOnTypedKey(p.keysBefore)
}

// fit gives the card the height that it needs for rows of that height in all.
func (p *panel) fit(results float32) {
	p.results = results
	p.noteBox.Hidden = p.note.Text() == ""
	p.Refresh()
}

// Tapped beside the card takes the panel away.
func (p *panel) Tapped(ev *fyne.PointEvent) {
	at := ev.Position.Subtract(p.card.Position())
	if size := p.card.Size(); at.X < 0 || at.Y < 0 || at.X > size.Width || at.Y > size.Height {
		p.leave()
	}
}

// measures of the panel
const (
	panelWidth  = 640
	panelTop    = 64
	panelHeight = 520
	fieldHeight = 58
)

func (p *panel) layout(size fyne.Size) {
	p.shade.Move(fyne.NewPos(0, 0))
	p.shade.Resize(size)
	width := min(panelWidth, size.Width-40)
	height := float32(fieldHeight)
	if !p.noteBox.Hidden {
		height += p.note.HeightAt(width-33) + 12
	}
	if p.results > 0 {
		height += p.results + 8
	}
	height = min(height, panelHeight, size.Height-2*panelTop)
	p.card.Move(fyne.NewPos((size.Width-width)/2, panelTop))
	p.card.Resize(fyne.NewSize(width, height))
}

// CreateRenderer is for Fyne.
func (p *panel) CreateRenderer() fyne.WidgetRenderer { return &panelRenderer{p} }

type panelRenderer struct{ *panel }

func (r *panelRenderer) Destroy()                     {}
func (r *panelRenderer) Layout(size fyne.Size)        { r.layout(size) }
func (r *panelRenderer) MinSize() fyne.Size           { return fyne.NewSize(320, 200) }
func (r *panelRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.shade, r.card} }

func (r *panelRenderer) Refresh() {
	r.layout(r.panel.Size())
	r.card.Refresh()
}
