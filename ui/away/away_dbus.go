//go:build !windows && !darwin

package away

import (
	"context"
	"sync"
	"time"
)

const (
	// again is after how long a bus is called that did not answer or has gone.
	again = time.Minute
	// patience is how long a bus may take to answer.
	patience = 5 * time.Second
)

// watch listens to the system's bus, on which logind speaks, and to the
// session's, on which the screen's lock does. A computer without one of them,
// or with one that hangs, is asked again now and then.
func watch(ctx context.Context, tell func(Why, func())) {
	var both sync.WaitGroup
	for _, listen := range []func(context.Context, func(Why, func())) error{onSystem, onSession} {
		both.Go(func() {
			for ctx.Err() == nil {
				_ = listen(ctx, tell) // there is nobody to be told, and another try follows
				select {
				case <-ctx.Done():
				case <-time.After(again):
				}
			}
		})
	}
	both.Wait()
}
