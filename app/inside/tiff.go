package inside

import (
	"image"

	"casekeep/app/inside/upright"
)

// Tags of a TIFF file, and its compressions by which a few bytes do not become many
// (those of faxes give a bit a pixel; Adobe, "TIFF Revision 6.0", sections 2, 8,
// 10, 11 and 15).
const (
	tagCompression  = 259
	tagRowsPerStrip = 278
	tagTileWidth    = 322
	tagTileLength   = 323

	compressionNone  = 1
	compressionCCITT = 2
	compressionT4    = 3
	compressionT6    = 4
)

// The bytes of memory that a pixel of a TIFF takes: as it is decoded and shown,
// and in a strip or tile that is unpacked, of which the decoder reserves up to
// three times what it lets a pixel have.
const (
	tiffPixel  = 10
	tiffPacked = 24
)

// tiffFits reports whether a TIFF takes about as much memory as other pictures do,
// however much its strips or tiles make of a few bytes.
func tiffFits(tiff []byte, c image.Config) bool {
	switch upright.TIFFTag(tiff, tagCompression) {
	case compressionNone, compressionCCITT, compressionT4, compressionT6:
		return true
	}
	width, rows := int64(c.Width), int64(c.Height)
	if strip := int64(upright.TIFFTag(tiff, tagRowsPerStrip)); strip > 0 {
		rows = min(rows, strip)
	}
	if tile := int64(upright.TIFFTag(tiff, tagTileWidth)); tile > 0 {
		width, rows = tile, int64(upright.TIFFTag(tiff, tagTileLength))
	}
	return int64(c.Width)*int64(c.Height)*tiffPixel+width*rows*tiffPacked <= MostPixels*tiffPixel*5/4
}
