package lines

import (
	"strings"
	"unicode"

	"github.com/go-text/typesetting/segmenter"
)

// Line is one line of a wrapped text.
type Line struct {
	Text  string  // as it was written
	Shown string  // as it is drawn, left to right
	RTL   bool    // its paragraph runs from right to left
	Width float32 // in Fyne's units
}

type wrapped struct {
	text  string
	font  Font
	width float32
	most  int
}

var wraps = newCache[wrapped, []Line](20_000)

// Wrap breaks a text into lines no wider than width, at the places that
// Unicode allows (UAX #14), and inside a word only where the word alone is
// too wide. It gives at most most lines, the last one shortened; 0 gives all.
// The result is shared: don't change it.
func Wrap(text string, f Font, width float32, most int) []Line {
	if width < 1 { // not laid out yet: nothing can be seen
		return []Line{{}}
	}
	key := wrapped{text, f, width, most}
	if made, ok := wraps.get(key); ok {
		return made
	}
	made := wrapAll(clean(text), f, width, most)
	wraps.put(key, made)
	return made
}

func wrapAll(text string, f Font, width float32, most int) []Line {
	var made []Line
	for paragraph := range strings.SplitSeq(text, "\n") {
		more := wrapParagraph(paragraph, f, width, most-len(made))
		made = append(made, more...)
		if most > 0 && len(made) > most {
			return shorten(made[:most], f, width)
		}
	}
	return made
}

// shorten marks the last line as one that goes on.
func shorten(made []Line, f Font, width float32) []Line {
	last := &made[len(made)-1]
	last.Text = Fit(last.Text+" …", f, width)
	if !strings.HasSuffix(last.Text, "…") {
		last.Text += "…"
	}
	last.Shown = shownIn(last.Text, last.RTL)
	last.Width = Width(last.Shown, f)
	return made
}

// span is a stretch of a paragraph between two places where a line may break.
type span struct {
	start, end int // in runes
	ink        int // end without the spaces after it
	width      float32
	inked      float32
}

// wrapParagraph breaks a text without line ends. It stops once it has made one
// line more than room, so that a long text costs no more than what is shown;
// room below 1 means no limit.
func wrapParagraph(paragraph string, f Font, width float32, room int) []Line {
	runes := []rune(paragraph)
	if room > 0 {
		// A character is hardly ever narrower than 2: the rest cannot be seen.
		runes = runes[:min(len(runes), (room+1)*(int(width)/2+1))]
	}
	order := orderOf(runes)
	if len(runes) == 0 {
		return []Line{order.line(0, 0, 0)}
	}

	var made []Line
	start, ink := 0, 0
	var used, inked float32
	flush := func() {
		made = append(made, order.line(start, ink, inked))
		used, inked = 0, 0
	}
	for _, s := range spans(runes, f, width) {
		if used > 0 && used+s.inked > width {
			flush()
			if room > 0 && len(made) > room {
				return made
			}
			start = s.start
		}
		inked = used + s.inked
		used += s.width
		ink = s.ink
	}
	flush()
	return made
}

// spans measures what lies between the break places. A stretch wider than the
// line is divided between its characters.
func spans(runes []rune, f Font, width float32) []span {
	var seg segmenter.Segmenter
	seg.Init(runes)
	var all []span
	for it := seg.LineIterator(); it.Next(); {
		line := it.Line()
		s := measureSpan(runes, line.Offset, line.Offset+len(line.Text), f)
		if s.inked > width {
			all = append(all, divide(runes, s, f)...)
		} else {
			all = append(all, s)
		}
	}
	return all
}

func measureSpan(runes []rune, start, end int, f Font) span {
	ink := end
	for ink > start && unicode.IsSpace(runes[ink-1]) && runes[ink-1] != '\u00A0' {
		ink--
	}
	s := span{start: start, end: end, ink: ink, inked: Width(string(runes[start:ink]), f)}
	s.width = s.inked
	if ink < end {
		s.width += Width(string(runes[ink:end]), f)
	}
	return s
}

// divide gives each character (grapheme cluster) of a stretch its own span.
func divide(runes []rune, s span, f Font) []span {
	var seg segmenter.Segmenter
	seg.Init(runes[s.start:s.end])
	var all []span
	for it := seg.GraphemeIterator(); it.Next(); {
		g := it.Grapheme()
		start := s.start + g.Offset
		all = append(all, measureSpan(runes, start, start+len(g.Text), f))
	}
	return all
}
