package levels

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// setNumbers gives the numbers of a paragraph from left to right the level that
// they have beside right-to-left words: two above the letters after them. The
// library gives both as one run. What is isolated stays as the library gives it,
// and so does a text with embeddings, which nobody writes any more.
func setNumbers(text []rune, levels []int) {
	types := make([]bidi.Class, len(text))
	isolated := 0
	for i, r := range text {
		types[i] = classOf(r)
		if types[i] == bidi.PDI {
			isolated = max(isolated-1, 0)
		}
		opens := false
		switch types[i] {
		case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO:
			return
		case bidi.LRI, bidi.RLI, bidi.FSI:
			opens = true
		case bidi.NSM, bidi.BN: // W1, X9
			types[i] = bidi.L
			if i > 0 {
				types[i] = types[i-1]
			}
		}
		if isolated > 0 {
			types[i] = within
		}
		if opens {
			isolated++
		}
	}
	resolveNumbers(types)
	for i := range levels {
		if levels[i]%2 == 0 && types[i] != within {
			levels[i] = 0
			if isNumber(types[i]) {
				levels[i] = 2
			}
		}
	}
}

// within stands for the class of isolated text, which the text around it takes for
// one neutral character (X6a).
const within = bidi.Class(255)

// resolveNumbers applies rules W2 and W4 to W7 of UAX #9: what is left as EN or AN
// is a number beside right-to-left words, with the signs in and at it.
func resolveNumbers(types []bidi.Class) {
	strong := bidi.L
	for i, t := range types { // W2
		switch t {
		case bidi.L, bidi.R, bidi.AL:
			strong = t
		case bidi.EN:
			if strong == bidi.AL {
				types[i] = bidi.AN
			}
		}
	}
	for i := 1; i+1 < len(types); i++ { // W4
		sign, around := types[i], types[i-1]
		if around == types[i+1] && (sign == bidi.CS && isNumber(around) || sign == bidi.ES && around == bidi.EN) {
			types[i] = around
		}
	}
	spreadOver := func(i, beside int) { // W5
		if types[i] == bidi.ET && beside >= 0 && beside < len(types) && types[beside] == bidi.EN {
			types[i] = bidi.EN
		}
	}
	for i := range types {
		spreadOver(i, i-1)
	}
	for i := range slices.Backward(types) {
		spreadOver(i, i+1)
	}
	strong = bidi.L
	for i, t := range types { // W7
		switch t {
		case bidi.L, bidi.R, bidi.AL:
			strong = t
		case bidi.EN:
			if strong == bidi.L {
				types[i] = bidi.L
			}
		}
	}
}

func isNumber(class bidi.Class) bool { return class == bidi.EN || class == bidi.AN }
