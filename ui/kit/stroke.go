package kit

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"golang.org/x/image/vector"
)

// stroke is the way of a pen from where it was set down to where it was taken
// up, in Fyne's units.
type stroke []fyne.Position

// penWidth is how thick a pen draws, in Fyne's units.
const penWidth = 2.4

// length gives how far the pen went.
func (s stroke) length() float32 {
	var sum float32
	for i := 1; i < len(s); i++ {
		sum += apart(s[i-1], s[i])
	}
	return sum
}

func apart(a, b fyne.Position) float32 {
	return float32(math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y)))
}

// smooth gives the way as a curve through the middles between points, in short
// straight pieces: a mouse reports corners that no hand has made.
func (s stroke) smooth() stroke {
	if len(s) < 3 {
		return s
	}
	way := stroke{s[0]}
	from := s[0]
	for i := 1; i < len(s)-1; i++ {
		to := middle(s[i], s[i+1])
		if i == len(s)-2 {
			to = s[i+1]
		}
		const steps = 4
		for n := 1; n <= steps; n++ {
			t := float32(n) / steps
			a, b := between(from, s[i], t), between(s[i], to, t)
			way = append(way, between(a, b, t))
		}
		from = to
	}
	return way
}

func middle(a, b fyne.Position) fyne.Position { return between(a, b, 0.5) }

func between(a, b fyne.Position, t float32) fyne.Position {
	return fyne.NewPos(a.X+(b.X-a.X)*t, a.Y+(b.Y-a.Y)*t)
}

// fine is how many times finer than its pixels a mask is drawn, in both
// directions. Where pieces overlap their soft edges would add up to hard ones.
const fine = 4

// drawStrokes draws strokes over a mask, scale pixels to a unit, from origin on.
// Pieces and their round joints all turn the same way, so that where they
// overlap they cover once.
func drawStrokes(mask *image.Alpha, strokes []stroke, origin fyne.Position, scale float32) {
	least, most, found := bounds(strokes)
	if !found {
		return
	}
	pixel := func(p fyne.Position) fyne.Position {
		return fyne.NewPos((p.X-origin.X)*scale, (p.Y-origin.Y)*scale)
	}
	radius := penWidth / 2 * scale
	from, to := pixel(least).SubtractXY(radius, radius), pixel(most).AddXY(radius, radius)
	area := image.Rect(int(from.X)-1, int(from.Y)-1, int(to.X)+2, int(to.Y)+2).Intersect(mask.Rect)
	if area.Empty() {
		return
	}
	z := vector.NewRasterizer(area.Dx()*fine, area.Dy()*fine)
	corner := fyne.NewPos(float32(area.Min.X), float32(area.Min.Y))
	for _, s := range strokes {
		var before fyne.Position
		for i, p := range s.smooth() {
			p = pixel(p).Subtract(corner)
			p = fyne.NewPos(p.X*fine, p.Y*fine)
			drawJoint(z, p, radius*fine)
			if i > 0 {
				drawPiece(z, before, p, radius*fine)
			}
			before = p
		}
	}
	drawn := image.NewAlpha(z.Bounds())
	z.Draw(drawn, drawn.Rect, image.Opaque, image.Point{})
	cover(mask, area, drawn)
}

// cover lays what was drawn fine over an area of a mask.
func cover(mask *image.Alpha, area image.Rectangle, drawn *image.Alpha) {
	for y := range area.Dy() {
		for x := range area.Dx() {
			sum := 0
			for row := range fine {
				at := drawn.PixOffset(x*fine, y*fine+row)
				for _, a := range drawn.Pix[at : at+fine] {
					sum += int(a)
				}
			}
			at := mask.PixOffset(area.Min.X+x, area.Min.Y+y)
			mask.Pix[at] = max(mask.Pix[at], uint8(sum/(fine*fine)))
		}
	}
}

// drawPiece draws a straight piece as a rectangle along it.
func drawPiece(z *vector.Rasterizer, a, b fyne.Position, radius float32) {
	d := apart(a, b)
	if d == 0 {
		return
	}
	x, y := (b.Y-a.Y)/d*radius, (a.X-b.X)/d*radius // at right angles to the way
	z.MoveTo(a.X+x, a.Y+y)
	z.LineTo(b.X+x, b.Y+y)
	z.LineTo(b.X-x, b.Y-y)
	z.LineTo(a.X-x, a.Y-y)
	z.ClosePath()
}

// jointCorners is how many corners a round joint has.
const jointCorners = 12

func drawJoint(z *vector.Rasterizer, at fyne.Position, radius float32) {
	for i := range jointCorners {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / jointCorners)
		x, y := at.X+radius*float32(cos), at.Y+radius*float32(sin)
		if i == 0 {
			z.MoveTo(x, y)
		} else {
			z.LineTo(x, y)
		}
	}
	z.ClosePath()
}

// picture gives strokes in black on white, cropped to them with a margin round
// them, both in units, at scale pixels to a unit. No strokes give no picture.
func picture(strokes []stroke, margin, scale float32) *image.Gray {
	least, most, found := bounds(strokes)
	if !found {
		return nil
	}
	origin := least.SubtractXY(margin, margin)
	size := most.AddXY(margin, margin).Subtract(origin)
	mask := image.NewAlpha(image.Rect(0, 0, int(size.X*scale+0.5), int(size.Y*scale+0.5)))
	drawStrokes(mask, strokes, origin, scale)
	gray := image.NewGray(mask.Rect)
	for i, covered := range mask.Pix {
		gray.Pix[i] = 255 - covered
	}
	return gray
}

func bounds(strokes []stroke) (least, most fyne.Position, found bool) {
	for _, s := range strokes {
		for _, p := range s {
			if !found {
				least, most, found = p, p, true
			}
			least = fyne.NewPos(min(least.X, p.X), min(least.Y, p.Y))
			most = fyne.NewPos(max(most.X, p.X), max(most.Y, p.Y))
		}
	}
	return least, most, found
}

// inked gives a mask in a color.
func inked(mask *image.Alpha, c color.Color) *image.RGBA {
	r, g, b, _ := c.RGBA()
	made := image.NewRGBA(mask.Rect)
	for i, a := range mask.Pix {
		if a == 0 {
			continue
		}
		part := uint32(a)
		made.Pix[4*i] = uint8(r >> 8 * part / 255)
		made.Pix[4*i+1] = uint8(g >> 8 * part / 255)
		made.Pix[4*i+2] = uint8(b >> 8 * part / 255)
		made.Pix[4*i+3] = a
	}
	return made
}
