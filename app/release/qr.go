package release

import (
	"rsc.io/qr"
)

// qr draws a QR code (ISO/IEC 18004) as rectangles, so that it stays sharp at any
// size. A text of capital letters, digits and hyphens becomes a small one.
func (f *flow) qr(text string, left, bottom, size float64) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		panic(err) // only for a text of more than 2,000 characters
	}
	module := size / float64(code.Size)
	c := &f.sheet.content
	c.Artifact(func() {
		c.Fill(black)
		for y := range code.Size {
			top := bottom + size - float64(y)*module
			for x := 0; x < code.Size; x++ {
				from := x
				for x < code.Size && code.Black(x, y) {
					x++
				}
				if x > from {
					c.Rect(left+float64(from)*module, top-module, float64(x-from)*module, module)
				}
			}
		}
	})
}
