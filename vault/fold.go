package vault

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters that the index's tokenizer does not fold: they are letters of their
// own in Unicode, yet people type the plain one when they search.
var plainLetters = map[rune]string{
	'đ': "d", 'Đ': "D", 'ð': "d", 'Ð': "D", 'ł': "l", 'Ł': "L", 'ø': "o", 'Ø': "O",
	'ß': "ss", 'ẞ': "SS", 'æ': "ae", 'Æ': "AE", 'œ': "oe", 'Œ': "OE", 'ı': "i", 'þ': "th", 'Þ': "TH",
	'أ': "ا", 'إ': "ا", 'آ': "ا", 'ٱ': "ا",
}

// unspaced are scripts that are written without spaces between words: each
// character is indexed as a word, and a search finds them in sequence.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// fold prepares text for the index, and a query in the same way: spaces round
// each character of an unspaced script and each emoji, letters that the
// tokenizer does not fold replaced, Arabic and Hebrew points stripped. Text
// that needs nothing comes back as it is.
func fold(s string) string {
	if isASCII(s) {
		return s
	}
	s = norm.NFC.String(s)
	var b strings.Builder
	b.Grow(len(s) + len(s)/2)
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
		case plainLetters[r] != "":
			b.WriteString(plainLetters[r])
		case isPoint(r):
		case standsAlone(r):
			b.WriteByte(' ')
			b.WriteRune(r)
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isPoint reports the vowel points and the stretching mark of Arabic and
// Hebrew, which most people leave out when they type.
func isPoint(r rune) bool {
	switch {
	case r == 0x0640, r == 0x0670:
		return true
	case r >= 0x0591 && r <= 0x05C7, r >= 0x0610 && r <= 0x061A, r >= 0x064B && r <= 0x065F, r >= 0x06D6 && r <= 0x06ED:
		return unicode.Is(unicode.Mn, r)
	}
	return false
}

func standsAlone(r rune) bool {
	return unicode.In(r, unspaced...) || unicode.Is(unicode.So, r) || isSkinTone(r)
}

func isSkinTone(r rune) bool { return r >= 0x1F3FB && r <= 0x1F3FF }

// plain gives a rune as a comparison sees it: folded, without diacritics, in
// lower case.
func plain(r rune) string {
	if r < utf8.RuneSelf {
		return string(unicode.ToLower(r))
	}
	if letters := plainLetters[r]; letters != "" {
		return strings.ToLower(letters)
	}
	if unicode.Is(unicode.Mn, r) {
		return ""
	}
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	return string(unicode.ToLower(base))
}

// Plain gives text as a comparison of names sees it: without case and
// diacritics.
func Plain(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(plain(r))
	}
	return b.String()
}
