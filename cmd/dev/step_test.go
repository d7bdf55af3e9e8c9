package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// ticking is a clock that a second passes on at each look.
func ticking() func() time.Time {
	now := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

func TestRunStepsStopsAtTheFirstFailure(t *testing.T) {
	var done []string
	named := func(name string, err error) step {
		return step{name, func(context.Context) error { done = append(done, name); return err }}
	}
	var out strings.Builder
	err := runSteps(t.Context(), &out, ticking(), []step{
		named("set-up", nil), named("vet", errors.New("ui/today.go:3: bad verb")), named("tests", nil),
	})
	if err == nil || err.Error() != "vet failed" {
		t.Errorf("got %v", err)
	}
	if want := []string{"set-up", "vet"}; !slices.Equal(done, want) {
		t.Errorf("it did %q, want %q", done, want)
	}
	const want = `
== 1 of 3: set-up
== passed in 1s

== 2 of 3: vet
ui/today.go:3: bad verb
== failed after 1s: vet

steps: 1 passed, 1 failed
`
	if out.String() != want {
		t.Errorf("it printed\n%s", out.String())
	}
}

func TestRunStepsSaysHowManyPassed(t *testing.T) {
	var out strings.Builder
	good := step{"vet", func(context.Context) error { return nil }}
	if err := runSteps(t.Context(), &out, ticking(), []step{good, good}); err != nil {
		t.Fatal(err)
	}
	if want := "\nAll checks passed in 5s.\nsteps: 2 passed, 0 failed\n"; !strings.HasSuffix(out.String(), want) {
		t.Errorf("it printed\n%s", out.String())
	}
}

func TestRunStepsStopsWhenInterrupted(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	var out strings.Builder
	err := runSteps(ctx, &out, ticking(), []step{
		{"tests", func(context.Context) error { interrupt(); return nil }},
		{"tour", func(context.Context) error { t.Error("went on after the interrupt"); return nil }},
	})
	if err == nil || !strings.Contains(out.String(), "steps: 0 passed, 1 failed") {
		t.Errorf("got %v, and\n%s", err, out.String())
	}
}

func TestStepsOfTheWholeCheck(t *testing.T) {
	names := func(steps []step) string {
		var all []string
		for _, s := range steps {
			all = append(all, s.name)
		}
		return strings.Join(all, ", ")
	}
	const quick = "set-up, formatting, the tags a build needs, build, headless build, vet, headless vet, staticcheck, tests, headless tests"
	linux, mac := &project{goos: "linux"}, &project{goos: "darwin"}
	for _, try := range []struct{ got, want string }{
		{names(linux.everyStep(false)), quick + ", tour of the desktop"},
		{names(linux.everyStep(true)), quick},
		{names(mac.everyStep(false)), quick}, // no Xvfb there
		{names(linux.stepsFor([]string{"./vault"}, false)), "set-up, formatting, vet, staticcheck, tests"},
	} {
		if try.got != try.want {
			t.Errorf("got  %s\nwant %s", try.got, try.want)
		}
	}
}
