package lines

import (
	"sort"
	"strings"

	"github.com/go-text/typesetting/segmenter"
)

type fitted struct {
	text  string
	font  Font
	width float32
}

var fits = newCache[fitted, string](10_000)

// Fit gives a text on one line no wider than width: as it is if it fits, else
// cut between two characters with an ellipsis. Line ends become spaces. The
// result is in written order; Shown gives what to draw.
func Fit(text string, f Font, width float32) string {
	key := fitted{text, f, width}
	if made, ok := fits.get(key); ok {
		return made
	}
	made := fit(text, f, width)
	fits.put(key, made)
	return made
}

func fit(text string, f Font, width float32) string {
	// What cannot be seen need not be measured: no line holds this many.
	if most := 8 * (int(max(width, 0)) + 8); len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	text = strings.ReplaceAll(clean(text), "\n", " ")
	if Width(text, f) <= width {
		return text
	}
	ends := characterEnds(text)
	cut := func(n int) string {
		if n == 0 {
			return "…"
		}
		return strings.TrimRight(text[:ends[n-1]], " ") + "…"
	}
	n := sort.Search(len(ends), func(i int) bool { return Width(cut(i+1), f) > width })
	return cut(n)
}

// characterEnds gives the byte offset after each grapheme cluster.
func characterEnds(text string) []int {
	runes := []rune(text)
	var seg segmenter.Segmenter
	seg.Init(runes)
	var ends []int
	end := 0
	for it := seg.GraphemeIterator(); it.Next(); {
		end += len(string(it.Grapheme().Text))
		ends = append(ends, end)
	}
	return ends
}
