package typeset

import (
	"bytes"
	"image"
	_ "image/jpeg" // sbix strikes may be JPEG
	_ "image/png"  // CBDT and sbix strikes are PNG
	"strconv"

	"github.com/go-text/typesetting/font"

	"casekeep/app/release/internal/cff"
	"casekeep/app/release/internal/pdf"
)

// picture is a glyph that brings its own colors, as an image in the PDF.
type picture struct {
	name          string
	ref           pdf.Ref
	left, bottom  float64 // of the image, in thousandths of the size
	width, height float64
}

// placed is a picture at a place within its cluster.
type placed struct {
	*picture
	at cff.Point
}

type pictureKey struct {
	face *face
	gid  font.GID
}

// strike is the size of bitmaps that is asked for, in pixels an em: enough for
// print at text size.
const strike = 128

// picture gives a colored glyph, nil where the glyph has an outline only.
func (t *Typesetter) picture(f *face, gid font.GID) *picture {
	if !f.emoji {
		return nil
	}
	key := pictureKey{f, gid}
	if p, known := t.pictures[key]; known {
		return p
	}
	p := t.layered(f, gid)
	if p == nil {
		p = t.bitmap(f, gid)
	}
	t.pictures[key] = p
	return p
}

// bitmap reads a glyph of the CBDT or sbix table.
func (t *Typesetter) bitmap(f *face, gid font.GID) *picture {
	f.SetPpem(strike, strike)
	bitmap, ok := f.GlyphDataBitmap(gid)
	if !ok || bitmap.Format != font.PNG && bitmap.Format != font.JPG {
		return nil
	}
	pixels, _, err := image.Decode(bytes.NewReader(bitmap.Data))
	if err != nil {
		return nil
	}
	extents, ok := f.GlyphExtents(gid)
	if !ok {
		return nil
	}
	ref := t.out.Image(pixels)
	return &picture{
		name: "E" + strconv.Itoa(int(ref)), ref: ref,
		left: float64(extents.XBearing) * f.scale, bottom: float64(extents.YBearing+extents.Height) * f.scale,
		width: float64(extents.Width) * f.scale, height: -float64(extents.Height) * f.scale,
	}
}
