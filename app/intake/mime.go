package intake

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/jhillyerd/enmime/v2/mediatype"
)

// The structure of an email (RFC 2045, 2046) is read here and not by a
// library, because a record needs what those do not give: every part as the
// very bytes of the file, so that its hash is that of the file that was sent;
// no copy of the message for each level; and a bound on the levels.

// mimePart is one part of an email, or the email itself.
type mimePart struct {
	header      mailHeader
	body        []byte // of the raw message, still encoded
	ctype       string // "text/plain", lower case
	params      map[string]string
	disposition string // "attachment", "inline", ""
	filename    string
	parts       []*mimePart
}

// Bounds of an email's structure. No mail program comes near them.
const (
	maxDepth     = 50
	maxMIMEParts = 2000
	maxParamText = 16 << 10 // bytes of one field with parameters
)

// mimeReader takes an email apart.
type mimeReader struct {
	count int
	open  bool // a multipart ends without its closing line
}

// flawed is why a message is refused.
type flawed struct{ reason string }

func (f *flawed) Error() string { return f.reason }

func (m *mimeReader) read(raw []byte, depth int, standard string) (*mimePart, error) {
	if m.count++; m.count > maxMIMEParts {
		return nil, &flawed{fmt.Sprintf("it has more than %d parts", maxMIMEParts)}
	}
	if depth > maxDepth {
		return nil, &flawed{fmt.Sprintf("its parts are nested more than %d deep", maxDepth)}
	}
	if headerSize(raw, maxHeader) > maxHeader {
		return nil, &flawed{fmt.Sprintf("a header in it is larger than %s", megabytes(maxHeader))}
	}
	p := &mimePart{}
	p.header, p.body = splitHeader(raw)
	p.describe(standard)
	boundary := p.params["boundary"]
	if !strings.HasPrefix(p.ctype, "multipart/") || boundary == "" {
		return p, nil
	}
	inner := "text/plain"
	if p.ctype == "multipart/digest" {
		inner = "message/rfc822"
	}
	pieces, closed := splitMultipart(p.body, boundary, maxMIMEParts+1)
	m.open = m.open || !closed
	for _, piece := range pieces {
		child, err := m.read(piece, depth+1, inner)
		if err != nil {
			return nil, err
		}
		p.parts = append(p.parts, child)
	}
	return p, nil
}

// describe reads what the part says of itself.
func (p *mimePart) describe(standard string) {
	ctype, params := fieldWithParams(p.header.get("content-type"))
	if !strings.Contains(ctype, "/") {
		ctype = standard
	}
	p.ctype, p.params = mediaType(ctype), params
	disposition, more := fieldWithParams(p.header.get("content-disposition"))
	p.disposition = disposition
	for _, name := range []string{more["filename"], params["name"]} {
		if p.filename == "" {
			p.filename = decodeWords(name)
		}
	}
}

// fieldWithParams reads a value such as text/plain; charset=utf-8. What cannot
// be read is empty.
func fieldWithParams(value string) (string, map[string]string) {
	if value == "" || len(value) > maxParamText {
		return "", nil
	}
	main, params, _, err := mediatype.Parse(plainHeader(value))
	if err != nil {
		return mediaType(value), nil
	}
	return strings.ToLower(main), params
}

// splitMultipart cuts a multipart's body at its delimiter lines (RFC 2046,
// section 5.1.1). What stands before the first and after the last is no part.
// Closed says that the last one was there.
func splitMultipart(body []byte, boundary string, limit int) (parts [][]byte, closed bool) {
	delimiter := []byte("--" + boundary)
	begin := -1
	for at := 0; at < len(body) && len(parts) < limit; {
		i := bytes.Index(body[at:], delimiter)
		if i < 0 {
			break
		}
		i += at
		line, _ := nextLine(body[i:])
		after := bytes.TrimRight(line[len(delimiter):], " \t\r\n")
		last := string(after) == "--"
		if i > 0 && body[i-1] != '\n' || len(after) > 0 && !last {
			at = i + len(delimiter)
			continue
		}
		if begin >= 0 {
			parts = append(parts, withoutEnd(body[begin:i]))
		}
		if last {
			return parts, true
		}
		at = i + len(line)
		begin = at
	}
	if begin >= 0 && begin < len(body) && len(parts) < limit {
		parts = append(parts, body[begin:])
	}
	return parts, false
}

// withoutEnd drops the line end that belongs to the delimiter behind it.
func withoutEnd(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte("\n"))
	return bytes.TrimSuffix(b, []byte("\r"))
}
