package sealed

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// A delta is a sequence of runs in ascending order, each:
//
//	uvarint   bytes left alone since the end of the run before
//	uvarint   length << 2 | kind
//	[length]  of a literal run: the bytes
//	varint    of a copied run: where they stood before the change, counted from
//	          where they stand after it
//
// A record of one logged message is about 1.2 KB so, where whole pages are 57.

// The kinds of runs.
const (
	runLiteral = iota
	runZeros
	runCopied
)

const (
	// runGap is the fewest equal bytes that end a run: below it, a new run's
	// two numbers cost more than the bytes.
	runGap = 6
	// zeroRun is the fewest zeros worth a run of their own. secure_delete
	// zeroes what it frees, so there are many.
	zeroRun = 12
	// copiedRun is the fewest bytes worth copying.
	copiedRun = 24
)

var errDelta = errors.New("a change points outside the database")

type deltaWriter struct {
	buf []byte
	end int64 // of the last run
	was *preimages
}

// page adds the runs in which now differs from was. Both begin at byte at and
// are equally long.
func (w *deltaWriter) page(at int64, was, now []byte) {
	for i := equalPrefix(was, now); i < len(now); {
		i = w.difference(at, was, now, i)
		i += equalPrefix(was[i:], now[i:])
	}
}

// difference adds the run of differences that starts at i, or, where something
// that stood elsewhere begins within it, the run up to there and that. It gives
// the end.
func (w *deltaWriter) difference(at int64, was, now []byte, i int) (end int) {
	end = i
	for j := i; j < len(now) && j-end < runGap; j++ {
		if from, back, n := w.was.find(now, j, j-i); n >= copiedRun && from+int64(back) != at+int64(j) {
			j -= back
			w.literals(at+int64(i), now[i:j])
			w.head(at+int64(j), n, runCopied)
			w.buf = binary.AppendVarint(w.buf, from-(at+int64(j)))
			return j + n
		}
		if was[j] != now[j] {
			end = j + 1
		}
	}
	w.literals(at+int64(i), now[i:end])
	return end
}

// equalPrefix counts the leading bytes that a and b share.
func equalPrefix(a, b []byte) int {
	i := 0
	for i+8 <= len(a) && binary.LittleEndian.Uint64(a[i:]) == binary.LittleEndian.Uint64(b[i:]) {
		i += 8
	}
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i
}

// literals writes b, with its longer stretches of zeros apart.
func (w *deltaWriter) literals(at int64, b []byte) {
	for len(b) > 0 {
		lit, zeros := literal(b)
		if lit > 0 {
			w.head(at, lit, runLiteral)
			w.buf = append(w.buf, b[:lit]...)
		}
		if zeros > 0 {
			w.head(at+int64(lit), zeros, runZeros)
		}
		b, at = b[lit+zeros:], at+int64(lit+zeros)
	}
}

// literal measures the bytes of b up to its first stretch of zeros that is
// worth a run, and that stretch.
func literal(b []byte) (lit, zeros int) {
	for {
		next := bytes.IndexByte(b[lit:], 0)
		if next < 0 {
			return len(b), 0
		}
		lit += next
		if zeros = leadingZeros(b[lit:]); zeros >= zeroRun {
			return lit, zeros
		}
		lit += zeros
	}
}

func leadingZeros(b []byte) int { return equalPrefix(b, zeroPage[:min(len(b), pageSize)]) }

func (w *deltaWriter) head(at int64, n, kind int) {
	w.buf = binary.AppendUvarint(w.buf, uint64(at-w.end))
	w.buf = binary.AppendUvarint(w.buf, uint64(n)<<2|uint64(kind))
	w.end = at + int64(n)
}
