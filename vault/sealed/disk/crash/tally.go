package crash

import (
	"fmt"
	"os"
	"testing"
)

// The environment of a full run, which go run ./cmd/dev torture sets.
const (
	fullEnv = "CASEKEEP_TORTURE"     // 1: every state
	logEnv  = "CASEKEEP_TORTURE_LOG" // the file that Tally appends to
)

// Full reports whether a test is to try every state that it can think of. Else
// it tries a sample that takes seconds.
func Full() bool { return os.Getenv(fullEnv) == "1" }

// Scale gives the number of states to try: full in a full run, else sampled.
func Scale(sampled, full int) int {
	if Full() {
		return full
	}
	return sampled
}

// Tally notes that a test has tried so many more states of a class of faults,
// such as "power loss". What failed the test tells by failing.
func Tally(t testing.TB, class string, states int) {
	t.Helper()
	t.Logf("%s: %d states", class, states)
	if err := tally(os.Getenv(logEnv), class, states, t.Name()); err != nil {
		t.Errorf("the tally: %v", err)
	}
}

// tally appends one line in one write, so that those of two processes do not mix.
func tally(path, class string, states int, what string) error {
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(f, "%s\t%d\t%s\n", class, states, what); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
