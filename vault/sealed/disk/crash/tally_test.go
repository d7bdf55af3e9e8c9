package crash

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTally(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	t.Setenv(logEnv, log)
	Tally(t, "power loss", 3)
	t.Run("again", func(t *testing.T) { Tally(t, "full disk", 4) })
	const want = "power loss\t3\tTestTally\nfull disk\t4\tTestTally/again\n"
	if got, err := os.ReadFile(log); err != nil || string(got) != want {
		t.Errorf("the log holds %q: %v", got, err)
	}
	for env, size := range map[string]int{"": 20, "0": 20, "1": 3000} {
		t.Setenv(fullEnv, env)
		if got := Scale(20, 3000); got != size || Full() != (size == 3000) {
			t.Errorf("%q: %d", env, got)
		}
	}
}
