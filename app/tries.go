package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"time"
)

// triesFile is where this computer remembers, for the vault in each folder, how
// many wrong passphrases were typed one after the other, and which keys were
// shown to open it while it was locked. It holds folders, counts, times and
// the names of holders; no passphrase and no key.
//
// It slows down whoever sits at this computer. Somebody who has the vault's files
// guesses on a computer of their own, as fast as scrypt allows; only a strong
// passphrase helps there.
type triesFile string

type triedVault struct {
	Wrong  int                  `json:"wrong,omitempty"` // one after the other
	Since  int                  `json:"since,omitempty"` // all of them since the last unlock
	Last   time.Time            `json:"last,omitzero"`
	Tested map[string]time.Time `json:"tested,omitempty"` // by the holder's name
}

// How long one waits: not at all for the first wrong passphrases, then twice as
// long after each.
const (
	freeTries    = 2
	firstWait    = 2 * time.Second
	longestWait  = time.Minute
	triesForgot  = 24 * time.Hour
	doublingEnds = 5 // more of them exceed longestWait
)

// WaitError says that the passphrase cannot be tried yet.
type WaitError struct {
	Wrong int           // passphrases that were wrong one after the other
	Left  time.Duration // until the next can be tried
}

func (e *WaitError) Error() string {
	return fmt.Sprintf("%d wrong passphrases were typed one after the other: the next can be tried in %s", e.Wrong, e.Words())
}

// Words says how long is left, in whole seconds.
func (e *WaitError) Words() string {
	left := int((e.Left + time.Second - 1) / time.Second)
	if left == 1 {
		return "1 second"
	}
	return fmt.Sprintf("%d seconds", left)
}

// waitAfter gives how long one waits after so many wrong passphrases.
func waitAfter(wrong int) time.Duration {
	if wrong <= freeTries {
		return 0
	}
	return min(firstWait<<min(wrong-freeTries-1, doublingEnds), longestWait)
}

func (c Config) tries() triesFile { return triesFile(stateFile(c.StateDir, "tries.json")) }

func (c Config) clock() time.Time {
	if c.Now != nil {
		return c.Now()
	}
	return time.Now()
}

// Waiting gives how long the passphrase of the vault in a folder cannot be tried;
// nil: it can be.
func (c Config) Waiting(dir string) *WaitError {
	t := c.tries().load()[wholePath(dir)]
	if now := c.clock(); t.Last.After(now) { // the clock was set back: one waits anew, and not until it has caught up
		c.tries().change(dir, func(t *triedVault) { t.Last = now })
		t.Last = now
	}
	wait := waitAfter(t.Wrong)
	left := wait - c.clock().Sub(t.Last)
	if left <= 0 {
		return nil
	}
	return &WaitError{t.Wrong, left}
}

// guarded tries a passphrase of the vault in a folder, unless one has to wait,
// and remembers whether it was wrong.
func (c Config) guarded(dir string, try func() error) error {
	if wait := c.Waiting(dir); wait != nil {
		return wait
	}
	err := try()
	switch {
	case err == nil:
		c.tries().change(dir, func(t *triedVault) { t.Wrong, t.Last = 0, time.Time{} })
	case errors.Is(err, ErrPassphrase):
		c.tries().change(dir, func(t *triedVault) {
			if c.clock().Sub(t.Last) > triesForgot {
				t.Wrong = 0
			}
			t.Wrong, t.Since, t.Last = t.Wrong+1, t.Since+1, c.clock()
		})
	}
	return err
}

// unlocked lets the count of the vault in a folder start anew, and says how many
// passphrases were wrong before; "": none.
func (c Config) unlocked(dir string) string {
	since := 0
	c.tries().change(dir, func(t *triedVault) {
		since = t.Since
		t.Wrong, t.Since, t.Last = 0, 0, time.Time{}
	})
	switch since {
	case 0:
		return ""
	case 1:
		return "1 wrong passphrase was entered on this computer since the last unlock"
	}
	return fmt.Sprintf("%d wrong passphrases were entered on this computer since the last unlock", since)
}

func wholePath(dir string) string {
	if whole, err := filepath.Abs(dir); err == nil {
		return whole
	}
	return dir
}

func (f triesFile) load() map[string]triedVault {
	all := map[string]triedVault{}
	text, err := readRemembered(string(f))
	if err != nil || json.Unmarshal(text, &all) != nil {
		return map[string]triedVault{}
	}
	return all
}

// change notes something of the vault in a folder. A computer that cannot
// remember works on; it only cannot slow anybody down over a restart.
func (f triesFile) change(dir string, change func(*triedVault)) {
	inTurn(string(f), func() {
		all := f.load()
		before := len(all)
		t := all[wholePath(dir)]
		change(&t)
		all[wholePath(dir)] = t
		maps.DeleteFunc(all, func(_ string, t triedVault) bool { return t.Wrong == 0 && t.Since == 0 && len(t.Tested) == 0 })
		if len(all) == 0 && before == 0 {
			return
		}
		if text, err := json.MarshalIndent(all, "", "  "); err == nil {
			_ = replaceFile(string(f), text)
		}
	})
}
