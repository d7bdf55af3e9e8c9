package inside

import (
	"encoding/binary"
	"image"
	"math"
)

// Tags of a TIFF file, its compressions by which a few bytes do not become many
// (those of faxes give a bit a pixel), and a type of numbers (Adobe, "TIFF
// Revision 6.0", sections 2, 8, 10, 11 and 15).
const (
	tagCompression  = 259
	tagRowsPerStrip = 278
	tagTileWidth    = 322
	tagTileLength   = 323

	compressionNone  = 1
	compressionCCITT = 2
	compressionT4    = 3
	compressionT6    = 4

	typeShort = 3
)

// tiffTag gives the number of a tag in the first directory of a TIFF structure; 0:
// it has none; the largest: it has several, or none that can be.
func tiffTag(tiff []byte, tag uint16) uint32 {
	if len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 0
		}
		if order.Uint16(entries) == tag {
			if order.Uint32(entries[4:]) != 1 {
				return math.MaxUint32
			}
			if order.Uint16(entries[2:]) == typeShort {
				return uint32(order.Uint16(entries[8:]))
			}
			return order.Uint32(entries[8:])
		}
		entries = entries[12:]
	}
	return 0
}

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
	switch tiffTag(tiff, tagCompression) {
	case compressionNone, compressionCCITT, compressionT4, compressionT6:
		return true
	}
	width, rows := int64(c.Width), int64(c.Height)
	if strip := int64(tiffTag(tiff, tagRowsPerStrip)); strip > 0 {
		rows = min(rows, strip)
	}
	if tile := int64(tiffTag(tiff, tagTileWidth)); tile > 0 {
		width, rows = tile, int64(tiffTag(tiff, tagTileLength))
	}
	return int64(c.Width)*int64(c.Height)*tiffPixel+width*rows*tiffPacked <= MostPixels*tiffPixel*5/4
}
