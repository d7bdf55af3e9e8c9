package typeset

import (
	"bytes"
	"encoding/binary"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/go-text/typesetting/font/opentype"
)

// table writes big-endian numbers one after the other: a font table by hand.
func table(numbers ...any) []byte {
	var b bytes.Buffer
	for _, n := range numbers {
		if n, ok := n.(int); ok { // 24 bits, as the format has it
			b.Write([]byte{byte(n >> 16), byte(n >> 8), byte(n)})
			continue
		}
		if err := binary.Write(&b, binary.BigEndian, n); err != nil {
			panic(err)
		}
	}
	return b.Bytes()
}

type (
	u8  = uint8
	u16 = uint16
	u32 = uint32
)

// coloredFont makes Noto Sans a font with colors: a COLR table and two colors, red
// and a half-opaque blue.
func coloredFont(t *testing.T, colr []byte) string {
	t.Helper()
	file, err := noto.ReadFile("noto/NotoSans-Regular.ttf")
	if err != nil {
		t.Fatal(err)
	}
	loader, err := opentype.NewLoader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var all []opentype.Table
	for _, tag := range loader.Tables() {
		content, err := loader.RawTable(tag)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, opentype.Table{Tag: tag, Content: content})
	}
	cpal := table(u16(0), u16(2), u16(1), u16(2), u32(14), u16(0), u8(0), u8(0), u8(255), u8(255), u8(255), u8(0), u8(0), u8(128))
	all = append(all, opentype.Table{Tag: opentype.MustNewTag("COLR"), Content: colr}, opentype.Table{Tag: opentype.MustNewTag("CPAL"), Content: cpal})
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "colors.ttf"), opentype.WriteTTF(all), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// TestLayers draws a glyph made of colored layers, of both versions of the
// table, and looks for the colors on the page.
func TestLayers(t *testing.T) {
	fonts, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	glyph := func(r rune) u16 {
		gid, _ := fonts[Regular].NominalGlyph(r)
		return u16(gid)
	}
	a, m, i := glyph('a'), glyph('M'), glyph('I')
	version0 := table(u16(0), u16(1), u32(14), u32(20), u16(2),
		a, u16(0), u16(2), // a is two layers:
		m, u16(0), i, u16(1))
	// Version 1: a is a list of two layers, a solid one and, moved right by an
	// em, one whose gradient runs from blue to blue.
	version1 := table(u16(1), u16(0), u32(0), u32(0), u16(0), u32(34), u32(50), u32(0), u32(0), u32(0),
		u32(1), a, u32(10), // BaseGlyphList at 34, its paint at 44
		u8(1), u8(2), u32(0), // PaintColrLayers at 44
		u32(2), u32(12), u32(23), // LayerList at 50, layers at 62 and 73
		u8(10), int(6), m, u8(2), u16(0), u16(0x4000), // PaintGlyph, PaintSolid
		u8(14), int(8), u16(1000), u16(0), // PaintTranslate
		u8(10), int(6), i, // PaintGlyph
		u8(4), int(16), u16(0), u16(0), u16(9), u16(9), u16(5), u16(0), // PaintLinearGradient
		u8(0), u16(2), u16(0), u16(1), u16(0x4000), u16(0x4000), u16(1), u16(0x4000)) // ColorLine
	for name, colr := range map[string][]byte{"version 0": version0, "version 1": version1} {
		path := printedWith(t, []string{coloredFont(t, colr)}, 300, "a\ufe0f")
		if got := extractedText(t, path); got != "a\ufe0f" {
			t.Errorf("%s: the text comes back as %q", name, got)
		}
		picture, err := exec.Command("pdftoppm", "-r", "144", "-png", "-singlefile", "-x", "0", "-y", "0", "-W", "400", "-H", "200", path).Output()
		if err != nil {
			t.Fatal(err)
		}
		pixels, err := png.Decode(bytes.NewReader(picture))
		if err != nil {
			t.Fatal(err)
		}
		red, blue := 0, 0
		for y := range 200 {
			for x := range 400 {
				switch r, g, b, _ := pixels.At(x, y).RGBA(); {
				case r > 0xe000 && g < 0x2000 && b < 0x2000:
					red++
				case b > 0x6000 && r < 0xa000 && g < 0xa000 && b > g+0x4000: // over white or over red
					blue++
				}
			}
		}
		if red < 20 || blue < 10 {
			t.Errorf("%s: %d red and %d blue pixels", name, red, blue)
		}
	}
}

// TestLayersThatAreBroken has paints that lead back to themselves: the
// character must not vanish.
func TestLayersThatAreBroken(t *testing.T) {
	fonts, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	gid, _ := fonts[Regular].NominalGlyph('a')
	loop := table(u16(1), u16(0), u32(0), u32(0), u16(0), u32(34), u32(0), u32(0), u32(0), u32(0),
		u32(1), u16(gid), u32(10), u8(11), u16(gid)) // PaintColrGlyph of itself
	setter := setterFor(t, []string{coloredFont(t, loop)})
	setter.Line("a\ufe0f", Regular).eachVisible(func(c cluster, _ float64) {
		if len(c.outline) == 0 || len(c.pictures) > 0 {
			t.Errorf("drawn as %d segments and %d pictures", len(c.outline), len(c.pictures))
		}
	})
}
