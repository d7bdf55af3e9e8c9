package typeset

import (
	"math"
	"slices"
	"unicode"

	ubidi "golang.org/x/text/unicode/bidi"

	"casekeep/app/release/internal/pdf"
)

// A PDF holds text as it is seen, and whoever takes it out must find the order
// in which it is read. Readers differ: Poppler, the common one, keeps
// stretches from left to right as they stand and turns round every stretch of
// right-to-left letters, where digits, full stops and commas end a stretch.
// That gives back a Hebrew sentence with a comma in the wrong order, a
// ligature with its letters swapped, and marks before their letters.
//
// So a line that is turned anywhere is drawn as shapes, and over it lies an
// invisible row of characters in the order that such a reader turns back into
// what was said.

// side says how a reader treats a character.
type side uint8

const (
	neutral side = iota // goes with what stands before it
	left                // letters from left to right, and numbers
	right               // letters from right to left
)

func sideOf(r rune) side {
	p, _ := ubidi.LookupRune(r)
	switch p.Class() {
	case ubidi.L, ubidi.EN, ubidi.ES, ubidi.ET, ubidi.AN, ubidi.CS:
		return left
	case ubidi.R, ubidi.AL:
		return right
	}
	return neutral
}

// rightToLeftMark is an invisible letter that keeps signs such as a question
// mark on the side of the letters before them.
const rightToLeftMark = "\u200f"

// readingRow gives the texts of the invisible glyphs for a line, from left to
// right.
func readingRow(text []rune) []string {
	var row []string
	for i := 0; i < len(text); {
		if sideOf(text[i]) != right {
			row = append(row, string(text[i]))
			i++
			continue
		}
		start := i
		for i < len(text) && sideOf(text[i]) != left {
			i++
		}
		row = append(row, turned(text[start:i])...)
	}
	return row
}

// turned gives a stretch of right-to-left letters back to front. Where signs
// follow the last letter a mark goes before them, in one glyph with the first:
// a space by itself would be taken for the gap between two stretches.
func turned(stretch []rune) []string {
	var row []string
	for _, r := range slices.Backward(stretch) {
		row = append(row, string(r))
	}
	if sideOf(stretch[len(stretch)-1]) != right {
		row[0] = rightToLeftMark + row[0]
	}
	return row
}

// hasRight reports whether a text has right-to-left letters.
func hasRight(text []rune) bool {
	return slices.ContainsFunc(text, func(r rune) bool { return r >= 0x590 && sideOf(r) == right })
}

// readingGlyphs makes the invisible row for clusters in the order in which
// they are read, and gives its width.
func (t *Typesetter) readingGlyphs(pieces []piece) ([]*drawn, float64) {
	var text []rune
	turned := false
	for _, p := range pieces {
		turned = turned || p.level%2 == 1
		for _, c := range p.clusters {
			text = append(text, []rune(c.text)...)
		}
	}
	if !turned && !hasRight(text) {
		return nil, 0
	}
	var glyphs []*drawn
	width := 0.0
	for _, s := range readingRow(text) {
		g := t.invisible(s)
		glyphs = append(glyphs, g)
		width += float64(g.width)
	}
	return glyphs, width
}

func (t *Typesetter) invisible(s string) *drawn {
	base := t.fonts.base[Regular]
	key := glyphKey{face: base, text: s, glyphs: "invisible"}
	d, known := t.glyphs[key]
	if !known {
		d = &drawn{text: s, width: 500}
		switch r := []rune(s)[0]; {
		case unicode.In(r, unicode.Mn, unicode.Cf):
			d.width = 100
		case unicode.IsSpace(r):
			d.width = 300
		}
		t.embed(base, d)
		t.glyphs[key] = d
	}
	return d
}

// drawReading puts the invisible row over a line.
func (l Line) drawReading(out *pdf.Content, x, y, size float64) {
	out.BeginText(x, y)
	// Stretched to the line's width, so that what is selected is what is seen.
	out.Stretch(100 * l.Width / l.readingWidth)
	var font *embedded
	for _, g := range l.reading {
		if g.font != font {
			if font != nil {
				out.EndShow()
			}
			font = g.font
			out.Font(font.name, size)
			out.BeginShow()
		}
		out.Code(g.code)
	}
	out.EndShow()
	out.Stretch(100)
	out.EndText()
}

// drawShapes draws the line as it is seen, as shapes without text.
func (l Line) drawShapes(canvas Canvas, x, y, size float64) {
	out := canvas.Content()
	scale := size / 1000
	l.eachVisible(func(c cluster, along float64) {
		left := x + along*scale
		if len(c.outline) > 0 {
			for _, s := range c.outline {
				out.Path(s, left, y, scale)
			}
			out.FillPath()
		}
		for _, p := range c.pictures {
			canvas.UseImage(p.name, p.ref)
			out.Image(p.name, left+(p.at.X+p.left)*scale, y+(p.at.Y+p.bottom)*scale, p.width*scale, p.height*scale)
		}
	})
}

// eachVisible gives every cluster with its place, from left to right.
func (l Line) eachVisible(do func(c cluster, along float64)) {
	along := 0.0
	for _, p := range l.pieces {
		for i := range p.clusters {
			c := p.clusters[i]
			if p.level%2 == 1 {
				c = p.clusters[len(p.clusters)-1-i]
			}
			do(c, along)
			along += c.advance
		}
	}
}

// empty reports whether nothing is to be seen.
func (l Line) empty() bool { return len(l.pieces) == 0 || math.Abs(l.Width) < 1e-9 }
