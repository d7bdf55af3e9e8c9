package parallel

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

func TestEach(t *testing.T) {
	for _, c := range []struct{ n, step, calls int64 }{{0, 5, 0}, {1, 5, 1}, {5, 5, 1}, {6, 5, 2}, {1000, 7, 143}} {
		var calls, covered atomic.Int64
		err := Each(context.Background(), c.n, c.step, func(at, end int64) error {
			calls.Add(1)
			covered.Add(end - at)
			return nil
		})
		if err != nil || calls.Load() != c.calls || covered.Load() != c.n {
			t.Errorf("%+v: %d calls cover %d: %v", c, calls.Load(), covered.Load(), err)
		}
	}
}

func TestEachEnds(t *testing.T) {
	no := errors.New("no")
	var calls atomic.Int64
	err := Each(context.Background(), 1_000_000, 1, func(at, _ int64) error {
		calls.Add(1)
		if at == 10 {
			return no
		}
		return nil
	})
	if err != no || calls.Load() == 1_000_000 {
		t.Errorf("after %d calls: %v", calls.Load(), err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Each(ctx, 5, 1, func(int64, int64) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
}
