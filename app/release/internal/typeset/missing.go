package typeset

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"casekeep/app/release/internal/cff"
)

// The box for a character that no font has, in thousandths of the size: its
// code in hexadecimal, half of the digits in each of two rows.
const (
	boxBottom = -180
	boxTop    = 830
	boxLine   = 40
	boxMargin = 70
	digitSize = 0.58 // of the text's size
	digitStep = 345
	rowStep   = 445
)

// marked gives the visible mark for a character that no font has.
func (t *Typesetter) marked(r rune) cluster {
	if r == '\t' {
		return t.blank(r, 2400)
	}
	key := glyphKey{face: t.fonts.base[Regular], text: string(r), glyphs: "box"}
	d, known := t.glyphs[key]
	if !known {
		d = &drawn{text: extracted(r), missing: []rune{r}}
		d.outline, d.width = t.box(fmt.Sprintf("%04X", r))
		t.embed(key.face, d)
		t.glyphs[key] = d
	}
	return cluster{drawn: d, advance: float64(d.width)}
}

// blank gives a space of a width.
func (t *Typesetter) blank(r rune, width int) cluster {
	key := glyphKey{face: t.fonts.base[Regular], text: string(r), glyphs: "blank"}
	d, known := t.glyphs[key]
	if !known {
		d = &drawn{text: " ", width: width}
		t.embed(key.face, d)
		t.glyphs[key] = d
	}
	return cluster{drawn: d, advance: float64(width), space: true}
}

// extracted is what a reader takes out for a marked character: itself, or the
// sign that Unicode has for a control character, which a text file could not
// hold.
func extracted(r rune) string {
	switch {
	case r < 0x20:
		return string(0x2400 + r)
	case r == 0x7f:
		return "\u2421"
	case unicode.IsControl(r) || r&0xfffe == 0xfffe || !utf8.ValidRune(r):
		return string(unicode.ReplacementChar)
	}
	return string(r)
}

// box draws a frame around digits.
func (t *Typesetter) box(code string) ([]cff.Segment, int) {
	if len(code)%2 == 1 {
		code = "0" + code
	}
	columns := len(code) / 2
	width := columns*digitStep + 2*boxMargin
	right := float64(width - boxMargin/2)
	outline := append(rect(boxMargin/2, boxBottom, right, boxTop, false),
		rect(boxMargin/2+boxLine, boxBottom+boxLine, right-boxLine, boxTop-boxLine, true)...)
	base := t.fonts.base[Regular]
	for i, digit := range code {
		gid, ok := base.NominalGlyph(digit)
		if !ok {
			continue
		}
		at := cff.Point{X: float64(boxMargin + i%columns*digitStep), Y: float64(boxBottom + 90 + (1-i/columns)*rowStep)}
		for _, s := range outlineOf(base, gid, cff.Point{}) {
			for k := range s.P {
				s.P[k] = cff.Point{X: at.X + s.P[k].X*digitSize, Y: at.Y + s.P[k].Y*digitSize}
			}
			outline = append(outline, s)
		}
	}
	return outline, width
}

// rect draws a rectangle; one drawn the other way round cuts a hole.
func rect(left, bottom, right, top float64, hole bool) []cff.Segment {
	corners := []cff.Point{{X: left, Y: bottom}, {X: left, Y: top}, {X: right, Y: top}, {X: right, Y: bottom}}
	if hole {
		corners[1], corners[3] = corners[3], corners[1]
	}
	segments := make([]cff.Segment, len(corners))
	for i, p := range corners {
		segments[i] = cff.Segment{Op: cff.Line, P: [3]cff.Point{p}}
	}
	segments[0].Op = cff.Move
	return segments
}
