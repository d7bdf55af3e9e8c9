package intake

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// errDamaged says that what was decoded is not all there was.
var errDamaged = errors.New("its encoding is damaged")

// decode writes a part's content as it was before it was packed for the way
// (RFC 2045, section 6). An encoding that nobody knows is left as it is.
func (b *mailBody) decode(p *mimePart, to io.Writer) error {
	encoding := strings.ToLower(strings.TrimSpace(withoutComments(p.header.get("content-transfer-encoding"))))
	switch encoding {
	case "base64":
		d := &b.m.base64
		d.reset(to)
		if err := d.write(p.body); err != nil {
			return err
		}
		whole, err := d.close()
		if err == nil && !whole {
			err = errDamaged
		}
		return err
	case "quoted-printable":
		return decodeLines(p.body, to)
	case "", "7bit", "8bit", "binary":
	default:
		b.warn("a part says that it is encoded as %q, which is unknown; it is kept as it is", cut(plainHeader(encoding), 40))
	}
	_, err := to.Write(p.body)
	return err
}

// decodeLines decodes quoted-printable text without a second copy of all of
// it.
func decodeLines(text []byte, to io.Writer) error {
	const step = 64 << 10
	var out []byte
	for len(text) > 0 {
		n := len(text)
		if n > step {
			n = step + bytes.IndexByte(text[step:], '\n') + 1
			if n == step {
				n = len(text)
			}
		}
		out = decodeQuoted(out[:0], text[:n])
		if _, err := to.Write(out); err != nil {
			return err
		}
		text = text[n:]
	}
	return nil
}
