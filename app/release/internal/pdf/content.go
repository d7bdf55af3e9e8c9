package pdf

import (
	"fmt"
	"strconv"

	"casekeep/app/release/internal/cff"
)

// Color is red, green and blue.
type Color [3]uint8

// Content gathers the marks of a page: operators of ISO 32000-2, annex A.
// Coordinates are points from the lower left corner.
type Content struct{ buf []byte }

// Bytes gives the content stream.
func (c *Content) Bytes() []byte { return c.buf }

// Reset empties the content for the next page.
func (c *Content) Reset() { c.buf = c.buf[:0] }

// Fill sets the color of text and filled areas.
func (c *Content) Fill(color Color) { c.color(color, "rg") }

// Stroke sets the color of lines.
func (c *Content) Stroke(color Color) { c.color(color, "RG") }

func (c *Content) color(color Color, operator string) {
	for _, v := range color {
		c.number(float64(v) / 255)
	}
	c.op(operator)
}

// State selects a graphics state by its name among the resources.
func (c *Content) State(name string) { c.op("/" + name + " gs") }

// Line draws a line of a width.
func (c *Content) Line(x1, y1, x2, y2, width float64) {
	c.numbers(width)
	c.op("w")
	c.numbers(x1, y1)
	c.op("m")
	c.numbers(x2, y2)
	c.op("l S")
}

// Rect fills a rectangle.
func (c *Content) Rect(x, y, width, height float64) {
	c.numbers(x, y, width, height)
	c.op("re f")
}

// Frame draws a rectangle's border.
func (c *Content) Frame(x, y, width, height, line float64) {
	c.numbers(line)
	c.op("w")
	c.numbers(x, y, width, height)
	c.op("re S")
}

// Path adds a segment of an outline, scaled, with its origin at a place.
func (c *Content) Path(s cff.Segment, x, y, scale float64) {
	points := s.P[:1]
	operator := "l"
	switch s.Op {
	case cff.Move:
		operator = "m"
	case cff.Curve:
		points, operator = s.P[:], "c"
	}
	for _, p := range points {
		c.numbers(x+p.X*scale, y+p.Y*scale)
	}
	c.op(operator)
}

// FillPath fills the outline.
func (c *Content) FillPath() { c.op("f") }

// Image draws a named image into a rectangle.
func (c *Content) Image(name string, x, y, width, height float64) {
	c.op("q")
	c.numbers(width, 0, 0, height, x, y)
	c.op("cm /" + name + " Do Q")
}

// Artifact encloses what is no part of the record itself, such as page
// numbers (ISO 32000-2, 14.8.2.2).
func (c *Content) Artifact(draw func()) {
	c.op("/Artifact BMC")
	draw()
	c.op("EMC")
}

// Mark encloses marks that stand for a text, which a reader then takes in
// place of the glyphs' own (ISO 32000-2, 14.9.4).
func (c *Content) Mark(text string, draw func()) {
	c.op(fmt.Sprintf("/Span << /ActualText <%X> >> BDC", textString(text)))
	draw()
	c.op("EMC")
}

// BeginText begins a text object at a place.
func (c *Content) BeginText(x, y float64) {
	c.op("BT")
	c.numbers(x, y)
	c.op("Td")
}

// EndText ends the text object.
func (c *Content) EndText() { c.op("ET") }

// Font selects a font by its name among the page's resources.
func (c *Content) Font(name string, size float64) {
	c.buf = append(c.buf, '/')
	c.buf = append(c.buf, name...)
	c.buf = append(c.buf, ' ')
	c.number(size)
	c.op("Tf")
}

// Stretch sets the width of the glyphs that follow, in percent.
func (c *Content) Stretch(percent float64) {
	c.number(percent)
	c.op("Tz")
}

// BeginShow begins a row of glyphs.
func (c *Content) BeginShow() { c.buf = append(c.buf, "[<"...) }

// Code shows a glyph.
func (c *Content) Code(code uint16) {
	const digits = "0123456789ABCDEF"
	c.buf = append(c.buf, digits[code>>12], digits[code>>8&15], digits[code>>4&15], digits[code&15])
}

// Kern moves on by thousandths of the font's size.
func (c *Content) Kern(thousandths int) {
	c.buf = append(c.buf, '>')
	c.buf = strconv.AppendInt(c.buf, int64(-thousandths), 10)
	c.buf = append(c.buf, '<')
}

// EndShow ends the row.
func (c *Content) EndShow() { c.buf = append(c.buf, ">] TJ\n"...) }

func (c *Content) number(x float64) {
	c.buf = appendNumber(c.buf, x)
	c.buf = append(c.buf, ' ')
}

func (c *Content) numbers(xs ...float64) {
	for _, x := range xs {
		c.number(x)
	}
}

func (c *Content) op(operator string) {
	c.buf = append(c.buf, operator...)
	c.buf = append(c.buf, '\n')
}
