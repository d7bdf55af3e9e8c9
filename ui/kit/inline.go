package kit

import (
	"slices"
	"strings"

	"casekeep/ui/lines"
)

// Part is a stretch of a line of text; a link can be pressed.
type Part struct {
	Text string
	Link bool
}

// chevronRoom is what a link's chevron takes behind its last word.
const chevronRoom = 9

// run is what stands of one part on one line.
type run struct {
	part     int
	text     string
	line     int
	x, width float32
	last     bool // the part ends here
	rtl      bool
}

// layParts wraps parts as one text. They break at spaces alone, so that a comma
// stays with the link before it; only a word wider than the line is divided.
// Right-to-left words stay together where they fit, so that they keep their
// order.
func layParts(parts []Part, font lines.Font, width float32) (runs []run, count int) {
	l := inline{font: font, width: width, space: lines.Width("n n", font) - lines.Width("nn", font)}
	for _, token := range tokens(parts) {
		l.put(token, parts)
	}
	if len(l.runs) == 0 {
		return nil, 0
	}
	return l.runs, l.line + 1
}

// fragment is a word, or what one part has of it.
type fragment struct {
	part int
	text string
	last bool // of its part
	rtl  bool
}

// tokens gives what may not be divided: words, each of one or more parts.
func tokens(parts []Part) [][]fragment {
	var all [][]fragment
	glued := false
	for i, part := range parts {
		words := ordered(strings.Fields(part.Text))
		if strings.TrimLeft(part.Text, " \n") != part.Text {
			glued = false
		}
		for k, word := range words {
			made := fragments(i, word)
			made[len(made)-1].last = k == len(words)-1
			if glued && k == 0 {
				all[len(all)-1] = append(all[len(all)-1], made...)
			} else {
				all = append(all, made)
			}
			glued = true
		}
		if strings.TrimRight(part.Text, " \n") != part.Text {
			glued = false
		}
	}
	return all
}

// ordered joins the words from the first right-to-left one to the last, so that
// they are drawn in their order.
func ordered(words []string) []string {
	first := slices.IndexFunc(words, lines.HasRTL)
	if first < 0 {
		return words
	}
	last := len(words) - 1
	for !lines.HasRTL(words[last]) {
		last--
	}
	return slices.Replace(words, first, last+1, strings.Join(words[first:last+1], " "))
}

// fragments gives a word whole, or right-to-left words and the marks after
// them, which stand at their right in a left-to-right sentence.
func fragments(part int, word string) []fragment {
	if !lines.HasRTL(word) {
		return []fragment{{part: part, text: word}}
	}
	bare := strings.TrimRight(word, ".,;:!?")
	all := []fragment{{part: part, text: bare, rtl: true}}
	if bare != word {
		all = append(all, fragment{part: part, text: word[len(bare):]})
	}
	return all
}

// inline fills lines with tokens.
type inline struct {
	font         lines.Font
	width, space float32
	runs         []run
	line         int
	x            float32
}

func (l *inline) put(token []fragment, parts []Part) {
	var whole float32
	for _, f := range token {
		whole += l.measure(f, parts)
	}
	gap := ""
	if l.x > 0 {
		gap = " "
		if l.x+l.space+whole > l.width {
			l.wrap()
			gap = ""
		}
	}
	for _, f := range token {
		width := l.measure(f, parts)
		if l.x+width > l.width && whole > l.width {
			l.divide(f, parts)
		} else {
			l.add(f, gap, width)
		}
		gap = ""
	}
}

func (l *inline) measure(f fragment, parts []Part) float32 {
	width := lines.Width(f.text, l.font)
	if f.last && parts[f.part].Link {
		width += chevronRoom
	}
	return width
}

func (l *inline) wrap() { l.line, l.x = l.line+1, 0 }

// divide puts a fragment that is wider than a line on lines of its own.
func (l *inline) divide(f fragment, parts []Part) {
	room := l.width
	if parts[f.part].Link {
		room -= chevronRoom
	}
	for i, line := range lines.Wrap(f.text, l.font, room, 0) {
		if i > 0 || l.x > 0 {
			l.wrap()
		}
		l.add(fragment{part: f.part, text: line.Text, rtl: f.rtl}, "", line.Width)
	}
	end := &l.runs[len(l.runs)-1]
	if end.last = f.last; f.last && parts[f.part].Link {
		end.width += chevronRoom
		l.x += chevronRoom
	}
}

// add puts a fragment at the end of the line, into the run before it where that
// is of the same part and direction.
func (l *inline) add(f fragment, gap string, width float32) {
	if gap != "" {
		width += l.space
	}
	if n := len(l.runs); n > 0 && l.runs[n-1].line == l.line && l.runs[n-1].part == f.part && !l.runs[n-1].rtl && !f.rtl {
		before := &l.runs[n-1]
		before.text += gap + f.text
		before.width += width
		before.last = f.last
	} else {
		x := l.x
		if gap != "" {
			x, width = x+l.space, width-l.space
			l.x += l.space
		}
		l.runs = append(l.runs, run{f.part, f.text, l.line, x, width, f.last, f.rtl})
	}
	l.x += width
}
