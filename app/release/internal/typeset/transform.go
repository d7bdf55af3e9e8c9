package typeset

import (
	"math"

	"github.com/go-text/typesetting/font/opentype/tables"

	"casekeep/app/release/internal/cff"
)

// transform is an affine map in font units: x' = xx·x + xy·y + dx.
type transform struct{ xx, yx, xy, yy, dx, dy float64 }

var plainTransform = transform{xx: 1, yy: 1}

// after gives the map that applies inner first.
func (m transform) after(inner transform) transform {
	return transform{
		xx: m.xx*inner.xx + m.xy*inner.yx, yx: m.yx*inner.xx + m.yy*inner.yx,
		xy: m.xx*inner.xy + m.xy*inner.yy, yy: m.yx*inner.xy + m.yy*inner.yy,
		dx: m.xx*inner.dx + m.xy*inner.dy + m.dx, dy: m.yx*inner.dx + m.yy*inner.dy + m.dy,
	}
}

// apply moves a point given in thousandths of the em; scale is a font unit in
// thousandths.
func (m transform) apply(p cff.Point, scale float64) cff.Point {
	return cff.Point{X: m.xx*p.X + m.xy*p.Y + m.dx*scale, Y: m.yx*p.X + m.yy*p.Y + m.dy*scale}
}

// around gives the map with its fixed point moved to a place.
func (m transform) around(x, y int16) transform {
	cx, cy := float64(x), float64(y)
	there := transform{xx: 1, yy: 1, dx: cx, dy: cy}
	back := transform{xx: 1, yy: 1, dx: -cx, dy: -cy}
	return there.after(m).after(back)
}

func scaling(x, y tables.Fixed214) transform { return transform{xx: fraction(x), yy: fraction(y)} }

// rotation turns counter-clockwise; an angle of 1 is 180 degrees.
func rotation(angle tables.Fixed214) transform {
	sin, cos := math.Sincos(fraction(angle) * math.Pi)
	return transform{xx: cos, yx: sin, xy: -sin, yy: cos}
}

func skew(x, y tables.Fixed214) transform {
	return transform{xx: 1, yy: 1, xy: math.Tan(-fraction(x) * math.Pi), yx: math.Tan(fraction(y) * math.Pi)}
}

// transformOf gives the map of a transforming paint and the paint under it;
// false for any other paint (OpenType 1.9.1, COLR, formats 12 to 30).
func transformOf(table tables.PaintTable) (transform, tables.PaintTable, bool) {
	switch v := table.(type) {
	case tables.PaintTransform:
		a := v.Transform
		return transform{float64(a.Xx), float64(a.Yx), float64(a.Xy), float64(a.Yy), float64(a.Dx), float64(a.Dy)}, v.Paint, true
	case tables.PaintTranslate:
		return transform{xx: 1, yy: 1, dx: float64(v.Dx), dy: float64(v.Dy)}, v.Paint, true
	case tables.PaintScale:
		return scaling(v.ScaleX, v.ScaleY), v.Paint, true
	case tables.PaintScaleAroundCenter:
		return scaling(v.ScaleX, v.ScaleY).around(v.CenterX, v.CenterY), v.Paint, true
	case tables.PaintScaleUniform:
		return scaling(v.Scale, v.Scale), v.Paint, true
	case tables.PaintScaleUniformAroundCenter:
		return scaling(v.Scale, v.Scale).around(v.CenterX, v.CenterY), v.Paint, true
	case tables.PaintRotate:
		return rotation(v.Angle), v.Paint, true
	case tables.PaintRotateAroundCenter:
		return rotation(v.Angle).around(v.CenterX, v.CenterY), v.Paint, true
	case tables.PaintSkew:
		return skew(v.XSkewAngle, v.YSkewAngle), v.Paint, true
	case tables.PaintSkewAroundCenter:
		return skew(v.XSkewAngle, v.YSkewAngle).around(v.CenterX, v.CenterY), v.Paint, true
	}
	return transform{}, nil, false
}
