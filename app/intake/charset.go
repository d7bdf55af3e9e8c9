package intake

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// maxCharsetName bounds the name of a charset, in bytes.
const maxCharsetName = 40

// utf8Name tells the names of UTF-8 and of what is part of it.
func utf8Name(charset string) bool {
	switch strings.ToLower(strings.TrimSpace(charset)) {
	case "", "utf-8", "utf8", "us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us":
		return true
	}
	return false
}

// decodeText reads text in the charset that it says it is in. Where that
// cannot be true, flaw says so and in what it was read. Bytes that stand for
// nothing remain as they are or become U+FFFD; chars counts them.
func decodeText(raw []byte, declared string) (text, flaw string) {
	declared = cut(strings.Trim(strings.ToValidUTF8(headerText(declared), mark), `"' `), maxCharsetName)
	enc := byName(declared)
	valid := utf8.Valid(raw)
	switch {
	case enc != nil && valid && oneByte(enc) && !ascii(raw):
		return string(raw), fmt.Sprintf("says that it is in %s, and is in UTF-8", declared)
	case enc != nil:
		out, err := enc.NewDecoder().Bytes(raw)
		if err != nil {
			return string(raw), fmt.Sprintf("cannot be read as %s", declared)
		}
		return string(out), ""
	case valid && utf8Name(declared):
		return string(raw), ""
	case valid:
		return string(raw), fmt.Sprintf("says that it is in %s, which is unknown: read as UTF-8", declared)
	case hasUTF8(raw):
		return string(raw), ""
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return string(raw), "cannot be read in any known charset"
	}
	if declared == "" {
		declared = "UTF-8"
	}
	return string(out), fmt.Sprintf("says that it is in %s, and is not: read as Windows-1252", declared)
}

// byName gives the encoding of a charset that is not part of UTF-8, or nil.
func byName(charset string) encoding.Encoding {
	if utf8Name(charset) {
		return nil
	}
	enc, err := htmlindex.Get(charset)
	if err != nil || enc == encoding.Replacement {
		return nil
	}
	return enc
}

// oneByte tells charsets of one byte a character: text in one of them that is
// valid UTF-8 by chance is next to impossible.
func oneByte(enc encoding.Encoding) bool {
	_, ok := enc.(*charmap.Charmap)
	return ok
}

func ascii(raw []byte) bool {
	for _, b := range raw {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// hasUTF8 reports whether characters of UTF-8 beyond ASCII stand in a text
// that is not valid as a whole: it is damaged UTF-8 rather than something
// else.
func hasUTF8(raw []byte) bool {
	good, bad := 0, 0
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		switch {
		case size > 1:
			good++
		case r == utf8.RuneError:
			bad++
		}
		raw = raw[size:]
	}
	return good > bad
}
