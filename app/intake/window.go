package intake

import (
	"bytes"
	"errors"
	"io"
)

// window is a sliding view of a file: the bytes that are read and not yet
// consumed. It grows only as far as a caller's limit asks it to look ahead.
type window struct {
	r        io.Reader
	buf      []byte
	pos, end int   // buf[pos:end] is unread
	off      int64 // place in the file of buf[pos]
	err      error // the reader's, once it has ended
	tee      io.Writer
}

const windowSize = 256 << 10

// What a look ahead can meet.
var (
	errCut     = errors.New("the file ends in the middle of it")
	errTooLong = errors.New("too long")
)

func newWindow(r io.Reader) *window { return &window{r: r, buf: make([]byte, windowSize)} }

// more reads on. It moves or doubles the buffer only when that is full.
func (w *window) more() bool {
	if w.end == len(w.buf) {
		w.room()
	}
	for w.err == nil {
		n, err := w.r.Read(w.buf[w.end:])
		w.end += n
		w.err = err
		if n > 0 {
			return true
		}
	}
	return false
}

func (w *window) room() {
	if w.pos >= len(w.buf)/2 {
		w.end = copy(w.buf, w.buf[w.pos:w.end])
	} else {
		bigger := make([]byte, 2*len(w.buf))
		w.end = copy(bigger, w.buf[w.pos:w.end])
		w.buf = bigger
	}
	w.pos = 0
}

// at gives the i-th unread byte, or false where the file ends before it.
func (w *window) at(i int) (byte, bool) {
	for w.pos+i >= w.end {
		if !w.more() {
			return 0, false
		}
	}
	return w.buf[w.pos+i], true
}

// view gives unread bytes. It holds until the next look ahead.
func (w *window) view(from, to int) []byte { return w.buf[w.pos+from : w.pos+to] }

// unread gives all unread bytes at hand, at least one, or none at the end.
func (w *window) unread() []byte {
	if w.pos == w.end {
		w.more()
	}
	return w.buf[w.pos:w.end]
}

// index finds c from the i-th unread byte on, looking at most limit bytes
// ahead.
func (w *window) index(i int, c byte, limit int) (int, error) {
	for {
		if w.pos+i < w.end {
			if n := bytes.IndexByte(w.buf[w.pos+i:w.end], c); n >= 0 {
				return i + n, nil
			}
			i = w.end - w.pos
		}
		if i > limit {
			return 0, errTooLong
		}
		if !w.more() {
			return 0, w.ended()
		}
	}
}

// ended says why there is no more to read.
func (w *window) ended() error {
	if w.err == io.EOF {
		return errCut
	}
	return w.err
}

// consume goes n bytes ahead.
func (w *window) consume(n int) {
	if w.tee != nil {
		w.tee.Write(w.buf[w.pos : w.pos+n])
	}
	w.pos += n
	w.off += int64(n)
	if w.pos == w.end {
		w.pos, w.end = 0, 0
	}
}

// skipTo consumes everything before the next c. False: there is none.
func (w *window) skipTo(c byte) bool {
	for {
		rest := w.unread()
		if len(rest) == 0 {
			return false
		}
		if n := bytes.IndexByte(rest, c); n >= 0 {
			w.consume(n)
			return true
		}
		w.consume(len(rest))
	}
}

// skipPast consumes everything up to and including mark.
func (w *window) skipPast(mark string) bool {
	for w.skipTo(mark[0]) {
		n := 1
		for n < len(mark) {
			if c, ok := w.at(n); !ok || c != mark[n] {
				break
			}
			n++
		}
		if n == len(mark) {
			w.consume(n)
			return true
		}
		w.consume(1)
	}
	return false
}
