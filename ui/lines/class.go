package lines

import (
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// HasRTL reports whether a text has right-to-left parts, and so needs to be
// reordered to be drawn. Nearly none does.
func HasRTL(text string) bool {
	for _, r := range text {
		if isRTLRune(r) {
			return true
		}
	}
	return false
}

// isRTLRune reports whether r is in a block of right-to-left letters or is a
// control that starts such a run.
func isRTLRune(r rune) bool {
	switch {
	case r < 0x0590:
		return false
	case r <= 0x08FF, r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFC:
		return true
	case r >= 0x10800 && r <= 0x10FFF, r >= 0x1E800 && r <= 0x1EFFF:
		return true
	}
	return r == 0x200F || r == 0x202B || r == 0x202E || r == 0x2067
}

func classOf(r rune) bidi.Class {
	p, _ := bidi.LookupRune(r)
	return p.Class()
}

// isBidiControl reports whether r only steers the order and is not drawn.
func isBidiControl(r rune) bool {
	switch classOf(r) {
	case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI:
		return true
	}
	return r == mark || r == 0x200F || r == 0x061C
}

// isAttached reports whether r is drawn on or with the character before it: a
// combining mark, a joiner, a variation selector, a skin tone.
func isAttached(r rune) bool {
	return unicode.Is(unicode.M, r) || r == 0x200C || r == 0x200D || r >= 0x1F3FB && r <= 0x1F3FF
}

// mirrored gives the bracket that stands for r in a right-to-left run (L4).
func mirrored(r rune) rune {
	if m, ok := mirrors[r]; ok {
		return m
	}
	return r
}

var mirrors = map[rune]rune{
	'(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '<': '>', '>': '<',
	'«': '»', '»': '«', '‹': '›', '›': '‹', '≤': '≥', '≥': '≤',
	'「': '」', '」': '「', '『': '』', '』': '『', '【': '】', '】': '【', '（': '）', '）': '（',
}
