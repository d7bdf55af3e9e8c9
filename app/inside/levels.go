package inside

import "image"

// smallest is the side in pixels below which no smaller level is made.
const smallest = 600

// levels gives a picture, then halves of it.
func levels(whole *image.RGBA) []*image.RGBA {
	all := []*image.RGBA{whole}
	for last := whole; max(last.Rect.Dx(), last.Rect.Dy()) > smallest && min(last.Rect.Dx(), last.Rect.Dy()) > 1; {
		last = half(last)
		all = append(all, last)
	}
	return all
}

// half gives a picture of half the width and height.
func half(from *image.RGBA) *image.RGBA {
	to := image.NewRGBA(image.Rect(0, 0, from.Rect.Dx()/2, from.Rect.Dy()/2))
	for y := range to.Rect.Dy() {
		upper, lower := from.Pix[2*y*from.Stride:], from.Pix[(2*y+1)*from.Stride:]
		row := to.Pix[y*to.Stride:]
		for x := range to.Rect.Dx() {
			for c := range 4 {
				i := 8*x + c
				row[4*x+c] = uint8((int(upper[i]) + int(upper[i+4]) + int(lower[i]) + int(lower[i+4]) + 2) / 4)
			}
		}
	}
	return to
}

// LevelFor gives the smallest level that still has a pixel for each one that is
// drawn, and its scale to the whole picture. Scale is what the whole is drawn
// at: 1 is a pixel for a pixel.
func (p *Image) LevelFor(scale float64) (*image.RGBA, float64) {
	at, factor := 0, 1.0
	for at+1 < len(p.Levels) && scale*factor <= 0.5 {
		at++
		factor *= 2
	}
	return p.Levels[at], 1 / factor
}
