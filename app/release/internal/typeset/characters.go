package typeset

import (
	"slices"
	"unicode"
)

// ignorable reports whether a character shows nothing by itself where a font
// has no glyph for it (Default_Ignorable_Code_Point, UAX #44).
func ignorable(r rune) bool {
	switch {
	case r == 0xad, r == 0x34f, r == 0x61c, r == 0x3164, r == 0xfeff, r == 0xffa0,
		0x115f <= r && r <= 0x1160, 0x17b4 <= r && r <= 0x17b5, 0x180b <= r && r <= 0x180f,
		0x200b <= r && r <= 0x200f, 0x202a <= r && r <= 0x202e, 0x2060 <= r && r <= 0x206f,
		0xfe00 <= r && r <= 0xfe0f, 0x1bca0 <= r && r <= 0x1bca3, 0x1d173 <= r && r <= 0x1d17a,
		0xe0000 <= r && r <= 0xe0fff:
		return true
	}
	return false
}

// emojiShown lists the characters below U+1F000 that show as a picture unless
// a selector asks for text (Emoji_Presentation, UTS #51).
var emojiShown = []rune{
	0x231a, 0x231b, 0x23e9, 0x23ea, 0x23eb, 0x23ec, 0x23f0, 0x23f3, 0x25fd, 0x25fe, 0x2614, 0x2615,
	0x2648, 0x2649, 0x264a, 0x264b, 0x264c, 0x264d, 0x264e, 0x264f, 0x2650, 0x2651, 0x2652, 0x2653,
	0x267f, 0x2693, 0x26a1, 0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26d4, 0x26ea,
	0x26f2, 0x26f3, 0x26f5, 0x26fa, 0x26fd, 0x2705, 0x270a, 0x270b, 0x2728, 0x274c, 0x274e, 0x2753,
	0x2754, 0x2755, 0x2757, 0x2795, 0x2796, 0x2797, 0x27b0, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b55,
}

const (
	textSelector  = 0xfe0e
	emojiSelector = 0xfe0f
)

// emojiStyle reports whether a grapheme is to show as a picture.
func emojiStyle(grapheme []rune) bool {
	switch {
	case slices.Contains(grapheme, textSelector):
		return false
	case slices.Contains(grapheme, emojiSelector):
		return true
	}
	r := grapheme[0]
	if r >= 0x1f000 {
		return 0x1f1e6 <= r && r <= 0x1f1ff || 0x1f300 <= r && r <= 0x1faff || r == 0x1f004 || r == 0x1f0cf ||
			r == 0x1f18e || 0x1f191 <= r && r <= 0x1f19a || r == 0x1f201 || r == 0x1f21a || r == 0x1f22f ||
			0x1f232 <= r && r <= 0x1f236 || 0x1f238 <= r && r <= 0x1f23a || 0x1f250 <= r && r <= 0x1f251
	}
	_, shown := slices.BinarySearch(emojiShown, r)
	return shown
}

// han says which country's forms Chinese characters are drawn in. Unicode has
// one code for all of them, so the rest of the text must tell.
type han uint8

const (
	noHan han = iota // the text has none
	simplified
	traditional
	japanese
	korean
)

// hanOf reads the signs of a language from a text: kana, hangul, bopomofo.
func hanOf(text []rune) han {
	h := noHan
	for _, r := range text {
		switch {
		case r < 0x1100:
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			return japanese
		case unicode.Is(unicode.Hangul, r):
			return korean
		case unicode.Is(unicode.Bopomofo, r):
			return traditional
		case h == noHan && (unicode.Is(unicode.Han, r) || 0x3000 <= r && r <= 0x303f || 0xff00 <= r && r <= 0xffef):
			h = simplified
		}
	}
	return h
}

// families gives the fonts that draw a country's forms, in lower case.
func (h han) families() []string {
	switch h {
	case simplified:
		return []string{"noto sans cjk sc", "noto sans sc", "source han sans sc", "pingfang sc", "hiragino sans gb", "microsoft yahei"}
	case traditional:
		return []string{"noto sans cjk tc", "noto sans tc", "source han sans tc", "pingfang tc", "microsoft jhenghei"}
	case japanese:
		return []string{"noto sans cjk jp", "noto sans jp", "source han sans", "hiragino sans", "yu gothic", "ms gothic"}
	case korean:
		return []string{"noto sans cjk kr", "noto sans kr", "source han sans k", "apple sd gothic neo", "malgun gothic"}
	}
	return nil
}
