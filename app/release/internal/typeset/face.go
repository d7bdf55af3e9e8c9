package typeset

import (
	"bytes"
	"embed"
	"fmt"
	"os"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/text/unicode/norm"
)

// Weight says which of the built-in faces a text is set in. Signs that Noto
// Sans lacks come from other fonts in one weight.
type Weight uint8

// The built-in faces.
const (
	Regular Weight = iota
	Bold
	Italic
)

//go:embed noto/*.ttf
var noto embed.FS

// builtIn parses Noto Sans once: its glyphs are read-only.
var builtIn = sync.OnceValues(func() ([3]*font.Font, error) {
	var fonts [3]*font.Font
	for weight, name := range [3]string{"Regular", "Bold", "Italic"} {
		file, err := noto.ReadFile("noto/NotoSans-" + name + ".ttf")
		if err != nil {
			return fonts, err
		}
		if fonts[weight], err = parseFont(file, 0); err != nil {
			return fonts, fmt.Errorf("the built-in font %s cannot be read: %w", name, err)
		}
	}
	return fonts, nil
})

// face is one font as one typesetter uses it.
type face struct {
	*font.Face
	name  string // for the PDF
	scale float64
	emoji bool // its glyphs bring their own colors
	full  []*embedded
}

func newFace(f *font.Font, name string, emoji bool) *face {
	return &face{Face: font.NewFace(f), name: name, scale: 1000 / float64(f.Upem()), emoji: emoji}
}

// covers reports whether the face has a glyph for every character of a
// grapheme that shows one, as written or composed.
func (f *face) covers(grapheme []rune) bool {
	if f.coversAll(grapheme) {
		return true
	}
	if len(grapheme) == 1 {
		return false
	}
	return f.coversAll([]rune(norm.NFC.String(string(grapheme))))
}

func (f *face) coversAll(grapheme []rune) bool {
	for _, r := range grapheme {
		if ignorable(r) {
			continue
		}
		if _, ok := f.NominalGlyph(r); !ok {
			return false
		}
	}
	return true
}

func parseFont(file []byte, index int) (*font.Font, error) {
	loaders, err := opentype.NewLoaders(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	if index >= len(loaders) {
		return nil, fmt.Errorf("the font file holds %d fonts, not %d", len(loaders), index+1)
	}
	return font.NewFont(loaders[index])
}

func loadFace(c *candidate) (*face, error) {
	file, err := os.ReadFile(c.path)
	if err != nil {
		return nil, err
	}
	f, err := parseFont(file, c.index)
	if err != nil {
		return nil, err
	}
	return newFace(f, c.family, c.emoji), nil
}
