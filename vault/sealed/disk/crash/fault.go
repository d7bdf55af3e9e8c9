package crash

import (
	"fmt"
	"syscall"
)

// Fault makes an operation fail: the first one from At on that it applies to.
// ENOSPC applies to what takes room, EROFS to what writes, Done to what changes
// anything but a sync, any other to everything.
type Fault struct {
	At      int   // counted from 1 over operations of every kind
	Err     error // such as syscall.EIO
	Forever bool  // every operation from there on that it applies to
	Short   bool  // a write writes half of its bytes first
	Done    bool  // the operation takes place and fails all the same
}

func (f Fault) String() string {
	s := fmt.Sprintf("operation %d: %v", f.At, f.Err)
	for _, flag := range []struct {
		on   bool
		name string
	}{{f.Forever, "for good"}, {f.Short, "short"}, {f.Done, "after the fact"}} {
		if flag.on {
			s += ", " + flag.name
		}
	}
	return s
}

func (f Fault) applies(op Op) bool {
	switch {
	case f.Err == syscall.ENOSPC:
		return op.Kind == Mkdir || op.Kind == Create || op.Kind == Write || op.Kind == Lock
	case f.Err == syscall.EROFS:
		return op.changes() || op.Kind == OpenWrite
	case f.Done:
		return op.changes() && op.Kind != Sync
	}
	return true
}

// Fail arms a fault. Counting goes on from the operations so far.
func (r *Recorder) Fail(f Fault) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f.At += r.count
	r.fault, r.hit = &f, 0
}

// Heal disarms the fault and gives the first operation that it made fail,
// counted as [Fault.At] is; 0 where it met none.
func (r *Recorder) Heal() (hit int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fault = nil
	return r.hit
}

// befalls counts an operation and gives the fault that befalls it, if one does.
func (r *Recorder) befalls(op Op) *Fault {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.count++
	f := r.fault
	if f == nil || r.count < f.At || !f.applies(op) || r.hit > 0 && !f.Forever {
		return nil
	}
	if r.hit == 0 {
		r.hit = r.count
	}
	r.last = op
	return f
}

// LastFailed gives the operation that was the last one made to fail.
func (r *Recorder) LastFailed() Op {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}
