package intake

import (
	"bytes"
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// mark stands for a character that the export lost. It is kept where the
// character stood, and a warning lists what was there.
const mark = "\uFFFD"

// maxListed bounds how many lost characters of one text are listed one by one.
const maxListed = 10

// chars turns attribute values into text and keeps count of what was lost.
type chars struct {
	lost   int
	listed []string

	out  strings.Builder
	n    int    // characters written of this text
	high rune   // half of a character, waiting for the other
	from string // how the file writes it
}

// reset forgets what was lost in the message before.
func (c *chars) reset() { c.lost, c.listed = 0, nil }

// text decodes an attribute's value. Field names it in warnings.
func (c *chars) text(raw []byte, field string) string {
	return c.decode(raw, field, c.next)
}

// clean does the same for text that stands outside XML, where "&" is "&".
func (c *chars) clean(text, field string) string {
	return c.decode([]byte(text), field, c.character)
}

func (c *chars) decode(raw []byte, field string, next func([]byte) int) string {
	if plain(raw) {
		return string(raw)
	}
	c.out.Reset()
	c.out.Grow(len(raw))
	c.n = 0
	lost := c.lost
	for len(raw) > 0 {
		raw = raw[next(raw):]
	}
	c.flush()
	for i := lost; i < min(c.lost, maxListed); i++ {
		c.listed[i] = field + ": " + c.listed[i]
	}
	return newlines(c.out.String())
}

// plain reports whether a value says what it says: UTF-8 without references,
// control characters, or U+FFFD.
func plain(raw []byte) bool {
	for _, b := range raw {
		if b == '&' || b < ' ' || b == 0x7F || b >= 0xED {
			return false
		}
	}
	return utf8.Valid(raw)
}

// next decodes one character and gives how many bytes it takes.
func (c *chars) next(raw []byte) int {
	if raw[0] == '&' {
		return c.reference(raw)
	}
	return c.character(raw)
}

func (c *chars) character(raw []byte) int {
	r, size := utf8.DecodeRune(raw)
	if r != utf8.RuneError || size > 1 {
		c.put(r, "")
		return size
	}
	if half, ok := cesuHalf(raw); ok {
		c.put(half, fmt.Sprintf("bytes %X", raw[:3]))
		return 3
	}
	c.lose(fmt.Sprintf("byte %02X, which is not UTF-8,", raw[0]))
	return 1
}

// reference decodes "&...;". What is no reference is an ampersand that
// somebody forgot to escape.
func (c *chars) reference(raw []byte) int {
	end := bytes.IndexByte(raw[:min(len(raw), maxReference)], ';')
	if end < 2 {
		c.put('&', "")
		return 1
	}
	ref := string(raw[:end+1])
	if ref[1] != '#' {
		text := html.UnescapeString(ref)
		if text == ref || strings.HasSuffix(text, ";") {
			c.put('&', "")
			return 1
		}
		for _, r := range text {
			c.put(r, "")
		}
		return end + 1
	}
	number, base := ref[2:end], 10
	if number != "" && (number[0] == 'x' || number[0] == 'X') {
		number, base = number[1:], 16
	}
	n, err := strconv.ParseUint(number, base, 31)
	switch {
	case err != nil && !isNumber(number, base):
		c.put('&', "")
		return 1
	case err != nil || n > utf8.MaxRune:
		c.lose(ref + ", which is no character,")
	default:
		c.put(rune(n), ref)
	}
	return end + 1
}

// maxReference is the length of the longest reference, with room for leading
// zeros.
const maxReference = 40

func isNumber(s string, base int) bool {
	digits := "0123456789"
	if base == 16 {
		digits = "0123456789abcdefABCDEF"
	}
	return s != "" && strings.Trim(s, digits) == ""
}

// cesuHalf decodes half a character that was written as if it were one (the
// three bytes of CESU-8).
func cesuHalf(raw []byte) (rune, bool) {
	if len(raw) < 3 || raw[0] != 0xED || raw[1] < 0xA0 || raw[1] > 0xBF || raw[2]&0xC0 != 0x80 {
		return 0, false
	}
	return 0xD000 | rune(raw[1]&0x3F)<<6 | rune(raw[2]&0x3F), true
}

// put writes one character, or joins two halves.
func (c *chars) put(r rune, written string) {
	switch {
	case r >= 0xD800 && r < 0xDC00:
		c.flush()
		c.high, c.from = r, written
	case r >= 0xDC00 && r < 0xE000 && c.high != 0:
		joined := utf16.DecodeRune(c.high, r)
		c.high = 0
		c.write(joined)
	case r >= 0xDC00 && r < 0xE000:
		c.lose(written + ", half of a character,")
	case r == utf8.RuneError:
		c.lose("a character that the export had already lost")
	case forbidden(r):
		if written == "" {
			written = fmt.Sprintf("control character %U", r)
		}
		c.lose(written + ", which no text may hold,")
	default:
		c.flush()
		c.write(r)
	}
}

// flush gives up on a half whose other half does not follow.
func (c *chars) flush() {
	if c.high != 0 {
		c.high = 0
		c.lose(c.from + ", half of a character,")
	}
}

func (c *chars) lose(what string) {
	c.flush()
	c.write(utf8.RuneError)
	c.lost++
	if c.lost <= maxListed {
		c.listed = append(c.listed, fmt.Sprintf("%s at character %d is shown as %s", what, c.n, mark))
	}
}

func (c *chars) write(r rune) {
	c.n++
	c.out.WriteRune(r)
}

// forbidden tells the characters that XML and Casekeep's texts do not hold:
// control characters but tab and line ends, and the two that are no
// characters.
func forbidden(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7F || r == 0xFFFE || r == 0xFFFF
}

// warnings lists what was lost since reset.
func (c *chars) warnings() []string {
	if more := c.lost - len(c.listed); more > 0 {
		return append(c.listed, fmt.Sprintf("%d more lost characters are shown as %s", more, mark))
	}
	return c.listed
}

// newlines ends lines as everything here does.
func newlines(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
