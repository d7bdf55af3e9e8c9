// Package parallel cuts work into pieces for all cores.
package parallel

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Each cuts 0 to n into pieces of step and calls do for each, on all cores and
// in no order, until one call fails or ctx ends. It gives the first error.
func Each(ctx context.Context, n, step int64, do func(at, end int64) error) error {
	within, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(int64(runtime.GOMAXPROCS(0)), (n+step-1)/step) {
		workers.Go(func() {
			for within.Err() == nil {
				at := (next.Add(1) - 1) * step
				if at >= n {
					return
				}
				if err := do(at, min(at+step, n)); err != nil {
					cancel(err)
				}
			}
		})
	}
	workers.Wait()
	return context.Cause(within)
}
