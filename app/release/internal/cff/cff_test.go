package cff

import (
	"testing"

	"github.com/go-text/typesetting/font/cff"
	"github.com/go-text/typesetting/font/opentype"
)

func move(x, y float64) Segment { return Segment{Move, [3]Point{{x, y}}} }
func line(x, y float64) Segment { return Segment{Line, [3]Point{{x, y}}} }
func curve(a, b, c Point) Segment {
	return Segment{Curve, [3]Point{a, b, c}}
}

// TestFontReadsBack has a stock reader of CFF take the outlines out again.
func TestFontReadsBack(t *testing.T) {
	glyphs := []Glyph{
		{},
		{Width: 600, Segments: []Segment{move(10, 0), line(300.4, 700), line(590, -15.6)}},
		{Width: 0},
		{Width: 1234, Segments: []Segment{
			move(-1200, 108), curve(Point{-1200, 3000}, Point{1131, 3001}, Point{2263, 0}), line(-107, -1131),
			move(0, 0), line(5, 5), line(16000, -16000), line(-16000, 16000),
		}},
	}
	font, err := cff.Parse(Font("ABCDEF+Test", glyphs))
	if err != nil {
		t.Fatal(err)
	}
	if len(font.Charstrings) != len(glyphs) {
		t.Fatalf("%d glyphs, not %d", len(font.Charstrings), len(glyphs))
	}
	for i, want := range glyphs {
		got, _, err := font.LoadGlyph(uint16(i))
		if err != nil {
			t.Fatalf("glyph %d: %v", i, err)
		}
		compare(t, i, got, want.Segments)
	}
}

// compare checks an outline that was read back. Readers close contours with a
// line of their own, and coordinates lie on the grid.
func compare(t *testing.T, glyph int, got []opentype.Segment, want []Segment) {
	t.Helper()
	k := 0
	for _, w := range want {
		for k < len(got) && closing(got, k) && w.Op == Move {
			k++
		}
		if k >= len(got) {
			t.Fatalf("glyph %d: %d segments, want %d", glyph, len(got), len(want))
		}
		end := w.P[0]
		if w.Op == Curve {
			end = w.P[2]
		}
		args := got[k].ArgsSlice()
		last := args[len(args)-1]
		if int(last.X) != grid(end.X) || int(last.Y) != grid(end.Y) {
			t.Errorf("glyph %d, segment %d ends at %v, want %v", glyph, k, last, end)
		}
		if len(args) != map[Op]int{Move: 1, Line: 1, Curve: 3}[w.Op] {
			t.Errorf("glyph %d, segment %d has %d points for %v", glyph, k, len(args), w.Op)
		}
		k++
	}
}

// closing reports whether segment k leads back to where its contour began.
func closing(got []opentype.Segment, k int) bool {
	if got[k].Op != opentype.SegmentOpLineTo {
		return false
	}
	for i := k - 1; i >= 0; i-- {
		if got[i].Op == opentype.SegmentOpMoveTo {
			return got[i].Args[0] == got[k].Args[0]
		}
	}
	return false
}

// TestOutlinesThatAreBroken keeps a font's numbers within what the format can
// hold.
func TestOutlinesThatAreBroken(t *testing.T) {
	nan := 0.0
	nan /= nan
	font, err := cff.Parse(Font("A", []Glyph{{}, {Width: 5, Segments: []Segment{move(1e12, -1e12), line(nan, 3)}}}))
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := font.LoadGlyph(1)
	if err != nil {
		t.Fatal(err)
	}
	if p := got[0].Args[0]; p.X != gridLimit || p.Y != -gridLimit {
		t.Errorf("a far point came back as %v", p)
	}
}
