package intake

import (
	"encoding/base64"
	"io"
)

// base64Writer decodes base64 that arrives in pieces. White space and
// references to it (&#10;) are passed over; after the first byte that is
// neither, or after the padding, nothing more is decoded.
type base64Writer struct {
	to    io.Writer
	quad  [4]byte // an unfinished group
	n     int
	clean []byte
	out   []byte
	bare  bool // not in XML: "&" is no reference
	inRef bool // within "&...;"
	ended bool // padding was met
	bad   bool // something was met that is no base64
}

// reset begins anew with the same buffers.
func (d *base64Writer) reset(to io.Writer) {
	*d = base64Writer{to: to, bare: d.bare, clean: d.clean, out: d.out}
}

// write takes the next piece. Its error is that of the writer behind.
func (d *base64Writer) write(p []byte) error {
	const step = 32 << 10
	for len(p) > 0 {
		n := min(len(p), step)
		if err := d.piece(p[:n]); err != nil {
			return err
		}
		p = p[n:]
	}
	return nil
}

func (d *base64Writer) piece(p []byte) error {
	d.clean = append(d.clean[:0], d.quad[:d.n]...)
	d.n = 0
	for _, c := range p {
		switch {
		case d.inRef:
			d.inRef = c != ';'
		case isSpace(c):
		case c == '&' && !d.bare:
			d.inRef = true
		case d.bad:
		case d.ended && c != '=':
			d.bad = true
		case c == '=':
			d.ended = true
		case alphabet[c] == 0:
			d.bad = true
		default:
			d.clean = append(d.clean, alphabet[c])
		}
	}
	whole := len(d.clean) &^ 3
	d.n = copy(d.quad[:], d.clean[whole:])
	return d.decode(d.clean[:whole])
}

// close decodes what is left, with or without its padding, and reports
// whether all of it was base64.
func (d *base64Writer) close() (bool, error) {
	rest := d.n
	err := d.decode(d.quad[:rest])
	return !d.bad && !d.inRef && rest != 1, err
}

func (d *base64Writer) decode(clean []byte) error {
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	if need := base64.RawStdEncoding.DecodedLen(len(clean)); cap(d.out) < need {
		d.out = make([]byte, need)
	}
	n, err := base64.RawStdEncoding.Decode(d.out[:cap(d.out)], clean)
	if err != nil {
		return err
	}
	_, err = d.to.Write(d.out[:n])
	return err
}

// alphabet maps base64's characters to themselves, those of its variant for
// addresses to the usual ones, all others to 0.
var alphabet = func() (t [256]byte) {
	for c := 'A'; c <= 'Z'; c++ {
		t[c], t[c+'a'-'A'] = byte(c), byte(c+'a'-'A')
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = byte(c)
	}
	t['+'], t['/'], t['-'], t['_'] = '+', '/', '+', '/'
	return t
}()
