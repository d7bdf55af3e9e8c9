package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// surface is a plain rectangle in a token's color that follows the theme.
type surface struct {
	widget.BaseWidget
	token, border look.Token
	radius        float32
	size          fyne.Size
	rect          *canvas.Rectangle
}

func newSurface(token look.Token, size fyne.Size) *surface {
	s := &surface{token: token, border: look.Clear, size: size, rect: canvas.NewRectangle(nil)}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is for Fyne.
func (s *surface) CreateRenderer() fyne.WidgetRenderer {
	return draw(s,
		func() fyne.Size { return s.size },
		func(size fyne.Size) { place(s.rect, 0, 0, size.Width, size.Height) },
		func() {
			stroke := float32(0)
			if s.border != look.Clear {
				stroke = 1
			}
			fill(s.rect, s.token, s.border, stroke)
			s.rect.CornerRadius = s.radius
		},
		s.rect)
}

// Rule is a thin line across a Column.
func Rule() fyne.CanvasObject { return newSurface(look.Line, fyne.NewSize(1, 1)) }

// Edge is a thin line down a Row, as high as Fill makes it.
func Edge() fyne.CanvasObject { return newSurface(look.Line, fyne.NewSize(1, 1)) }

// On puts an object on a ground: look.Sidebar, look.Ground, look.Paper.
func On(ground look.Token, o fyne.CanvasObject) *fyne.Container {
	return newStack(newSurface(ground, fyne.Size{}), o)
}

// Card puts an object on paper with a border and the design's corners.
func Card(o fyne.CanvasObject) *fyne.Container {
	s := newSurface(look.Paper, fyne.Size{})
	s.border, s.radius = look.Line, look.Radius
	return newStack(s, o)
}

// Note puts an object on a soft ground of a tone: a warning in a page.
func Note(tone Tone, o fyne.CanvasObject) *fyne.Container {
	_, ground, border := tone.colors()
	s := newSurface(ground, fyne.Size{})
	s.border, s.radius = border, look.Radius
	return newStack(s, Pad(8, 12, 8, 12, o))
}

func newStack(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(stack{}, objects...)
}

// stack lays objects over one another.
type stack struct{}

func (stack) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return grow{}.heightAt(objects, width)
}

func (stack) MinSize(objects []fyne.CanvasObject) fyne.Size { return pad{}.MinSize(objects) }

func (stack) Layout(objects []fyne.CanvasObject, size fyne.Size) { grow{}.Layout(objects, size) }

// Frame puts objects at the edges of a page, any of them nil, and gives the
// middle what is left. Tab goes through them as one reads: top, left, middle,
// right, bottom.
func Frame(top, bottom, left, right, middle fyne.CanvasObject) *fyne.Container {
	var objects []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{top, left, middle, right, bottom} {
		if o != nil {
			objects = append(objects, o)
		}
	}
	return container.New(frame{top, bottom, left, right, middle}, objects...)
}

type frame struct{ top, bottom, left, right, middle fyne.CanvasObject }

func (f frame) MinSize([]fyne.CanvasObject) fyne.Size {
	size := minOf(f.middle)
	for _, side := range []fyne.Size{minOf(f.left), minOf(f.right)} {
		size = fyne.NewSize(size.Width+side.Width, max(size.Height, side.Height))
	}
	for _, end := range []fyne.Size{minOf(f.top), minOf(f.bottom)} {
		size = fyne.NewSize(max(size.Width, end.Width), size.Height+end.Height)
	}
	return size
}

func (f frame) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	var top, left float32
	bottom, right := size.Height, size.Width
	if shown(f.top) {
		top = heightAt(f.top, size.Width)
		place(f.top, 0, 0, size.Width, top)
	}
	if shown(f.bottom) {
		height := heightAt(f.bottom, size.Width)
		bottom -= height
		place(f.bottom, 0, bottom, size.Width, height)
	}
	if shown(f.left) {
		left = f.left.MinSize().Width
		place(f.left, 0, top, left, bottom-top)
	}
	if shown(f.right) {
		width := f.right.MinSize().Width
		right -= width
		place(f.right, right, top, width, bottom-top)
	}
	if shown(f.middle) {
		place(f.middle, left, top, right-left, bottom-top)
	}
}

func shown(o fyne.CanvasObject) bool { return o != nil && o.Visible() }

func minOf(o fyne.CanvasObject) fyne.Size {
	if !shown(o) {
		return fyne.Size{}
	}
	return o.MinSize()
}

// Picture shows an icon from the program's set at its normal size.
type Picture struct {
	widget.BaseWidget
	name  look.IconName
	token look.Token
	size  float32
	image icon
}

// NewPicture makes an icon in a color.
func NewPicture(name look.IconName, token look.Token) *Picture {
	p := &Picture{name: name, token: token, size: look.IconSize, image: newIcon()}
	p.ExtendBaseWidget(p)
	return p
}

// NewMark makes the program's mark, for the pages without a sidebar.
func NewMark() *Picture {
	p := NewPicture(look.Mark, look.Accent)
	p.size = 52
	return p
}

// Set changes the icon and its color.
func (p *Picture) Set(name look.IconName, token look.Token) {
	p.name, p.token = name, token
	p.Refresh()
}

// CreateRenderer is for Fyne.
func (p *Picture) CreateRenderer() fyne.WidgetRenderer {
	return draw(p,
		func() fyne.Size { return fyne.NewSquareSize(p.size) },
		func(size fyne.Size) {
			place(p.image, (size.Width-p.size)/2, (size.Height-p.size)/2, p.size, p.size)
		},
		func() { p.image.show(p.name, p.token) },
		p.image.Image)
}
