// Package upright turns photographs as the camera was held. What a file cannot be
// asked, or lies about, is upright.
package upright

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
	"iter"
)

// Marks of a JPEG file (ITU-T T.81, table B.1) and of the Exif data in it
// (JEITA CP-3451, 4.5.4 and 4.6.4).
const (
	startOfImage   = 0xD8
	startOfScan    = 0xDA
	progressiveDCT = 0xC2
	app1           = 0xE1
	firstRestart   = 0xD0
	lastRestart    = 0xD7
	orientationTag = 0x0112
)

// Orientation gives how the camera of a JPEG file was held: 1 upright, up to 8; 1
// where the file does not say (Exif 2.3, tag 0x0112).
func Orientation(jpeg []byte) int {
	for marker, segment := range segments(jpeg) {
		if exif, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok && marker == app1 {
			return exifOrientation(exif)
		}
	}
	return 1
}

// IsProgressive reports whether a JPEG is stored in several passes, which takes
// five times the memory to decode.
func IsProgressive(jpeg []byte) bool {
	for marker := range segments(jpeg) {
		if marker == progressiveDCT {
			return true
		}
	}
	return false
}

// segments walks the segments before the pixels of a JPEG; there are none in
// another file. Like the decoder it passes over what stands between them.
func segments(jpeg []byte) iter.Seq2[byte, []byte] {
	return func(yield func(byte, []byte) bool) {
		if len(jpeg) < 4 || jpeg[0] != 0xFF || jpeg[1] != startOfImage {
			return
		}
		for rest := jpeg[2:]; ; {
			at := bytes.IndexByte(rest, 0xFF)
			if at < 0 {
				return
			}
			for rest = rest[at:]; len(rest) > 0 && rest[0] == 0xFF; { // as often as somebody likes
				rest = rest[1:]
			}
			if len(rest) < 3 || rest[0] == startOfScan {
				return
			}
			if rest[0] == 0 || rest[0] >= firstRestart && rest[0] <= lastRestart {
				rest = rest[1:]
				continue
			}
			size := int(binary.BigEndian.Uint16(rest[1:])) + 1
			if size > len(rest) || size < 3 || !yield(rest[0], rest[3:size]) {
				return
			}
			rest = rest[size:]
		}
	}
}

func exifOrientation(tiff []byte) int {
	if value := TIFFTag(tiff, orientationTag); value >= 1 && value <= 8 {
		return int(value)
	}
	return 1
}

// Swaps reports whether width and height change places by an orientation.
func Swaps(orientation int) bool { return orientation >= 5 }

// Turn gives a picture's pixels turned so that what was up is up. It holds no
// more than the one copy that it gives.
func Turn(from image.Image, orientation int) *image.RGBA {
	b := from.Bounds()
	w, h := b.Dx(), b.Dy()
	if orientation == 1 {
		to := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.Draw(to, to.Bounds(), from, b.Min, draw.Src)
		return to
	}
	size := image.Rect(0, 0, w, h)
	if Swaps(orientation) {
		size = image.Rect(0, 0, h, w)
	}
	to := image.NewRGBA(size)
	row := image.NewRGBA(image.Rect(0, 0, w, 1))
	for y := range h {
		draw.Draw(row, row.Bounds(), from, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
		for x := range w {
			tx, ty := target(x, y, w, h, orientation)
			copy(to.Pix[to.PixOffset(tx, ty):][:4], row.Pix[4*x:][:4])
		}
	}
	return to
}

// target gives where a pixel of a picture of w by h, as the camera wrote it,
// stands in the upright one.
func target(x, y, w, h, orientation int) (int, int) {
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
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	}
	return y, w - 1 - x
}
