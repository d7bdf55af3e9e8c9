package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// signPad is the paper of a signature: a mouse, a pen or a touchpad draws on
// it while its button is down.
type signPad struct {
	widget.BaseWidget
	strokes  []stroke
	pen      bool // is down: the last stroke goes on
	wrong    bool
	disabled bool
	changed  func()

	dry     *image.Alpha // strokes that are finished, as they were drawn last
	dried   int          // how many
	ground  *canvas.Rectangle
	line    *canvas.Rectangle
	caption words
	ink     *canvas.Raster
}

// measures of the paper
const (
	signWidth  = 520
	signHeight = 150
	signLine   = 112 // where one signs, from the top
	signMargin = 24
	// mostPoints is where a pen stops: no name has more.
	mostPoints = 20_000
	// leastStep is how far a pen moves before it is noted.
	leastStep = 1
)

func newSignPad(caption string, changed func()) *signPad {
	p := &signPad{changed: changed, ground: box(), line: canvas.NewRectangle(nil), caption: newWords(look.CaptionSize, false)}
	p.caption.say(caption, look.Faint)
	p.ink = canvas.NewRaster(p.draw)
	p.ExtendBaseWidget(p)
	return p
}

// MouseDown sets the pen down.
func (p *signPad) MouseDown(ev *desktop.MouseEvent) {
	if ev.Button == desktop.MouseButtonPrimary {
		p.pen = false
		p.to(ev.Position)
	}
}

// MouseUp takes the pen up.
func (p *signPad) MouseUp(*desktop.MouseEvent) { p.pen = false }

// Dragged draws. The place is taken from the window's: Fyne counts an object's
// own from where it noticed the drag, some units behind the pen.
func (p *signPad) Dragged(ev *fyne.DragEvent) {
	p.to(ev.AbsolutePosition.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(p)))
}

// DragEnd takes the pen up.
func (p *signPad) DragEnd() { p.pen = false }

// Cursor is a cross.
func (p *signPad) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// to moves the pen, which keeps on the paper, or sets it down.
func (p *signPad) to(at fyne.Position) {
	if p.disabled || p.points() >= mostPoints {
		return
	}
	at = fyne.NewPos(min(max(at.X, 1), p.Size().Width-1), min(max(at.Y, 1), p.Size().Height-1))
	if !p.pen {
		p.pen = true
		p.strokes = append(p.strokes, nil)
	}
	last := &p.strokes[len(p.strokes)-1]
	if n := len(*last); n > 0 && apart((*last)[n-1], at) < leastStep {
		return
	}
	*last = append(*last, at)
	p.ink.Refresh()
	p.changed()
}

func (p *signPad) points() int {
	n := 0
	for _, s := range p.strokes {
		n += len(s)
	}
	return n
}

func (p *signPad) clear() {
	p.strokes, p.pen, p.dry, p.dried = nil, false, nil, 0
	p.ink.Refresh()
	p.changed()
}

// draw gives what was drawn, at the size in pixels that the paper has on the
// screen. Only the stroke that goes on is drawn anew each time.
func (p *signPad) draw(width, height int) image.Image {
	scale := float32(width) / max(p.Size().Width, 1)
	if p.dry == nil || p.dry.Rect.Dx() != width || p.dry.Rect.Dy() != height {
		p.dry, p.dried = image.NewAlpha(image.Rect(0, 0, width, height)), 0
	}
	finished := max(len(p.strokes)-1, 0)
	drawStrokes(p.dry, p.strokes[p.dried:finished], fyne.Position{}, scale)
	p.dried = finished
	wet := image.NewAlpha(p.dry.Rect)
	copy(wet.Pix, p.dry.Pix)
	drawStrokes(wet, p.strokes[finished:], fyne.Position{}, scale)
	return inked(wet, look.Color(look.Ink))
}

// CreateRenderer is for Fyne.
func (p *signPad) CreateRenderer() fyne.WidgetRenderer {
	return draw(p,
		func() fyne.Size { return fyne.NewSize(200, signHeight) },
		func(size fyne.Size) {
			place(p.ground, 0, 0, size.Width, size.Height)
			place(p.line, signMargin, signLine, size.Width-2*signMargin, 1)
			place(p.caption, signMargin, signLine+7, size.Width-2*signMargin, p.caption.height())
			place(p.ink, 0, 0, size.Width, size.Height)
		},
		p.paint,
		p.ground, p.line, p.caption.Text, p.ink)
}

func (p *signPad) paint() {
	ground, border := look.Paper, look.Field
	if p.wrong {
		border = look.Red
	}
	if p.disabled {
		ground = look.Ground
	}
	fill(p.ground, ground, border, 1)
	p.line.FillColor = look.Color(look.Line)
	p.caption.Color = look.Color(look.Faint)
	p.ink.Refresh()
}
