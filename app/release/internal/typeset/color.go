package typeset

import (
	"fmt"
	"math"
	"strconv"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"

	"casekeep/app/release/internal/cff"
	"casekeep/app/release/internal/pdf"
)

// The area around a layered glyph that is kept, in thousandths of the size:
// wider than any emoji reaches.
const (
	formLeft   = -500
	formBottom = -600
	formWidth  = 2500
	formHeight = 2200
)

// layered draws a glyph of the COLR table, whose colors are layers of outlines
// (OpenType 1.9.1). A gradient is drawn in the mean of its colors. It gives nil
// where the glyph has no layers, or some that cannot be drawn.
func (t *Typesetter) layered(f *face, gid font.GID) *picture {
	paint, ok := f.GlyphDataColor(gid)
	if !ok {
		return nil
	}
	p := painter{face: f, palette: font.CPAL{}}
	if len(f.CPAL) > 0 {
		p.palette = f.CPAL
	}
	if !p.paint(paint.Paint, plainTransform, 0) || len(p.out.Bytes()) == 0 {
		return nil
	}
	ref := t.out.Form([4]float64{formLeft, formBottom, formWidth, formHeight}, p.states, p.out.Bytes())
	return &picture{
		name: "E" + strconv.Itoa(int(ref)), ref: ref,
		left: formLeft, bottom: formBottom, width: formWidth, height: formHeight,
	}
}

// painter draws the layers of one glyph.
type painter struct {
	face    *face
	palette font.CPAL
	out     pdf.Content
	states  string // the opacities in use, as resources
}

// maxPaints is how deep paints may lie within each other. A font whose paints
// lead back to themselves is broken.
const maxPaints = 16

// paint draws a paint table, and reports whether all of it could be drawn.
func (p *painter) paint(table tables.PaintTable, m transform, depth int) bool {
	if depth > maxPaints {
		return false
	}
	switch v := table.(type) {
	case tables.PaintColrLayersResolved:
		for _, layer := range v {
			p.fill(layer.GlyphID, m, p.colorOf(layer.PaletteIndex, 1))
		}
		return true
	case tables.PaintColrLayers:
		layers, err := p.face.COLR.LayerList.Resolve(v)
		if err != nil {
			return false
		}
		for _, layer := range layers {
			if !p.paint(layer, m, depth+1) {
				return false
			}
		}
		return true
	case tables.PaintColrGlyph:
		under, ok := p.face.COLR.Search(v.GlyphID)
		return ok && p.paint(under, m, depth+1)
	case tables.PaintGlyph:
		c, ok := p.fillOf(v.Paint, depth+1)
		if ok {
			p.fill(v.GlyphID, m, c)
		}
		return ok
	case tables.PaintComposite:
		return p.composite(v, m, depth+1)
	}
	inner, under, ok := transformOf(table)
	return ok && p.paint(under, m.after(inner), depth+1)
}

// composite draws two paints over each other. Where only the parts within the
// backdrop are to be seen, shading that reaches beyond it is left out.
func (p *painter) composite(v tables.PaintComposite, m transform, depth int) bool {
	switch v.CompositeMode {
	case tables.CompositeSrcOver:
		return p.paint(v.BackdropPaint, m, depth) && p.paint(v.SourcePaint, m, depth)
	case tables.CompositeSrc, tables.CompositeSrcIn:
		return p.paint(v.SourcePaint, m, depth)
	}
	return p.paint(v.BackdropPaint, m, depth)
}

// paintColor is a color and how opaque it is, from 0 to 1.
type paintColor struct {
	color pdf.Color
	alpha float64
}

// ownColor is the palette index for the color of the text.
const ownColor = 0xffff

func (p *painter) colorOf(index uint16, alpha float64) paintColor {
	if index == ownColor || len(p.palette) == 0 || int(index) >= len(p.palette[0]) {
		return paintColor{alpha: alpha}
	}
	c := p.palette[0][index]
	return paintColor{color: pdf.Color{c.Red, c.Green, c.Blue}, alpha: alpha * float64(c.Alpha) / 255}
}

// fillOf gives the color of what fills an outline.
func (p *painter) fillOf(table tables.PaintTable, depth int) (paintColor, bool) {
	if depth > maxPaints {
		return paintColor{}, false
	}
	switch v := table.(type) {
	case tables.PaintSolid:
		return p.colorOf(v.PaletteIndex, fraction(v.Alpha)), true
	case tables.PaintLinearGradient:
		return p.mean(v.ColorLine), true
	case tables.PaintRadialGradient:
		return p.mean(v.ColorLine), true
	case tables.PaintSweepGradient:
		return p.mean(v.ColorLine), true
	}
	_, under, ok := transformOf(table)
	if !ok {
		return paintColor{}, false
	}
	return p.fillOf(under, depth+1)
}

func (p *painter) mean(l tables.ColorLine) paintColor {
	var sum [3]float64
	alpha := 0.0
	for _, stop := range l.ColorStops {
		c := p.colorOf(stop.PaletteIndex, fraction(stop.Alpha))
		for i := range sum {
			sum[i] += float64(c.color[i])
		}
		alpha += c.alpha
	}
	n := math.Max(1, float64(len(l.ColorStops)))
	return paintColor{pdf.Color{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n)}, alpha / n}
}

// fill draws an outline in a color.
func (p *painter) fill(gid tables.GlyphID, m transform, c paintColor) {
	outline := outlineOf(p.face, font.GID(gid), cff.Point{})
	if len(outline) == 0 {
		return
	}
	percent := int(math.Round(c.alpha * 100))
	state := "A" + strconv.Itoa(percent)
	p.states += fmt.Sprintf("/%s << /ca %s >> ", state, pdf.Number(float64(percent)/100))
	p.out.State(state)
	p.out.Fill(c.color)
	for _, s := range outline {
		for i := range s.P {
			s.P[i] = m.apply(s.P[i], p.face.scale)
		}
		p.out.Path(s, 0, 0, 1)
	}
	p.out.FillPath()
}

// fraction gives the value of a 2.14 fixed number.
func fraction(v tables.Fixed214) float64 { return float64(v) / (1 << 14) }
