package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"

	"casekeep/app/release/internal/cff"
)

// maxGlyphs is how many glyphs one embedded font holds: codes have two bytes,
// and glyph 0 stands for none.
const maxGlyphs = 65535

// Glyph is one drawn sign and the text it stands for: a letter, a letter with
// its marks, a ligature, a syllable of a script that reorders.
type Glyph struct {
	cff.Glyph
	Text string
}

// Font gathers the glyphs of one embedded font while pages are written.
type Font struct {
	Ref    Ref
	name   string // PostScript name of the font that it is a subset of
	glyphs []Glyph
}

// NewFont reserves a font. It is written by WriteFont, when its glyphs are
// known.
func (w *Writer) NewFont(name string) *Font {
	return &Font{Ref: w.Alloc(), name: name, glyphs: make([]Glyph, 1)}
}

// Full reports whether the font takes no more glyphs.
func (f *Font) Full() bool { return len(f.glyphs) == maxGlyphs }

// Add gives the code of a new glyph.
func (f *Font) Add(g Glyph) uint16 {
	f.glyphs = append(f.glyphs, g)
	return uint16(len(f.glyphs) - 1)
}

// WriteFont writes the font with the glyphs it gathered, as a composite font
// whose codes are glyph numbers (ISO 32000-2, 9.7).
func (w *Writer) WriteFont(f *Font) {
	outlines := make([]cff.Glyph, len(f.glyphs))
	for i, g := range f.glyphs {
		outlines[i] = g.Glyph
	}
	name := subsetTag(f) + "+" + psName(f.name)
	program, descriptor, descendant, unicode := w.Alloc(), w.Alloc(), w.Alloc(), w.Alloc()
	w.Stream(program, "/Subtype /CIDFontType0C", cff.Font(name, outlines))
	// Flags 4: symbolic, as no standard Latin encoding is claimed. The metrics
	// only help a reader that cannot use the embedded program.
	w.Object(descriptor, fmt.Sprintf("<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [-1000 -400 2000 1200] "+
		"/ItalicAngle 0 /Ascent 1069 /Descent -293 /CapHeight 714 /StemV 80 /FontFile3 %s >>", name, program))
	w.Object(descendant, fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /%s "+
		"/CIDSystemInfo << /Registry %s /Ordering %s /Supplement 0 >> /DW 0 /W [1 [%s]] /FontDescriptor %s >>",
		name, w.String("Adobe"), w.String("Identity"), widths(f.glyphs[1:]), descriptor))
	w.Stream(unicode, "", toUnicode(f.glyphs))
	w.Object(f.Ref, fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /%s-Identity-H /Encoding /Identity-H "+
		"/DescendantFonts [%s] /ToUnicode %s >>", name, descendant, unicode))
}

func widths(glyphs []Glyph) string {
	var b strings.Builder
	for i, g := range glyphs {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%d", g.Width)
	}
	return b.String()
}

// subsetTag is the tag of six capitals that marks a subset (ISO 32000-2,
// 9.9.2), the same for the same glyphs.
func subsetTag(f *Font) string {
	h := sha256.New()
	for _, g := range f.glyphs {
		fmt.Fprintln(h, g.Text, g.Width)
	}
	tag := h.Sum(nil)[:6]
	for i := range tag {
		tag[i] = 'A' + tag[i]%26
	}
	return string(tag)
}

// psName keeps the characters that a PostScript name may have.
func psName(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-':
			return r
		}
		return -1
	}, s)
}

// toUnicode writes the CMap that gives back the text of every glyph (ISO
// 32000-2, 9.10.3), a hundred codes a block as the format allows.
func toUnicode(glyphs []Glyph) []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for start := 1; start < len(glyphs); start += 100 {
		block := glyphs[start:min(start+100, len(glyphs))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for i, g := range block {
			fmt.Fprintf(&b, "<%04X> <%X>\n", start+i, utf16BE(g.Text))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}
