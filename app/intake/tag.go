package intake

import "errors"

// A backup's markup is flat: everything it says stands in attributes, and one
// of them, "data", can be larger than memory. encoding/xml builds every
// attribute whole, stops at references that XML forbids, and turns halves of
// characters into U+FFFD without a word; so the tags are read here.

var errMalformed = errors.New("its markup is malformed")

// maxTag bounds a tag that is held whole, maxName the name of an element or
// attribute, in bytes; maxAttributes how many a tag has.
const (
	maxTag        = 8 << 20
	maxName       = 256
	maxAttributes = 500
)

// span is the place of an attribute in the window: name [n0,n1), value
// [v0,v1).
type span struct{ n0, n1, v0, v1 int }

// tag is a start tag that lies whole in the window, not yet consumed.
type tag struct {
	w     *window
	attrs []span
	size  int
	empty bool // it ends with "/>"
}

// read looks at the tag whose name ends before the i-th unread byte.
func (t *tag) read(w *window, i, limit int) error {
	t.w, t.attrs = w, t.attrs[:0]
	for {
		a, end, err := w.attribute(i)
		if err != nil {
			return err
		}
		if end > 0 {
			t.size, t.empty = end, w.view(end-2, end-1)[0] == '/'
			return nil
		}
		if len(t.attrs) == maxAttributes {
			return errMalformed
		}
		quote := w.view(a.v0-1, a.v0)[0]
		if a.v1, err = w.index(a.v0, quote, limit); err != nil {
			return err
		}
		t.attrs = append(t.attrs, a)
		if i = a.v1 + 1; i > limit {
			return errTooLong
		}
	}
}

// get gives an attribute's value as the file writes it, or nil.
func (t *tag) get(name string) []byte {
	for _, a := range t.attrs {
		if a.n1-a.n0 == len(name) && string(t.w.view(a.n0, a.n1)) == name {
			return t.w.view(a.v0, a.v1)
		}
	}
	return nil
}

func (t *tag) bytes() []byte { return t.w.view(0, t.size) }
func (t *tag) consume()      { t.w.consume(t.size) }

// attribute finds the next attribute from the i-th unread byte on: its name
// and where its value begins, after the quote. Where the tag ends instead, end
// is the index behind it.
func (w *window) attribute(i int) (a span, end int, err error) {
	spaced := false
	for {
		c, ok := w.at(i)
		switch {
		case !ok:
			return a, 0, w.ended()
		case isSpace(c):
			spaced = true
			i++
			if i > 2*maxTag {
				return a, 0, errTooLong
			}
			continue
		case c == '>':
			return a, i + 1, nil
		case c == '/' || c == '?':
			if c, ok = w.at(i + 1); !ok {
				return a, 0, w.ended()
			} else if c != '>' {
				return a, 0, errMalformed
			}
			return a, i + 2, nil
		case !spaced:
			return a, 0, errMalformed
		}
		break
	}
	a.n0 = i
	if a.n1, err = w.name(i); err != nil {
		return a, 0, err
	}
	if i, err = w.token(a.n1, '=', '='); err != nil {
		return a, 0, err
	}
	a.v0, err = w.token(i, '"', '\'')
	return a, 0, err
}

// name gives the end of the name that begins at i.
func (w *window) name(i int) (int, error) {
	from := i
	for {
		c, ok := w.at(i)
		switch {
		case !ok:
			return 0, w.ended()
		case isName(c) && i-from < maxName:
			i++
		case i == from, isName(c):
			return 0, errMalformed
		default:
			return i, nil
		}
	}
}

// token passes white space and one of two characters.
func (w *window) token(i int, one, other byte) (int, error) {
	from := i
	for {
		c, ok := w.at(i)
		switch {
		case !ok:
			return 0, w.ended()
		case c == one || c == other:
			return i + 1, nil
		case !isSpace(c) || i-from > maxName:
			return 0, errMalformed
		}
		i++
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func isName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '_' || c == '-' || c == '.' || c == ':' || c >= 0x80
}
