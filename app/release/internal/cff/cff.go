// Package cff makes small font programs of outlines: a CID-keyed font in the
// Compact Font Format (Adobe Technical Note 5176) whose glyphs are Type 2
// charstrings (Adobe Technical Note 5177), for embedding in a PDF.
//
// The outlines may come from any font, whatever its own format, and a glyph
// may be made of several: what is embedded is only what is drawn.
package cff

import "encoding/binary"

// UnitsPerEm is the size of the em square in which glyphs are drawn.
const UnitsPerEm = 1000

// Op says what a segment draws.
type Op uint8

// The kinds of segments. A contour begins with Move and closes by itself.
const (
	Move  Op = iota // to P[0]
	Line            // to P[0]
	Curve           // a cubic curve over P[0] and P[1] to P[2]
)

// Point is a place in the em square, y upward.
type Point struct{ X, Y float64 }

// Segment is one step of an outline.
type Segment struct {
	Op Op
	P  [3]Point
}

// Glyph is an outline and its advance width, in units of the em square. A
// glyph without segments is blank.
type Glyph struct {
	Width    int
	Segments []Segment
}

// Font writes the font program. Glyph n has CID n; glyph 0 is the one for
// missing characters. The name is the PostScript name.
func Font(name string, glyphs []Glyph) []byte {
	charstrings := make([][]byte, len(glyphs))
	bounds := box{}
	for i, g := range glyphs {
		charstrings[i] = charstring(g, &bounds)
	}
	// Lengths of the top dictionary's numbers do not depend on their values, so
	// one pass with zeros gives every offset.
	head := []byte{1, 0, 4, 4}
	names := index([]byte(name))
	strings := index([]byte("Adobe"), []byte("Identity"))
	globals := index()
	before := len(head) + len(names) + len(index(topDict(offsets{}, len(glyphs), bounds))) + len(strings) + len(globals)

	charset := charsetTable(len(glyphs))
	selector := fdSelect(len(glyphs))
	outlines := index(charstrings...)
	private := privateDict()

	var at offsets
	at.charset = before
	at.fdSelect = at.charset + len(charset)
	at.charStrings = at.fdSelect + len(selector)
	at.private = at.charStrings + len(outlines)
	at.fdArray = at.private + len(private)
	fonts := index(fontDict(len(private), at.private))

	var out []byte
	for _, part := range [][]byte{head, names, index(topDict(at, len(glyphs), bounds)), strings, globals,
		charset, selector, outlines, private, fonts} {
		out = append(out, part...)
	}
	return out
}

type offsets struct{ charset, fdSelect, charStrings, private, fdArray int }

// firstString is the identifier of the font's own first string: the standard
// strings come before it.
const firstString = 391

// topDict writes the top dictionary (5176, section 9), with ROS first as
// CID-keyed fonts must have it.
func topDict(at offsets, glyphs int, b box) []byte {
	var d []byte
	d = dictEntry(d, []int{firstString, firstString + 1, 0}, 12, 30)                       // ROS: Adobe, Identity, 0
	d = dictEntry(d, []int{int(b.minX), int(b.minY), int(b.maxX) + 1, int(b.maxY) + 1}, 5) // FontBBox
	d = dictEntry(d, []int{glyphs}, 12, 34)                                                // CIDCount
	d = dictEntry(d, []int{at.charset}, 15)
	d = dictEntry(d, []int{at.charStrings}, 17)
	d = dictEntry(d, []int{at.fdArray}, 12, 36)
	return dictEntry(d, []int{at.fdSelect}, 12, 37)
}

func fontDict(size, at int) []byte { return dictEntry(nil, []int{size, at}, 18) }

// privateDict states the widths that charstrings leave out: none.
func privateDict() []byte {
	return dictEntry(dictEntry(nil, []int{0}, 20), []int{0}, 21)
}

// charsetTable numbers glyphs from CID 1 on, in one range (format 2).
func charsetTable(glyphs int) []byte {
	if glyphs < 2 {
		return []byte{0}
	}
	t := []byte{2, 0, 1}
	return binary.BigEndian.AppendUint16(t, uint16(glyphs-2))
}

// fdSelect puts every glyph under the one font dictionary (format 3).
func fdSelect(glyphs int) []byte {
	t := []byte{3, 0, 1, 0, 0, 0}
	return binary.BigEndian.AppendUint16(t, uint16(glyphs))
}

// dictEntry appends operands, each in five bytes, and their operator.
func dictEntry(d []byte, operands []int, operator ...byte) []byte {
	for _, n := range operands {
		d = append(d, 29)
		d = binary.BigEndian.AppendUint32(d, uint32(int32(n)))
	}
	return append(d, operator...)
}

// index writes an INDEX structure (5176, section 5), with four-byte offsets.
func index(items ...[]byte) []byte {
	out := binary.BigEndian.AppendUint16(nil, uint16(len(items)))
	if len(items) == 0 {
		return out
	}
	out = append(out, 4)
	at := uint32(1)
	out = binary.BigEndian.AppendUint32(out, at)
	for _, item := range items {
		at += uint32(len(item))
		out = binary.BigEndian.AppendUint32(out, at)
	}
	for _, item := range items {
		out = append(out, item...)
	}
	return out
}
