package main

import (
	"context"
	"fmt"
	"io"
	"time"
)

// A step is one part of a long check. It prints as it goes; its error ends the
// run.
type step struct {
	name string
	do   func(context.Context) error
}

// runSteps carries the steps out in order, each under a heading and with the
// time it took, and stops at the first that fails. The last line says how many
// passed.
func runSteps(ctx context.Context, out io.Writer, now func() time.Time, steps []step) error {
	began := now()
	for i, s := range steps {
		fmt.Fprintf(out, "\n== %d of %d: %s\n", i+1, len(steps), s.name)
		start := now()
		err := s.do(ctx)
		if err == nil {
			err = ctx.Err()
		}
		took := now().Sub(start).Round(100 * time.Millisecond)
		if err != nil {
			fmt.Fprintf(out, "%v\n== failed after %v: %s\n\nsteps: %d passed, 1 failed\n", err, took, s.name, i)
			return fmt.Errorf("%s failed", s.name)
		}
		fmt.Fprintf(out, "== passed in %v\n", took)
	}
	fmt.Fprintf(out, "\nAll checks passed in %v.\nsteps: %d passed, 0 failed\n",
		now().Sub(began).Round(100*time.Millisecond), len(steps))
	return nil
}
