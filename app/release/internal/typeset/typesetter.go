// Package typeset sets text of any script in lines and draws them into a PDF.
//
// Text goes through the Unicode algorithms in order: paragraphs, direction
// (UAX #9), line break opportunities (UAX #14), graphemes (UAX #29), a font
// for each grapheme, shaping (HarfBuzz's rules), lines, visual order. What is
// drawn for a cluster of characters becomes one glyph of an embedded font,
// and that glyph stands for exactly those characters: so the text that a
// reader takes out of the PDF is the text that went in.
package typeset

import (
	"strconv"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"

	"casekeep/app/release/internal/pdf"
)

// Typesetter sets the text of one PDF. It is not safe for concurrent use.
type Typesetter struct {
	// Missing, if set, is told of every character that no font has, each time
	// that it is set. Such a character is drawn as a box with its code.
	Missing func(rune)

	out    *pdf.Writer
	fonts  *library
	shaper shaping.HarfbuzzShaper
	breaks segmenter.Segmenter
	split  segmenter.Segmenter

	words    map[wordKey]*word
	glyphs   map[glyphKey]*drawn
	pictures map[pictureKey]*picture
	embedded []*embedded
}

// embedded is a font in the PDF.
type embedded struct {
	*pdf.Font
	name string // among the page's resources
}

// New makes a typesetter that embeds its fonts in out. What Noto Sans lacks
// comes from the fonts below the folders; nil means those of this computer.
func New(out *pdf.Writer, folders []string) (*Typesetter, error) {
	fonts, err := builtIn()
	if err != nil {
		return nil, err
	}
	t := &Typesetter{
		out:      out,
		fonts:    &library{loaded: map[*candidate]*face{}, byRune: map[choice]*face{}},
		words:    map[wordKey]*word{},
		glyphs:   map[glyphKey]*drawn{},
		pictures: map[pictureKey]*picture{},
	}
	t.shaper.SetFontCacheSize(64)
	for weight, name := range [3]string{"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"} {
		t.fonts.base[weight] = &face{Face: font.NewFace(fonts[weight]), name: name, scale: 1000 / float64(fonts[weight].Upem())}
	}
	if folders == nil {
		t.fonts.listed = systemFonts
	} else {
		t.fonts.listed = sync.OnceValue(func() []*candidate { return scan(folders) })
	}
	return t, nil
}

// Fonts gives the resource dictionary's entries for every font so far.
func (t *Typesetter) Fonts() string {
	var entries string
	for _, e := range t.embedded {
		entries += "/" + e.name + " " + e.Ref.String() + " "
	}
	return entries
}

// WriteFonts embeds what was used, when everything is set.
func (t *Typesetter) WriteFonts() {
	for _, e := range t.embedded {
		t.out.WriteFont(e.Font)
	}
}

// room gives an embedded font for a face that takes one more glyph.
func (t *Typesetter) room(f *face) *embedded {
	if n := len(f.full); n > 0 && !f.full[n-1].Full() {
		return f.full[n-1]
	}
	e := &embedded{Font: t.out.NewFont(f.name), name: "F" + strconv.Itoa(len(t.embedded)+1)}
	t.embedded = append(t.embedded, e)
	f.full = append(f.full, e)
	return e
}
