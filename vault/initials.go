package vault

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Initials gives what stays of a name: the first letter of each part, each with
// a period. A small word within a name ("and", "de") gives none. In a script
// without spaces it is the first character alone.
func Initials(name string) string {
	parts := strings.FieldsFunc(norm.NFC.String(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && r != '’' && r != '\''
	})
	var all, large strings.Builder
	for _, part := range parts {
		letter, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(part, isNoInitial))
		if letter == utf8.RuneError {
			continue
		}
		initial := string(unicode.ToUpper(letter)) + "."
		if all.Len() == 0 || !unicode.IsLower(letter) {
			large.WriteString(initial)
		}
		all.WriteString(initial)
	}
	if strings.Count(large.String(), ".") > 1 {
		return large.String()
	}
	return all.String()
}

// isNoInitial reports marks and quotes that stand before a letter, and the
// vowels that Thai and Lao write before the consonant they follow in speech.
func isNoInitial(r rune) bool {
	return unicode.IsMark(r) || unicode.Is(unicode.Lm, r) || r == '’' || r == '\'' || r >= 0x0E40 && r <= 0x0E44 || r >= 0x0EC0 && r <= 0x0EC4
}
