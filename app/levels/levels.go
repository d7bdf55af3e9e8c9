// Package levels gives the embedding levels of text that runs in both directions
// (UAX #9), for the window and for paper.
package levels

import (
	"github.com/go-text/typesetting/bidi"
	ubidi "golang.org/x/text/unicode/bidi"
)

// Of gives the level of each character of a paragraph: even ones run from left to
// right, odd ones from right to left. rtl is the direction of the paragraph, which
// [StartsRight] tells.
func Of(text []rune, rtl bool) []int {
	base := bidi.LeftToRight
	if rtl {
		base = bidi.RightToLeft
	}
	levels := make([]int, len(text))
	var p bidi.Paragraph
	runs := p.Segment(text, base)
	for i := range runs.NumRuns() {
		run := runs.Run(i)
		for at := run.Start; at < run.End; at++ {
			levels[at] = int(run.Level)
		}
	}
	if !rtl {
		setNumbers(text, levels)
	}
	return levels
}

// StartsRight applies rules P2 and P3: the first strong character decides,
// isolated text passed over.
func StartsRight(text []rune) bool {
	isolated := 0
	for _, r := range text {
		switch classOf(r) {
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

func classOf(r rune) ubidi.Class {
	p, _ := ubidi.LookupRune(r)
	return p.Class()
}
