package typeset

import (
	"math"
	"unicode/utf8"

	"casekeep/app/release/internal/pdf"
)

// Canvas is the page that lines are drawn on.
type Canvas interface {
	Content() *pdf.Content
	// UseImage names an image among the page's resources.
	UseImage(name string, ref pdf.Ref)
}

// Points gives the width of a line in points.
func (l Line) Points(size float64) float64 { return l.Width * size / 1000 }

// Draw draws the line with its left end at x, in the color that is set.
func (l Line) Draw(canvas Canvas, x, y, size float64) {
	if l.empty() {
		return
	}
	if len(l.reading) > 0 {
		l.drawShapes(canvas, x, y, size)
		l.drawReading(canvas.Content(), x, y, size)
		return
	}
	d := drawing{canvas: canvas, out: canvas.Content(), x: x, y: y, size: size}
	d.out.BeginText(x, y)
	l.eachVisible(d.show)
	d.endRow()
	d.out.EndText()
	for _, p := range d.pictures {
		canvas.UseImage(p.name, p.ref)
		d.out.Image(p.name, p.x, p.y, p.width*size/1000, p.height*size/1000)
	}
}

// Align gives where the line begins between two margins: lines that run from
// right to left begin at the right.
func (l Line) Align(left, width, size float64) float64 {
	if l.rtl {
		return left + width - l.Points(size)
	}
	return left
}

// drawing is a line in the making.
type drawing struct {
	canvas   Canvas
	out      *pdf.Content
	x, y     float64 // where the line begins
	size     float64
	owed     float64 // kerning not yet written
	font     *embedded
	pictures []shown
}

type shown struct {
	*picture
	x, y float64
}

func (d *drawing) show(c cluster, along float64) {
	// A reader takes what stands for several characters from the mark, whose
	// text has no limit of length and no order of its own.
	marked := len(c.pictures) > 0 && utf8.RuneCountInString(c.text) > 1
	if marked {
		d.endRow()
		d.out.Mark(c.text, func() {
			d.glyph(c)
			d.endRow()
		})
	} else {
		d.glyph(c)
	}
	for _, p := range c.pictures {
		d.pictures = append(d.pictures, shown{p.picture,
			d.x + (along+p.at.X+p.left)*d.size/1000, d.y + (p.at.Y+p.bottom)*d.size/1000})
	}
	d.owed += c.advance - float64(c.width)
}

func (d *drawing) glyph(c cluster) {
	if c.drawn.font != d.font {
		d.endRow()
		d.font = c.drawn.font
		d.out.Font(d.font.name, d.size)
		d.out.BeginShow()
	}
	if kern := int(math.Round(d.owed)); kern != 0 {
		d.out.Kern(kern)
		d.owed -= float64(kern)
	}
	d.out.Code(c.code)
}

func (d *drawing) endRow() {
	if d.font != nil {
		d.out.EndShow()
		d.font = nil
	}
}
