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
		// Numbers after right-to-left text stand one level deeper than the
		// left-to-right text behind them, which the library gives as one run.
		if level := int(run.Level); level >= 2 && !rtl {
			split := run.Start
			for split < run.End && numeral(text[split]) {
				split++
			}
			if split > run.Start && split < run.End {
				spans = append(spans, span{run.Start, split, level}, span{split, run.End, level - 2})
				continue
			}
		}
		spans = append(spans, span{run.Start, run.End, int(run.Level)})
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
