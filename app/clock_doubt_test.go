package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
)

// A clock that stands years off is reported at unlock, before anything is written
// by it; one that a break or a change of the hour explains is not.
func TestWrongClockIsReported(t *testing.T) {
	p := newPractice(t)
	dir, c := p.Dir(), config(t)
	addClient(t, p, "Ada Quill")
	if err := p.Lock(); err != nil {
		t.Fatal(err)
	}
	used := c.Now()
	for _, try := range []struct {
		now    time.Time
		reason string
	}{
		{used, ""},
		{used.Add(-time.Hour), ""},
		{used.AddDate(1, 0, 0), ""},
		{used.AddDate(50, 0, 0), "a vault’s time never goes back"},
		{used.AddDate(-30, 0, 0), "set the clock; until then"},
		{time.Unix(0, 0), "set the clock; until then"},
	} {
		c.Now = func() time.Time { return try.now }
		copied := filepath.Join(t.TempDir(), "v")
		if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		c.StateDir = t.TempDir()
		viewed, err := app.Unlock(ctx, copied, passphrase, c)
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Join(viewed.Warnings(), "; ")
		if (try.reason == "") != (said == "") || !strings.Contains(said, try.reason) {
			t.Errorf("at %s it says %q", try.now, said)
		}
		if err := viewed.Lock(); err != nil {
			t.Error(err)
		}
	}
}
