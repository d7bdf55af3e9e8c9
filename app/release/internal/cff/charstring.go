package cff

import (
	"encoding/binary"
	"math"
)

// The Type 2 operators in use (5177, appendix A).
const (
	opLineTo  = 5
	opCurveTo = 8
	opEnd     = 14
	opMoveTo  = 21
)

// pen writes a charstring. Every coordinate is rounded to the grid first and
// then taken as a difference, so that rounding never adds up.
type pen struct {
	out  []byte
	x, y int
	box  *box
}

func charstring(g Glyph, b *box) []byte {
	p := pen{box: b}
	p.number(g.Width)
	for _, s := range g.Segments {
		switch s.Op {
		case Move:
			p.to(s.P[0])
			p.out = append(p.out, opMoveTo)
		case Line:
			p.to(s.P[0])
			p.out = append(p.out, opLineTo)
		case Curve:
			p.to(s.P[0])
			p.to(s.P[1])
			p.to(s.P[2])
			p.out = append(p.out, opCurveTo)
		}
	}
	return append(p.out, opEnd)
}

// to appends the way from the pen's place to q, and moves the pen there.
func (p *pen) to(q Point) {
	x, y := grid(q.X), grid(q.Y)
	p.number(x - p.x)
	p.number(y - p.y)
	p.x, p.y = x, y
	p.box.add(x, y)
}

// gridLimit keeps every difference of two places within 16 bits. An outline
// that reaches further is broken.
const gridLimit = 16000

func grid(v float64) int {
	if math.IsNaN(v) {
		return 0
	}
	return int(math.Round(math.Max(-gridLimit, math.Min(gridLimit, v))))
}

// number appends an integer operand (5177, section 3.2).
func (p *pen) number(n int) {
	switch {
	case -107 <= n && n <= 107:
		p.out = append(p.out, byte(n+139))
	case 108 <= n && n <= 1131:
		n -= 108
		p.out = append(p.out, byte(n>>8+247), byte(n))
	case -1131 <= n && n <= -108:
		n = -n - 108
		p.out = append(p.out, byte(n>>8+251), byte(n))
	default:
		p.out = append(p.out, 28)
		p.out = binary.BigEndian.AppendUint16(p.out, uint16(int16(n)))
	}
}

// box is the smallest rectangle around everything drawn.
type box struct{ minX, minY, maxX, maxY int }

func (b *box) add(x, y int) {
	b.minX, b.maxX = min(b.minX, x), max(b.maxX, x)
	b.minY, b.maxY = min(b.minY, y), max(b.maxY, y)
}
