package detail

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
)

// Marks of a JPEG file (ITU-T T.81, table B.1) and of the Exif data in it
// (JEITA CP-3451, 4.5.4 and 4.6.4).
const (
	startOfImage   = 0xD8
	startOfScan    = 0xDA
	app1           = 0xE1
	orientationTag = 0x0112
)

// orientation gives how a camera was held: 1 upright, up to 8; 1 where a file
// does not say.
func orientation(jpeg []byte) int {
	if len(jpeg) < 4 || jpeg[0] != 0xFF || jpeg[1] != startOfImage {
		return 1
	}
	for rest := jpeg[2:]; len(rest) >= 4 && rest[0] == 0xFF && rest[1] != startOfScan; {
		size := int(binary.BigEndian.Uint16(rest[2:])) + 2
		if size > len(rest) || size < 4 {
			return 1
		}
		if exif, ok := bytes.CutPrefix(rest[4:size], []byte("Exif\x00\x00")); ok && rest[1] == app1 {
			return exifOrientation(exif)
		}
		rest = rest[size:]
	}
	return 1
}

// exifOrientation looks the tag up in the first directory of a TIFF structure.
func exifOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == orientationTag {
			if value := int(order.Uint16(entries[8:])); value >= 1 && value <= 8 {
				return value
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// upright turns a picture so that what was up is up.
func upright(from image.Image, orientation int) image.Image {
	if orientation == 1 {
		return from
	}
	b := from.Bounds()
	w, h := b.Dx(), b.Dy()
	source := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(source, source.Bounds(), from, b.Min, draw.Src)
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	to := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			fx, fy := origin(x, y, w, h, orientation)
			copy(to.Pix[to.PixOffset(x, y):][:4], source.Pix[source.PixOffset(fx, fy):][:4])
		}
	}
	return to
}

// origin gives where a pixel of the upright picture stands in one of w by h
// pixels as the camera wrote it.
func origin(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	}
	return w - 1 - y, x
}
