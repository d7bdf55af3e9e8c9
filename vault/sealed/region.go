package sealed

import (
	"errors"
	"runtime"
)

// A region is memory outside the Go heap that grows in place, so that SQLite
// can read pages where they lie and the garbage collector never looks at them.
type region struct {
	mem       []byte // reserved
	committed int
}

const (
	// regionStep is what a region grows by, in bytes.
	regionStep = 4 << 20
	// regionMost and regionLeast bound the address space of a database: what
	// is asked for first, and what is settled for where a limit is set.
	regionMost  = 64 << 30
	regionLeast = 1 << 30
)

var errRegionFull = errors.New("the database has outgrown the memory set aside for it")

func newRegion() (*region, error) {
	var failed error
	for n := regionMost; n >= regionLeast; n /= 2 {
		mem, err := reserve(n)
		if err == nil {
			return &region{mem: mem}, nil
		}
		failed = err
	}
	return nil, failed
}

// grow makes the first n bytes usable. What is new is zero.
func (r *region) grow(n int64) error {
	if n <= int64(r.committed) {
		return nil
	}
	if n > int64(len(r.mem)) {
		return errRegionFull
	}
	end := min((int(n)+regionStep-1)/regionStep*regionStep, len(r.mem))
	if err := commit(r.mem[r.committed:end]); err != nil {
		return err
	}
	r.committed = end
	return nil
}

// wipe zeroes what was used and gives the memory back.
func (r *region) wipe(used int64) error {
	wipe(r.mem[:min(used, int64(r.committed))])
	return release(r.mem)
}

// wipe overwrites b with zeros before its memory is given up.
func wipe(b []byte) {
	clear(b)
	runtime.KeepAlive(b)
}
