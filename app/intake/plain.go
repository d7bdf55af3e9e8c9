package intake

import (
	"bytes"

	"golang.org/x/text/encoding/unicode"
)

// PlainText reads a text in the charset that it says it is in, that its
// byte-order mark states, or else as what it can be. The text is valid UTF-8
// without control characters, with "\n" at the ends of lines. A flaw says what
// is odd about its charset, in words that follow "it" or the text's name.
func PlainText(raw []byte, charset string) (text, flaw string) {
	switch {
	case bytes.HasPrefix(raw, []byte(byteOrderMark)):
		raw, charset = raw[len(byteOrderMark):], "utf-8"
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")), bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		whole := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
		if out, err := whole.Bytes(raw); err == nil { // halves of characters become U+FFFD
			raw, charset = out, "utf-8"
		}
	}
	text, flaw = decodeText(raw, charset)
	var c chars
	return c.clean(text, "text"), flaw
}

// PlainHTML gives what a page of HTML says, as [Read] gives what an email in
// HTML says. Nothing is fetched and no script is run; remote counts the
// pictures that a browser would have fetched.
func PlainHTML(raw []byte, charset string) (text string, remote int) {
	source, _ := PlainText(raw, charset)
	return htmlText(source)
}
