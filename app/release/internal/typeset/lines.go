package typeset

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Line is text on one line, in the order in which it is seen.
type Line struct {
	pieces []piece
	rtl    bool
	Width  float64 // in thousandths of the size

	reading      []*drawn // the invisible row of a line with right-to-left letters
	readingWidth float64
}

// piece is clusters of one direction, in the order in which they are read.
type piece struct {
	clusters []cluster
	level    int
}

// Lines breaks a text into lines no wider than width points, every line break
// of the text kept. An empty text has one empty line.
func (t *Typesetter) Lines(text string, weight Weight, size, width float64) []Line {
	limit := width / size * 1000
	var lines []Line
	for paragraph := range paragraphs(strings.ToValidUTF8(text, "\ufffd")) {
		lines = t.wrap(lines, paragraph, weight, limit)
	}
	return lines
}

// Line sets a text on one line, however long.
func (t *Typesetter) Line(text string, weight Weight) Line {
	flat := strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\ufffd"), isBreak), " ")
	return t.wrap(nil, flat, weight, 1e12)[0]
}

func isBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// paragraphs yields what stands between the mandatory breaks of a text (UAX
// #14, classes BK, CR, LF, NL).
func paragraphs(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for {
			at := strings.IndexFunc(text, isBreak)
			if at < 0 {
				yield(text)
				return
			}
			if !yield(text[:at]) {
				return
			}
			if strings.HasPrefix(text[at:], "\r\n") {
				at++
			}
			_, size := utf8.DecodeRuneInString(text[at:])
			text = text[at+size:]
		}
	}
}

// wrapper fills lines with the words of one paragraph.
type wrapper struct {
	t       *Typesetter
	limit   float64
	rtl     bool
	turning bool // some of it may run from right to left
	lines   []Line
	now     []piece
	width   float64 // of now
}

// wrap appends the lines of a paragraph.
func (t *Typesetter) wrap(lines []Line, paragraph string, weight Weight, limit float64) []Line {
	if paragraph == "" {
		return append(lines, Line{})
	}
	text := []rune(paragraph)
	spans, rtl := spans(text)
	h := hanOf(text)
	w := &wrapper{t: t, limit: limit, rtl: rtl, turning: len(spans) > 1 || rtl, lines: lines}
	t.breaks.Init(text)
	words := t.breaks.LineIterator()
	for words.Next() {
		stretch := words.Line()
		start, end := stretch.Offset, stretch.Offset+len(stretch.Text)
		long := longAndPlain(stretch.Text)
		var parts []piece
		ink, full := 0.0, 0.0
		for start < end {
			for spans[0].end <= start {
				spans = spans[1:]
			}
			level := spans[0].level
			stop := min(end, spans[0].end)
			if long {
				stop = start + 1
			}
			set := t.word(wordKey{text: string(text[start:stop]), weight: weight, rtl: level%2 == 1, han: h})
			t.report(set)
			parts = append(parts, piece{clusters: set.clusters, level: level})
			if set.ink > 0 {
				ink = full + set.ink
			}
			full += set.width
			start = stop
		}
		w.add(parts, ink, full)
	}
	w.flush()
	return w.lines
}

// maxKerned is how long a word of plain letters and digits may be that is set
// as one. Longer ones are hashes and links, of which no two are the same: they
// are set sign by sign, from what is kept.
const maxKerned = 24

func longAndPlain(stretch []rune) bool {
	if len(stretch) <= maxKerned {
		return false
	}
	return !slices.ContainsFunc(stretch, func(r rune) bool { return r < ' ' || r >= 0x7f })
}

func (t *Typesetter) report(w *word) {
	if t.Missing == nil {
		return
	}
	for _, r := range w.missing {
		t.Missing(r)
	}
}

// add puts an unbreakable stretch on the line if it fits, else on a new one.
// The spaces at its end may stand out.
func (w *wrapper) add(parts []piece, ink, full float64) {
	if w.width > 0 && w.width+ink > w.limit {
		w.flush()
	}
	if ink <= w.limit {
		w.now = append(w.now, parts...)
		w.width += full
		return
	}
	// Too long for any line: broken between clusters.
	for _, p := range parts {
		from := 0
		for i, c := range p.clusters {
			if w.width > 0 && w.width+c.advance > w.limit {
				w.now = append(w.now, piece{clusters: p.clusters[from:i], level: p.level})
				w.flush()
				from = i
			}
			w.width += c.advance
		}
		w.now = append(w.now, piece{clusters: p.clusters[from:], level: p.level})
	}
}

// flush ends the line, without the spaces at its end.
func (w *wrapper) flush() {
	for n := len(w.now) - 1; n >= 0; n-- {
		clusters := w.now[n].clusters
		for len(clusters) > 0 && clusters[len(clusters)-1].space {
			clusters = clusters[:len(clusters)-1]
		}
		w.now[n].clusters = clusters
		if len(clusters) > 0 {
			break
		}
		w.now = w.now[:n]
	}
	line := Line{pieces: w.now, rtl: w.rtl}
	for _, p := range line.pieces {
		for _, c := range p.clusters {
			line.Width += c.advance
		}
	}
	if w.turning {
		line.reading, line.readingWidth = w.t.readingGlyphs(line.pieces)
	}
	visualOrder(line.pieces)
	w.lines = append(w.lines, line)
	w.now, w.width = nil, 0
}
