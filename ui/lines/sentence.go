package lines

import (
	"golang.org/x/text/unicode/bidi"

	"casekeep/app/levels"
)

// rightMark is the right-to-left mark: with it what stands between it and a
// right-to-left letter belongs to that letter's run.
const rightMark = '\u200F'

// Sentence gives a line of the window's own, in which names may stand, in the
// order in which it is drawn: the sentence runs from left to right whatever it
// begins with, and a right-to-left name in it is set apart from what follows, as
// between FSI and PDI of UAX #9. A line of nothing but right-to-left words runs as
// they do.
func Sentence(text string) string {
	if !HasRTL(text) {
		return text
	}
	runes := []rune(text)
	if !hasLeftToRight(runes) {
		return orderOf(runes).shown(0, len(runes))
	}
	runes = setApart(runes)
	o := order{runes: runes, levels: levels.Of(runes, false)}
	return o.shown(0, len(runes))
}

// hasLeftToRight reports whether there is anything that right-to-left words could
// turn round: letters or digits.
func hasLeftToRight(runes []rune) bool {
	for _, r := range runes {
		if class := classOf(r); class == bidi.L || class == bidi.EN {
			return true
		}
	}
	return false
}

// setApart puts a mark after each stretch of right-to-left words, which ends with
// its last letter before a left-to-right one or the dot that parts a line. The
// ellipsis of a word that was cut belongs to it.
func setApart(runes []rune) []rune {
	var out []rune
	for i, r := range runes {
		out = append(out, r)
		if !isRTLLetter(r) && !isAttached(r) || !endsStretch(runes[:i+1], runes[i+1:]) {
			continue
		}
		out = append(out, mark)
	}
	if n := len(runes); n > 1 && runes[n-1] == '…' && lastIsRTL(runes[:n-1]) {
		out = append(out[:len(out)-2], '…', rightMark, mark)
	}
	return out
}

func isRTLLetter(r rune) bool {
	class := classOf(r)
	return class == bidi.R || class == bidi.AL
}

// endsStretch reports whether before ends with a right-to-left word after which no
// other follows in the same stretch.
func endsStretch(before, after []rune) bool {
	if !lastIsRTL(before) || len(after) > 0 && isAttached(after[0]) {
		return false
	}
	for _, r := range after {
		switch {
		case isRTLLetter(r):
			return false
		case classOf(r) == bidi.L || r == '·':
			return true
		}
	}
	return true
}

// lastIsRTL reports whether the last letter, without the marks on it, runs from
// right to left.
func lastIsRTL(runes []rune) bool {
	for i := len(runes) - 1; i >= 0; i-- {
		if !isAttached(runes[i]) {
			return isRTLLetter(runes[i])
		}
	}
	return false
}
