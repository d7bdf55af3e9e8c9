package files

import (
	"fmt"
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/image/draw"

	"casekeep/app/inside"
	"casekeep/app/inside/pdf"
	"casekeep/ui/kit"
)

// pane draws the part of a picture or page that is in sight, at any size. It
// holds no more than the window's pixels beside the picture itself.
type pane struct {
	widget.BaseWidget
	viewer  *viewer
	raster  *canvas.Raster
	percent *kit.Label

	picture *inside.Image // or
	page    *pdf.Page
	zoom    float64 // device pixels a picture's pixel; 0: as large as fits
	x, y    float64 // of the picture's place in the pane, in device pixels, when it is larger
}

const (
	zoomStep  = 1.25
	leastZoom = 0.02
	mostZoom  = 8
	// pointPixels is how many pixels a point of a page takes at 100 %: a screen
	// is taken to have 96 pixels an inch.
	pointPixels = 96.0 / 72
)

func newPane(v *viewer) *pane {
	p := &pane{viewer: v, percent: kit.NewSubtitle("100 %")}
	p.raster = canvas.NewRaster(p.draw)
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer is for Fyne.
func (p *pane) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.raster) }

// MinSize lets the pane be as small as it must.
func (p *pane) MinSize() fyne.Size { return fyne.NewSize(40, 40) }

// Resize draws a page anew where it fits the pane.
func (p *pane) Resize(size fyne.Size) {
	before := p.Size()
	p.BaseWidget.Resize(size)
	if before != size {
		p.changed()
	}
}

func (p *pane) drop() {
	if p.page != nil {
		clear(p.page.Pix)
	}
	p.picture, p.page = nil, nil
	p.zoom, p.x, p.y = 0, 0, 0
	p.raster.Show()
	p.raster.Refresh()
}

func (p *pane) showPicture(picture *inside.Image) {
	p.picture = picture
	p.changed()
}

// showPage shows a page that was drawn, if the size is still the one.
func (p *pane) showPage(page *pdf.Page) {
	if p.page != nil {
		clear(p.page.Pix)
	}
	p.page = page
	p.raster.Show()
	p.percent.SetText(p.said())
	p.raster.Refresh()
	p.viewer.foot.Refresh()
}

// device gives the pane's size in the screen's pixels.
func (p *pane) device() (w, h float64) {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil {
		scale = c.Scale()
	}
	return math.Max(1, float64(p.Size().Width*scale)), math.Max(1, float64(p.Size().Height*scale))
}

// natural gives the size of what is shown at 100 %, in pixels.
func (p *pane) natural() (w, h float64) {
	switch {
	case p.picture != nil:
		return float64(p.picture.Size().X), float64(p.picture.Size().Y)
	case p.page != nil:
		by := pointPixels / p.page.Scale
		return float64(p.page.Rect.Dx()) * by, float64(p.page.Rect.Dy()) * by
	}
	return 1, 1
}

// scale gives the size at which the picture is drawn: 1 is 100 %. Nothing small
// is blown up to fit; pages are as wide as fits, since they are there to be read.
func (p *pane) scale() float64 {
	if p.zoom > 0 {
		return p.zoom
	}
	pw, ph := p.device()
	w, h := p.natural()
	if p.page != nil {
		return math.Min(pw/w, 1.5)
	}
	return math.Min(1, math.Min(pw/w, ph/h))
}

// pageScale gives pixels a point for drawing a page. Before the first page its
// width is not known: then it is taken to be letter paper.
func (p *pane) pageScale() float64 {
	if p.page == nil && p.zoom == 0 {
		w, _ := p.device()
		return math.Min(w/(612*pointPixels), 1.5) * pointPixels
	}
	return p.scale() * pointPixels
}

// draw is called with the size in the screen's pixels.
func (p *pane) draw(w, h int) image.Image {
	source, factor := p.source()
	if source == nil || w < 1 || h < 1 {
		return blank
	}
	p.keepInside()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	place := p.place(float64(w), float64(h))
	if factor == 1 && place.Dx() == source.Rect.Dx() && place.Dy() == source.Rect.Dy() {
		draw.Draw(to, place, source, image.Point{}, draw.Src)
		return to
	}
	draw.ApproxBiLinear.Scale(to, place, source, source.Rect, draw.Src, nil)
	return to
}

// source gives the pixels to draw from, and how many of the picture's own stand
// for one of them.
func (p *pane) source() (*image.RGBA, float64) {
	switch {
	case p.picture != nil:
		return p.picture.LevelFor(p.scale())
	case p.page != nil:
		return p.page.RGBA, 1
	}
	return nil, 1
}

// place gives where the whole picture lies in a pane of some pixels.
func (p *pane) place(pw, ph float64) image.Rectangle {
	w, h := p.natural()
	w, h = math.Round(w*p.scale()), math.Round(h*p.scale())
	x, y := math.Floor((pw-w)/2), math.Floor((ph-h)/2)
	if w > pw {
		x = -math.Round(p.x)
	}
	if h > ph {
		y = -math.Round(p.y)
	}
	return image.Rect(int(x), int(y), int(x+math.Max(w, 1)), int(y+math.Max(h, 1)))
}

// keepInside keeps the pane full of the picture where that is larger.
func (p *pane) keepInside() {
	pw, ph := p.device()
	w, h := p.natural()
	p.x = math.Max(0, math.Min(p.x, w*p.scale()-pw))
	p.y = math.Max(0, math.Min(p.y, h*p.scale()-ph))
}

// move shifts the picture and reports whether it could.
func (p *pane) move(x, y float64) bool {
	if p.picture == nil && p.page == nil {
		return false
	}
	fromX, fromY := p.x, p.y
	p.x, p.y = p.x+x, p.y+y
	p.keepInside()
	if p.x == fromX && p.y == fromY {
		return false
	}
	p.raster.Refresh()
	return true
}

// blank shows nothing until the next page comes, which begins at its top.
func (p *pane) blank() {
	p.x, p.y = 0, 0
	p.raster.Hide()
}

func (p *pane) fit()   { p.zoomTo(0) }
func (p *pane) whole() { p.zoomTo(1) }

func (p *pane) zoomBy(factor float64) {
	p.zoomTo(math.Max(leastZoom, math.Min(p.scale()*factor, mostZoom)))
}

// zoomTo keeps what is in the middle of the pane there.
func (p *pane) zoomTo(zoom float64) {
	if p.picture == nil && p.page == nil {
		return
	}
	pw, ph := p.device()
	before := p.scale()
	p.zoom = zoom
	by := p.scale() / before
	p.x, p.y = (p.x+pw/2)*by-pw/2, (p.y+ph/2)*by-ph/2
	p.changed()
}

// changed draws what is shown at a new size.
func (p *pane) changed() {
	if p.picture == nil && p.page == nil {
		return
	}
	p.keepInside()
	p.percent.SetText(p.said())
	p.raster.Refresh()
	p.viewer.foot.Refresh()
	if p.page != nil && math.Abs(p.page.Scale/p.pageScale()-1) > 0.01 {
		p.viewer.drawPage()
	}
}

func (p *pane) said() string { return fmt.Sprintf("%.0f %%", p.scale()*100) }
