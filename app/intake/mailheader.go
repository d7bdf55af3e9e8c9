package intake

import (
	"bytes"
	"strings"
)

// maxHeader bounds the header of an email or of one of its parts, in bytes.
const maxHeader = 1 << 20

// mailHeader is the header of an email or part: RFC 5322, section 2.2.
type mailHeader []headerField

type headerField struct{ name, value string } // name in lower case; value unfolded, not decoded

// splitHeader separates header and body. Lines that are no fields and continue
// none are passed over; where the first line is none, there is no header.
func splitHeader(raw []byte) (h mailHeader, body []byte) {
	var value []byte // of the last field
	end := func() {
		if len(h) > 0 {
			h[len(h)-1].value = string(value)
		}
	}
	for rest := raw; len(rest) > 0; {
		line, after := nextLine(rest)
		text := bytes.TrimRight(line, "\r\n")
		name, begin, isField := headerLine(text)
		switch {
		case len(text) == 0:
			end()
			return h, after
		case (text[0] == ' ' || text[0] == '\t') && len(h) > 0:
			value = append(append(value, ' '), bytes.TrimSpace(text)...)
		case isField:
			end()
			h = append(h, headerField{name: name})
			value = append(value[:0], begin...)
		case len(h) == 0 && !envelopeLine(text):
			return nil, raw
		}
		rest = after
	}
	end()
	return h, nil
}

// headerSize gives how far the header reaches, at most limit+1 bytes.
func headerSize(raw []byte, limit int) int {
	n := 0
	for n < len(raw) && n <= limit {
		line, _ := nextLine(raw[n:])
		n += len(line)
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
	}
	return n
}

// nextLine cuts off the first line with its end.
func nextLine(b []byte) (line, rest []byte) {
	n := bytes.IndexByte(b, '\n') + 1
	if n == 0 {
		n = len(b)
	}
	return b[:n], b[n:]
}

// headerLine reads the first line of a field.
func headerLine(line []byte) (name string, value []byte, ok bool) {
	colon := bytes.IndexByte(line[:min(len(line), maxName)], ':')
	if colon <= 0 {
		return "", nil, false
	}
	field := bytes.TrimRight(line[:colon], " \t")
	for _, c := range field {
		if c <= ' ' || c >= 0x7F {
			return "", nil, false
		}
	}
	return strings.ToLower(string(field)), bytes.TrimSpace(line[colon+1:]), len(field) > 0
}

// envelopeLine tells the line that a mailbox puts before a message.
func envelopeLine(line []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From "))
}

// get gives a field's value as it is written, or "".
func (h mailHeader) get(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

// all gives the values of a field that stands there more than once.
func (h mailHeader) all(name string) (out []string) {
	for _, f := range h {
		if f.name == name {
			out = append(out, f.value)
		}
	}
	return out
}

// text gives a field's value as people read it.
func (h mailHeader) text(name string) string { return decodeWords(h.get(name)) }
