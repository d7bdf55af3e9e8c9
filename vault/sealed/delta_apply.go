package sealed

import "encoding/binary"

// A run is a part of a delta that was read.
type run struct {
	at, size uint64
	kind     int
	literal  []byte // of a literal run
	from     int64  // of a copied run
}

// eachRun reads the delta that a record of a kind holds, of a database that is
// to have size bytes, until do fails.
func eachRun(delta []byte, size int, in recordKind, do func(run) error) error {
	kindBits := 2
	if in == kindRuns {
		kindBits = 1
	}
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
		r := run{size: head >> kindBits, kind: int(head) & (1<<kindBits - 1)}
		room := uint64(size) - at
		if gap > room || r.size > room-gap {
			return errDelta
		}
		r.at = at + gap
		at = r.at + r.size
		switch r.kind {
		case runLiteral:
			if r.size > uint64(len(delta)) {
				return errDelta
			}
			r.literal, delta = delta[:r.size], delta[r.size:]
		case runCopied:
			back, n := binary.Varint(delta)
			if n <= 0 {
				return errDelta
			}
			r.from, delta = int64(r.at)+back, delta[n:]
		}
		if err := do(r); err != nil {
			return err
		}
	}
	return nil
}

// moved gathers, in their order, the bytes that a delta copies from the database
// as it was.
func moved(delta, was []byte, size int, in recordKind) (bytes []byte, err error) {
	err = eachRun(delta, size, in, func(r run) error {
		if r.kind != runCopied {
			return nil
		}
		if r.from < 0 || r.from > int64(len(was)) || r.size > uint64(int64(len(was))-r.from) {
			return errDelta
		}
		bytes = append(bytes, was[r.from:][:r.size]...)
		return nil
	})
	return bytes, err
}

// applyDelta changes db by a delta that was read before, given what it moves.
func applyDelta(delta, db, moved []byte, in recordKind) error {
	return eachRun(delta, len(db), in, func(r run) error {
		target := db[r.at:][:r.size]
		switch r.kind {
		case runLiteral:
			copy(target, r.literal)
		case runZeros:
			clear(target)
		case runCopied:
			moved = moved[copy(target, moved):]
		default:
			return errDelta
		}
		return nil
	})
}
