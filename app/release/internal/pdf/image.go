package pdf

import (
	"fmt"
	"image"
	"image/color"
)

// JPEG embeds a JPEG file as it is. Its colors must be gray or YCbCr.
func (w *Writer) JPEG(file []byte, width, height int, gray bool) Ref {
	ref := w.Alloc()
	space := "/DeviceRGB"
	if gray {
		space = "/DeviceGray"
	}
	w.rawStream(ref, fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s "+
		"/BitsPerComponent 8 /Filter /DCTDecode", width, height, space), file)
	return ref
}

// Image embeds a picture without loss, its transparency kept.
func (w *Writer) Image(m image.Image) Ref {
	size := m.Bounds().Size()
	colors := make([]byte, 0, size.X*size.Y*3)
	alpha := make([]byte, 0, size.X*size.Y)
	opaque := true
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
			colors = append(colors, c.R, c.G, c.B)
			alpha = append(alpha, c.A)
			opaque = opaque && c.A == 0xff
		}
	}
	entries := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8", size.X, size.Y)
	ref := w.Alloc()
	if opaque {
		w.Stream(ref, entries+" /ColorSpace /DeviceRGB", colors)
		return ref
	}
	mask := w.Alloc()
	w.Stream(mask, entries+" /ColorSpace /DeviceGray", alpha)
	w.Stream(ref, entries+fmt.Sprintf(" /ColorSpace /DeviceRGB /SMask %s", mask), colors)
	return ref
}

// Form embeds a drawing, given in its own coordinates. Like an image it fills
// the unit square: the box, from its left and lower edge with its width and
// height, is what is kept of it. States are the graphics states that it uses.
func (w *Writer) Form(box [4]float64, states string, content []byte) Ref {
	ref := w.Alloc()
	left, bottom, width, height := box[0], box[1], box[2], box[3]
	w.Stream(ref, fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [%s %s %s %s] /Matrix [%.8f 0 0 %.8f %.8f %.8f] "+
		"/Resources << /ExtGState << %s >> >>", Number(left), Number(bottom), Number(left+width), Number(bottom+height),
		1/width, 1/height, -left/width, -bottom/height, states), content)
	return ref
}
