package intake

import (
	"encoding/base64"
	"regexp"
	"strings"
)

// encodedWord is RFC 2047's =?charset?encoding?text?=, with RFC 2231's
// language after the charset.
var encodedWord = regexp.MustCompile(`=\?([A-Za-z0-9._:-]+)(?:\*[A-Za-z0-9-]*)?\?([bBqQ])\?([^?]*)\?=`)

// decodeWords decodes a header's value: encoded words, and bytes beyond ASCII
// that older mailers put there as they are. Neighboring words of one charset
// are joined before they are decoded, since many mailers cut through the
// middle of a character.
func decodeWords(value string) string {
	var out strings.Builder
	var pending []byte
	var charset string
	flush := func() {
		if charset != "" {
			text, _ := decodeText(pending, charset)
			out.WriteString(text)
		}
		pending, charset = pending[:0], ""
	}
	rest := value
	for rest != "" {
		at := encodedWord.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		between, next := rest[:at[0]], rest[at[2]:at[3]]
		if strings.TrimSpace(between) != "" || charset == "" || !strings.EqualFold(charset, next) {
			adjoining := charset != "" && strings.TrimSpace(between) == ""
			flush()
			if !adjoining {
				out.WriteString(plainHeader(between))
			}
		}
		charset = next
		pending = append(pending, decodeWord(rest[at[4]:at[5]], rest[at[6]:at[7]])...)
		rest = rest[at[1]:]
	}
	flush()
	out.WriteString(plainHeader(rest))
	return strings.TrimSpace(headerText(out.String()))
}

func decodeWord(encoding, text string) []byte {
	if strings.EqualFold(encoding, "q") {
		return decodeQuoted(nil, []byte(strings.ReplaceAll(text, "_", " ")))
	}
	out, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return []byte(mark)
	}
	return out
}

// plainHeader reads bytes beyond ASCII as UTF-8, or as Windows-1252 where they
// are none.
func plainHeader(s string) string {
	text, _ := decodeText([]byte(s), "")
	return text
}

// headerText drops what has no place in one line.
func headerText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case forbidden(r):
			return -1
		}
		return r
	}, s)
}
