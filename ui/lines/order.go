package lines

import (
	"slices"

	"golang.org/x/text/unicode/bidi"

	"casekeep/app/levels"
)

// mark is the left-to-right mark. A right-to-left word between two of them is
// shaped as a run of its own, which keeps its place in the line: Fyne draws
// the runs of a line in the order in which they stand.
const mark = '\u200E'

// Shown gives a text on one line in the order in which it is drawn, by UAX #9.
func Shown(text string) string {
	if !HasRTL(text) {
		return text
	}
	runes := []rune(text)
	return orderOf(runes).shown(0, len(runes))
}

// shownIn orders a shortened line in the direction of its whole paragraph.
func shownIn(text string, rtl bool) string {
	if !HasRTL(text) && !rtl {
		return text
	}
	runes := []rune(text)
	o := order{runes: runes, rtl: rtl, levels: levels.Of(runes, rtl)}
	return o.shown(0, len(runes))
}

// IsRTL reports whether a text's first strong character runs from right to
// left (UAX #9, P2 and P3).
func IsRTL(text string) bool { return HasRTL(text) && levels.StartsRight([]rune(text)) }

// order is a paragraph with the embedding level of each rune. A paragraph
// without right-to-left characters has no levels.
type order struct {
	runes  []rune
	levels []int
	rtl    bool
}

func orderOf(runes []rune) order {
	o := order{runes: runes}
	if slices.ContainsFunc(runes, isRTLRune) {
		o.rtl = levels.StartsRight(runes)
		o.levels = levels.Of(runes, o.rtl)
	}
	return o
}

func (o order) line(start, end int, width float32) Line {
	text := string(o.runes[start:end])
	l := Line{Text: text, Shown: text, RTL: o.rtl, Width: width}
	if o.levels != nil {
		l.Shown = o.shown(start, end)
	}
	return l
}

// atom is what stays together, in written order, when a line is reordered.
type atom struct {
	text  []rune
	level int
	alone bool // holds right-to-left letters or digits: set between marks
}

// shown reorders one line: rule L2 over its atoms, rule L4 inside them.
func (o order) shown(start, end int) string {
	if o.levels == nil {
		return string(o.runes[start:end])
	}
	atoms := o.atoms(start, end)
	reverseLevels(atoms)
	var out []rune
	for _, a := range atoms {
		if a.alone {
			out = append(out, mark)
		}
		out = append(out, a.text...)
		if a.alone {
			out = append(out, mark)
		}
	}
	return string(out)
}

func (o order) atoms(start, end int) []atom {
	var atoms []atom
	for i := start; i < end; i++ {
		r, level := o.runes[i], o.levels[i]
		if isBidiControl(r) {
			continue
		}
		class := classOf(r)
		strong := class == bidi.R || class == bidi.AL || class == bidi.AN
		if n := len(atoms) - 1; n >= 0 && atoms[n].level == level && o.joins(i, atoms[n].alone, strong) {
			atoms[n].text = append(atoms[n].text, r)
			continue
		}
		if level%2 == 1 {
			r = mirrored(r)
		}
		atoms = append(atoms, atom{text: []rune{r}, level: level, alone: strong})
	}
	return atoms
}

// joins reports whether the rune at i belongs to the atom before it: a mark
// or joiner to what it stands on, a letter to its word, and at an even level
// all that is not set apart.
func (o order) joins(i int, alone, strong bool) bool {
	if isAttached(o.runes[i]) || i > 0 && o.runes[i-1] == '\u200D' {
		return true
	}
	if o.levels[i]%2 == 1 {
		return alone && strong
	}
	return alone == strong
}

// reverseLevels applies rule L2: from the highest level down to the lowest odd
// one, reverse each stretch at that level or higher.
func reverseLevels(atoms []atom) {
	var highest int
	for _, a := range atoms {
		highest = max(highest, a.level)
	}
	for level := highest; level > 0; level-- {
		for i := 0; i < len(atoms); i++ {
			j := i
			for j < len(atoms) && atoms[j].level >= level {
				j++
			}
			slices.Reverse(atoms[i:j])
			i = j
		}
	}
}
