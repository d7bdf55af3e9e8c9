package typeset

import (
	"encoding/binary"
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/shaping"

	"casekeep/app/release/internal/cff"
	"casekeep/app/release/internal/pdf"
)

// drawn is a cluster's glyph in the PDF: what is drawn, and the text that it
// stands for.
type drawn struct {
	font     *embedded
	code     uint16
	width    int // as the PDF's font states it, in thousandths of the size
	text     string
	outline  []cff.Segment
	pictures []placed
	missing  []rune
}

// glyphKey tells clusters apart: the same glyphs in the same places for the
// same text are one.
type glyphKey struct {
	face   *face
	text   string
	glyphs string
}

func (t *Typesetter) drawn(f *face, text []rune, glyphs []shaping.Glyph) *drawn {
	key := glyphKey{face: f, text: string(text), glyphs: shapeKey(glyphs)}
	if d, known := t.glyphs[key]; known {
		return d
	}
	d := &drawn{text: key.text}
	x := 0.0
	for i, g := range glyphs {
		at := cff.Point{X: x + float64(g.XOffset)/64, Y: float64(g.YOffset) / 64}
		if p := t.picture(f, g.GlyphID); p != nil {
			d.pictures = append(d.pictures, placed{picture: p, at: at})
		} else {
			d.outline = append(d.outline, outlineOf(f, g.GlyphID, at)...)
		}
		if i < len(glyphs)-1 {
			x += float64(g.Advance) / 64
		}
		d.width += int(math.Round(float64(f.HorizontalAdvance(g.GlyphID)) * f.scale * advanceSign(g)))
	}
	t.embed(f, d)
	t.glyphs[key] = d
	return d
}

// advanceSign leaves out the width of glyphs that the shaper gave none, such
// as marks.
func advanceSign(g shaping.Glyph) float64 {
	if g.Advance == 0 {
		return 0
	}
	return 1
}

// embed gives a drawn cluster its place in the PDF's font.
func (t *Typesetter) embed(f *face, d *drawn) {
	d.font = t.room(f)
	d.code = d.font.Add(pdf.Glyph{Glyph: cff.Glyph{Width: d.width, Segments: d.outline}, Text: d.text})
}

// shapeKey writes the glyphs and their places within the cluster. The last
// advance is no part of it: kerning sets it anew each time.
func shapeKey(glyphs []shaping.Glyph) string {
	var b []byte
	for i, g := range glyphs {
		b = binary.LittleEndian.AppendUint32(b, uint32(g.GlyphID))
		b = binary.LittleEndian.AppendUint32(b, uint32(g.XOffset))
		b = binary.LittleEndian.AppendUint32(b, uint32(g.YOffset))
		if i < len(glyphs)-1 || g.Advance == 0 {
			b = binary.LittleEndian.AppendUint32(b, uint32(g.Advance))
		}
	}
	return string(b)
}

// outlineOf gives a glyph's outline at a place, in thousandths of the em.
func outlineOf(f *face, gid font.GID, at cff.Point) []cff.Segment {
	if gid == font.EmptyGlyph {
		return nil
	}
	source, ok := f.GlyphDataOutline(gid)
	if !ok {
		return nil
	}
	point := func(p opentype.SegmentPoint) cff.Point {
		return cff.Point{X: at.X + float64(p.X)*f.scale, Y: at.Y + float64(p.Y)*f.scale}
	}
	outline := make([]cff.Segment, 0, len(source.Segments))
	var pen cff.Point
	for _, s := range source.Segments {
		p := point(s.Args[0])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			outline = append(outline, cff.Segment{Op: cff.Move, P: [3]cff.Point{p}})
			pen = p
		case opentype.SegmentOpLineTo:
			outline = append(outline, cff.Segment{Op: cff.Line, P: [3]cff.Point{p}})
			pen = p
		case opentype.SegmentOpQuadTo:
			// The same curve as a cubic: its inner points lie at two thirds.
			end := point(s.Args[1])
			outline = append(outline, cff.Segment{Op: cff.Curve, P: [3]cff.Point{toward(pen, p), toward(end, p), end}})
			pen = end
		case opentype.SegmentOpCubeTo:
			end := point(s.Args[2])
			outline = append(outline, cff.Segment{Op: cff.Curve, P: [3]cff.Point{p, point(s.Args[1]), end}})
			pen = end
		}
	}
	return outline
}

// toward gives the point two thirds of the way from a to b.
func toward(a, b cff.Point) cff.Point {
	return cff.Point{X: a.X + (b.X-a.X)*2/3, Y: a.Y + (b.Y-a.Y)*2/3}
}
