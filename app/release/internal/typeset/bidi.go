package typeset

import (
	"slices"

	ubidi "golang.org/x/text/unicode/bidi"

	"casekeep/app/levels"
)

// span is text of one embedding level (UAX #9): even levels run from left to
// right, odd ones from right to left.
type span struct {
	start, end int // in characters
	level      int
}

// spans gives the levels of a paragraph and whether it runs from right to
// left, by its first strong character.
func spans(text []rune) ([]span, bool) {
	if !slices.ContainsFunc(text, turns) {
		return []span{{0, len(text), 0}}, false
	}
	rtl := levels.StartsRight(text)
	var spans []span
	for i, level := range levels.Of(text, rtl) {
		if n := len(spans) - 1; n >= 0 && spans[n].level == level {
			spans[n].end++
			continue
		}
		spans = append(spans, span{i, i + 1, level})
	}
	return spans, rtl
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
