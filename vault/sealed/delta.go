package sealed

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// A delta is a sequence of runs in ascending order, each:
//
//	uvarint   bytes left alone since the end of the run before
//	uvarint   length << 1 | 1 where the run is zeros
//	[length]  the bytes, where it is not
//
// A record of one logged message is about 1.2 KB so, where whole pages are 57.

const (
	// runGap is the fewest equal bytes that end a run: below it, a new run's
	// two numbers cost more than the bytes.
	runGap = 6
	// zeroRun is the fewest zeros worth a run of their own. secure_delete
	// zeroes what it frees, so there are many.
	zeroRun = 12
)

var errDelta = errors.New("a change points outside the database")

type deltaWriter struct {
	buf []byte
	end int64 // of the last run
}

// page adds the runs in which now differs from was. Both begin at byte at and
// are equally long.
func (w *deltaWriter) page(at int64, was, now []byte) {
	for i := equalPrefix(was, now); i < len(now); {
		end := runEnd(was, now, i)
		w.run(at+int64(i), now[i:end])
		i = end + equalPrefix(was[end:], now[end:])
	}
}

// runEnd gives the end of the run of differences that starts at i.
func runEnd(was, now []byte, i int) int {
	end := i + 1
	for j := end; j < len(now) && j-end < runGap; j++ {
		if was[j] != now[j] {
			end = j + 1
		}
	}
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

// run writes b, with its longer stretches of zeros apart.
func (w *deltaWriter) run(at int64, b []byte) {
	for len(b) > 0 {
		lit, zeros := literal(b)
		if lit > 0 {
			w.head(at, lit, 0)
			w.buf = append(w.buf, b[:lit]...)
		}
		if zeros > 0 {
			w.head(at+int64(lit), zeros, 1)
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

func (w *deltaWriter) head(at int64, n int, zero uint64) {
	w.buf = binary.AppendUvarint(w.buf, uint64(at-w.end))
	w.buf = binary.AppendUvarint(w.buf, uint64(n)<<1|zero)
	w.end = at + int64(n)
}

// applyDelta changes db by a delta. It fails, having applied the runs before,
// where a run is malformed or ends outside db.
func applyDelta(delta, db []byte) error {
	at := uint64(0)
	for len(delta) > 0 {
		gap, n := binary.Uvarint(delta)
		if n <= 0 {
			return errDelta
		}
		delta = delta[n:]
		head, n := binary.Uvarint(delta)
		if n <= 0 {
			return errDelta
		}
		delta = delta[n:]
		size := head >> 1
		room := uint64(len(db)) - at
		if gap > room || size > room-gap {
			return errDelta
		}
		at += gap
		target := db[at : at+size]
		at += size
		if head&1 == 1 {
			clear(target)
			continue
		}
		if size > uint64(len(delta)) {
			return errDelta
		}
		copy(target, delta)
		delta = delta[size:]
	}
	return nil
}
