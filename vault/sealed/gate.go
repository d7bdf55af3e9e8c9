package sealed

import (
	"context"
	"sync"
)

// A gate lets many readers in, or one commit alone, first come first served, so
// neither starves. SQLite's own locks say the same, but by sleeping and trying
// again; here the one that waits is woken.
type gate struct {
	mu      sync.Mutex
	inside  int  // readers
	alone   bool // a commit
	waiting []*waiter
}

type waiter struct {
	alone bool
	in    chan struct{} // closed once let in
}

// enter waits to be let in, alone or beside other readers, until ctx ends.
func (g *gate) enter(ctx context.Context, alone bool) error {
	g.mu.Lock()
	w := &waiter{alone: alone, in: make(chan struct{})}
	g.waiting = append(g.waiting, w)
	g.admit()
	g.mu.Unlock()
	select {
	case <-w.in:
		return nil
	default:
	}
	select {
	case <-w.in:
		return nil
	case <-ctx.Done():
		return g.abandon(ctx, w)
	}
}

// abandon takes a waiter out of the queue, unless it was let in meanwhile.
func (g *gate) abandon(ctx context.Context, w *waiter) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, other := range g.waiting {
		if other == w {
			g.waiting = append(g.waiting[:i], g.waiting[i+1:]...)
			g.admit()
			return ctx.Err()
		}
	}
	return nil
}

func (g *gate) leave(alone bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if alone {
		g.alone = false
	} else {
		g.inside--
	}
	g.admit()
}

// admit lets in who is first and can be.
func (g *gate) admit() {
	for len(g.waiting) > 0 {
		w := g.waiting[0]
		if g.alone || w.alone && g.inside > 0 {
			return
		}
		if w.alone {
			g.alone = true
		} else {
			g.inside++
		}
		g.waiting = g.waiting[1:]
		close(w.in)
	}
}
