package sealed

import (
	"context"
	"sync"
)

// usage counts the calls under way, so that closing can wait for them. A call
// made from within another never waits, which a read-write lock would not
// promise.
type usage struct {
	mu    sync.Mutex
	calls int
	ended bool
	idle  chan struct{} // closed once ended with no call left
}

func (u *usage) begin() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ended {
		return ErrClosed
	}
	u.calls++
	return nil
}

func (u *usage) done() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.calls--
	if u.ended && u.calls == 0 {
		close(u.idle)
	}
}

// end lets no further call in and waits for those under way. It reports false
// where the use had ended before.
func (u *usage) end() bool {
	first := u.shut()
	if first {
		<-u.idle
	}
	return first
}

// drain is end until ctx does. It may be called again.
func (u *usage) drain(ctx context.Context) error {
	u.shut()
	select {
	case <-u.idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// shut lets no further call in, and reports whether it was the first to do so.
func (u *usage) shut() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ended {
		return false
	}
	u.ended = true
	u.idle = make(chan struct{})
	if u.calls == 0 {
		close(u.idle)
	}
	return true
}
