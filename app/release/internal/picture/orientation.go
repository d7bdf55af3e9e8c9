package picture

import (
	"encoding/binary"
	"image"
)

// turn is the Exif orientation of a photograph: how the stored pixels must be
// turned and mirrored to stand as the camera saw them (Exif 2.3, tag 0x0112).
type turn uint8

const upright turn = 1

// swaps reports whether width and height change places.
func (t turn) swaps() bool { return t >= 5 && t <= 8 }

// apply gives the picture as it is meant to be seen.
func (t turn) apply(m image.Image) image.Image {
	if t <= upright || t > 8 {
		return m
	}
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	if t.swaps() {
		out = image.NewNRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			toX, toY := t.place(x, y, w, h)
			out.Set(toX, toY, m.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

// place gives where a stored pixel goes.
func (t turn) place(x, y, w, h int) (int, int) {
	switch t {
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
	case 8:
		return y, w - 1 - x
	}
	return x, y
}

// orientation reads the tag from a JPEG's APP1 segment. What cannot be read
// is upright.
func orientation(file []byte) turn {
	for at := 2; at+4 <= len(file) && file[at] == 0xff && file[at+1] != 0xda; {
		size := int(binary.BigEndian.Uint16(file[at+2:]))
		end := at + 2 + size
		if size < 2 || end > len(file) {
			return upright
		}
		if segment := file[at+4 : end]; file[at+1] == 0xe1 && len(segment) > 14 && string(segment[:6]) == "Exif\x00\x00" {
			return tiffOrientation(segment[6:])
		}
		at = end
	}
	return upright
}

// tiffOrientation reads the tag from the first directory of a TIFF block.
func tiffOrientation(block []byte) turn {
	var order binary.ByteOrder = binary.LittleEndian
	if string(block[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(block[4:]))
	if at+2 > int64(len(block)) {
		return upright
	}
	entries := int64(order.Uint16(block[at:]))
	for i := range entries {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(block)) {
			return upright
		}
		if order.Uint16(block[entry:]) == 0x0112 {
			if t := order.Uint16(block[entry+8:]); t >= 1 && t <= 8 {
				return turn(t)
			}
			return upright
		}
	}
	return upright
}
