package typeset

import (
	"slices"
	"unicode"

	"github.com/go-text/typesetting/bidi"
	ubidi "golang.org/x/text/unicode/bidi"
)

// span is text of one embedding level (UAX #9): even levels run from left to
// right, odd ones from right to left.
type span struct {
	start, end int // in characters
	level      int
}

// spans gives the levels of a paragraph and whether it runs from right to
// left, by its first strong character.
func (t *Typesetter) spans(text []rune) ([]span, bool) {
	if !slices.ContainsFunc(text, turns) {
		return []span{{0, len(text), 0}}, false
	}
	rtl := startsRight(text)
	base := bidi.LeftToRight
	if rtl {
		base = bidi.RightToLeft
	}
	runs := t.order.Segment(text, base)
	var spans []span
	for i := range runs.NumRuns() {
		run := runs.Run(i)
		whole := span{run.Start, run.End, int(run.Level)}
		if rtl || whole.level%2 == 1 {
			spans = append(spans, whole)
			continue
		}
		spans = append(spans, parted(text, whole, i+1 < runs.NumRuns())...)
	}
	return spans, rtl
}

// parted takes numbers apart from a run in a paragraph from left to right:
// beside right-to-left text they stand two levels deeper than the letters of
// the run, and the library gives both as one.
func parted(text []rune, run span, rightFollows bool) []span {
	base, head, tail := 0, run.start, run.end
	if run.level >= 2 {
		base = run.level - 2
		for head < run.end && numeral(text[head]) {
			head++
		}
	}
	if rightFollows {
		for tail > head && arabicNumeral(text[tail-1]) {
			tail--
		}
	}
	var spans []span
	for _, part := range []span{{run.start, head, base + 2}, {head, tail, base}, {tail, run.end, base + 2}} {
		if part.start < part.end {
			spans = append(spans, part)
		}
	}
	return spans
}

// turns reports whether a character can change the direction of text.
func turns(r rune) bool {
	if r < 0x590 {
		return false
	}
	p, _ := ubidi.LookupRune(r)
	switch p.Class() {
	case ubidi.R, ubidi.AL, ubidi.AN, ubidi.RLE, ubidi.RLO, ubidi.RLI, ubidi.LRE, ubidi.LRO, ubidi.LRI, ubidi.FSI:
		return true
	}
	return false
}

// numeral reports whether a character belongs to a number or to the signs and
// marks within one.
func numeral(r rune) bool {
	p, _ := ubidi.LookupRune(r)
	switch p.Class() {
	case ubidi.EN, ubidi.AN, ubidi.ES, ubidi.CS, ubidi.ET:
		return true
	}
	return unicode.Is(unicode.Mn, r)
}

// arabicNumeral reports whether a character is a digit that is one of
// right-to-left text even beside letters from left to right.
func arabicNumeral(r rune) bool {
	p, _ := ubidi.LookupRune(r)
	return p.Class() == ubidi.AN
}

// startsRight applies rules P2 and P3: the first strong character decides,
// isolated text passed over.
func startsRight(text []rune) bool {
	isolated := 0
	for _, r := range text {
		p, _ := ubidi.LookupRune(r)
		switch p.Class() {
		case ubidi.LRI, ubidi.RLI, ubidi.FSI:
			isolated++
		case ubidi.PDI:
			isolated = max(isolated-1, 0)
		case ubidi.L:
			if isolated == 0 {
				return false
			}
		case ubidi.R, ubidi.AL:
			if isolated == 0 {
				return true
			}
		}
	}
	return false
}

// visualOrder applies rule L2 to the pieces of a line: from the highest level
// down, every row of pieces at that level or above is turned round.
func visualOrder(pieces []piece) {
	highest := 0
	for _, p := range pieces {
		highest = max(highest, p.level)
	}
	for level := highest; level > 0; level-- {
		for i := 0; i < len(pieces); i++ {
			j := i
			for j < len(pieces) && pieces[j].level >= level {
				j++
			}
			slices.Reverse(pieces[i:j])
			i = max(i, j-1)
		}
	}
}
