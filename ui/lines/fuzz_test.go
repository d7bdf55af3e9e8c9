package lines

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

// FuzzWrap holds wrapping and reordering against any text that a message may
// carry: no character is lost, added or drawn twice.
func FuzzWrap(f *testing.F) {
	for _, seed := range []string{
		"Good morning, the landlord sent this back.", "שלום (עולם) 14:30 abc", "شكرا جزيلا · 明天见 · thank you 🙏🏽",
		"a\u202Eb\u202Cc\u2067ש\u2069", "👩‍👩‍👧‍👦\n\n\t x", "e\u0301\u0302\u0303 \u200D\u200D", "١٢/٣٤ - ١٢", "\xff\xfe\x00",
	} {
		f.Add(seed, uint16(120))
	}
	f.Fuzz(func(t *testing.T, text string, width uint16) {
		if len(text) > 2000 {
			t.Skip("long texts only take longer")
		}
		made := wrapAll(clean(text), body, float32(width%800+1), 0)
		var written, drawn []rune
		for _, l := range made {
			written = append(written, inked(l.Text)...)
			drawn = append(drawn, unmirrored(inked(l.Shown))...)
		}
		want := inked(clean(text))
		if !slices.Equal(written, want) {
			t.Errorf("the lines hold %+q, the text %+q", string(written), string(want))
		}
		want = unmirrored(want)
		slices.Sort(want)
		slices.Sort(drawn)
		if !slices.Equal(drawn, want) {
			t.Errorf("drawn are %+q, written %+q", string(drawn), string(want))
		}
		fit(text, body, float32(width%800))
	})
}

// inked drops what leaves nothing on the page: spaces, which may go at a
// line's end, and controls of the order.
func inked(text string) []rune {
	var kept []rune
	for _, r := range text {
		if !unicode.IsSpace(r) && !isBidiControl(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// unmirrored turns both brackets of a pair into the same one.
func unmirrored(runes []rune) []rune {
	return []rune(strings.Map(func(r rune) rune { return min(r, mirrored(r)) }, string(runes)))
}
