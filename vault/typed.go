package vault

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

var errNotUTF8 = errors.New("the text is not UTF-8, and part of it would be lost: save it as UTF-8 and try again")

// lineEnds are the characters that end a line somewhere: Word pastes vertical
// tabs, old Macintosh files hold lone carriage returns.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n")

// TypedText gives a text as it will be kept, so that what is computed over it
// holds. A text that would be refused stays as it is.
func TypedText(s string) string {
	if kept, err := typed(s); err == nil {
		return kept
	}
	return s
}

// printable gives a text of somebody else's as it can stand in a sentence: one
// line, without what steers a terminal.
func printable(s string) string { return withoutControls(oneLine(strings.ToValidUTF8(s, "\uFFFD"))) }

func withoutControls(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// typed brings text that a person typed, pasted or piped in into the form in
// which it is kept: line ends are "\n", a byte order mark and control
// characters that nobody sees are dropped. Text that is not UTF-8 (another
// charset, or UTF-16 with its zero bytes) is refused.
func typed(s string) (string, error) {
	if !utf8.ValidString(s) || strings.Contains(s, "\x00") {
		return "", errNotUTF8
	}
	s = lineEnds.Replace(strings.TrimPrefix(s, "\uFEFF"))
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s), nil
}
