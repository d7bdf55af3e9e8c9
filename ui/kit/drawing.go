package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// drawing renders every primitive: canvas objects, where they stand, and how
// they take their text and colors, which paint reads again at each refresh.
type drawing struct {
	of      fyne.Widget
	objects []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(fyne.Size)
	paint   func()
}

// draw makes a primitive's renderer, painted once.
func draw(of fyne.Widget, min func() fyne.Size, layout func(fyne.Size), paint func(), objects ...fyne.CanvasObject) *drawing {
	d := &drawing{of: of, objects: objects, min: min, layout: layout, paint: paint}
	paint()
	return d
}

func (d *drawing) Destroy()                     {}
func (d *drawing) Layout(size fyne.Size)        { d.layout(size) }
func (d *drawing) MinSize() fyne.Size           { return d.min() }
func (d *drawing) Objects() []fyne.CanvasObject { return d.objects }

// Refresh reads texts and colors again and puts everything in its place.
func (d *drawing) Refresh() {
	d.paint()
	d.layout(d.of.Size())
	canvas.Refresh(d.of)
}

// place gives an object its place and size, on whole units so that strokes
// and glyphs stay sharp.
func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(whole(x), whole(y)))
	o.Resize(fyne.NewSize(max(width, 0), max(height, 0)))
}

func whole(v float32) float32 { return float32(int(v + 0.5)) }

// box is a rectangle with the design's corners.
func box() *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.CornerRadius = look.Radius
	return r
}

// fill gives a rectangle its ground and border. A border that cannot be seen
// gets no width: Fyne would let what lies behind shine through it.
func fill(r *canvas.Rectangle, ground, border look.Token, stroke float32) {
	if border == look.Clear {
		stroke = 0
	}
	r.FillColor = look.Color(ground)
	r.StrokeColor = look.Color(border)
	r.StrokeWidth = stroke
}

// words is one line of text in one font and color.
type words struct {
	*canvas.Text
	font lines.Font
}

func newWords(size float32, bold bool) words {
	t := canvas.NewText("", color.Transparent)
	t.TextSize = size
	t.TextStyle.Bold = bold
	return words{t, lines.Font{Size: size, Bold: bold}}
}

// bold changes the weight.
func (w *words) setBold(bold bool) {
	w.font.Bold = bold
	w.TextStyle.Bold = bold
}

// say shows a text of the window's own that always fits.
func (w *words) say(text string, c look.Token) {
	w.Text.Text = lines.Sentence(text)
	w.Color = look.Color(c)
}

// fit shows as much of a text of the window's own as width holds.
func (w *words) fit(text string, width float32) {
	w.Text.Text = lines.Sentence(lines.Fit(text, w.font, width))
}

// quote is fit for a text that may be what somebody wrote: it runs as its first
// letter does.
func (w *words) quote(text string, width float32) {
	w.Text.Text = lines.Shown(lines.Fit(text, w.font, width))
}

func (w *words) width(text string) float32 { return lines.Width(text, w.font) }
func (w *words) height() float32           { return lines.Height(w.font) }

// icon is a picture from the program's own set.
type icon struct{ *canvas.Image }

func newIcon() icon {
	i := canvas.NewImageFromResource(nil)
	i.FillMode = canvas.ImageFillContain
	return icon{i}
}

// show gives the picture and its color; no name hides it.
func (i icon) show(name look.IconName, c look.Token) {
	if name == "" {
		i.Hide()
		return
	}
	made := look.Icon(name, c)
	if i.Resource == made && i.Visible() {
		return
	}
	i.Resource = made
	i.Show()
	i.Image.Refresh()
}
