package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
)

const mistyped = "ladder ochre Venise 42"

// Wrong passphrases slow down from the third on, over restarts of the program,
// and nobody waits for longer than a minute.
func TestWrongPassphrasesSlowDown(t *testing.T) {
	w := newWorld(t)
	w.must(w.Lock())
	wrong := func() error { return w.unlock(app.Secret{Passphrase: mistyped}) }
	for _, wait := range []time.Duration{0, 0, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 32 * time.Second, time.Minute, time.Minute} {
		if err := wrong(); !errors.Is(err, app.ErrPassphrase) {
			t.Fatalf("a wrong passphrase: %v", err)
		}
		left := w.config.Waiting(w.dir)
		if wait == 0 {
			if left != nil {
				t.Errorf("it waits for %s after the first", left.Left)
			}
			continue
		}
		if left == nil || left.Left != wait {
			t.Fatalf("it waits for %+v, want %s", left, wait)
		}
		var waiting *app.WaitError
		if err := w.unlock(app.Secret{Passphrase: passphrase}); !errors.As(err, &waiting) || !strings.Contains(err.Error(), "seconds") {
			t.Errorf("the right passphrase meanwhile: %v", err)
		}
		w.now = w.now.Add(wait)
	}
	// A clock that is set back makes nobody wait for longer.
	w.now = w.now.AddDate(-1, 0, 0)
	if left := w.config.Waiting(w.dir); left == nil || left.Left > time.Minute {
		t.Errorf("after the clock was set back: %+v", left)
	}
	w.now = w.now.AddDate(1, 0, 0)
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	w.must(w.Lock())
	if err := wrong(); !errors.Is(err, app.ErrPassphrase) || w.config.Waiting(w.dir) != nil {
		t.Errorf("the right one did not end it: %v", err)
	}
	state, err := os.ReadFile(filepath.Join(w.config.StateDir, "tries.json"))
	w.must(err)
	if text := string(state); !strings.Contains(text, w.dir) || strings.Contains(text, mistyped) || strings.Contains(text, passphrase) {
		t.Errorf("what is remembered: %s", text)
	}
}

// A clock that ran ahead while somebody mistyped keeps nobody out once it is
// right again: one waits for as long as ever, from then on.
func TestClockThatRanAheadKeepsNobodyOut(t *testing.T) {
	w := newWorld(t)
	w.must(w.Lock())
	w.now = w.now.AddDate(10, 0, 0)
	for range 3 {
		_ = w.unlock(app.Secret{Passphrase: mistyped})
	}
	w.now = w.now.AddDate(-10, 0, 0)
	left := w.config.Waiting(w.dir)
	if left == nil {
		t.Fatal("a clock that is set back spares the wait")
	}
	w.now = w.now.Add(left.Left)
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
}

// A key is not slowed down: nobody guesses one.
func TestKeysDoNotWait(t *testing.T) {
	w := newWorld(t)
	key, _ := w.sheet()
	w.must(w.Lock())
	for range 3 {
		_ = w.unlock(app.Secret{Passphrase: mistyped})
	}
	if w.config.Waiting(w.dir) == nil {
		t.Fatal("wrong passphrases do not wait")
	}
	w.must(w.unlock(app.Secret{Typed: key}))
	if left := w.config.Waiting(w.dir); left != nil {
		t.Errorf("the key opened the vault, and the passphrase waits: %+v", left)
	}
	for range 3 {
		_ = w.ChangePassphrase(ctx, app.Secret{Passphrase: mistyped}, otherPassphrase)
	}
	if err := w.ChangePassphrase(ctx, app.Secret{Passphrase: passphrase}, otherPassphrase); err == nil {
		t.Error("the passphrase was tried within the vault without waiting")
	}
}

// The unlock after wrong passphrases says how many there were, once; those of
// other days count.
func TestUnlockSaysHowManyWereWrong(t *testing.T) {
	w := newWorld(t)
	key, _ := w.sheet()
	w.must(w.Lock())
	said := func(s app.Secret, want string) {
		t.Helper()
		w.must(w.unlock(s))
		if all := strings.Join(w.Warnings(), "; "); all != want {
			t.Errorf("the unlock says %q, not %q", all, want)
		}
		w.must(w.Lock())
	}
	said(app.Secret{Passphrase: passphrase}, "")
	for range 2 {
		_ = w.unlock(app.Secret{Passphrase: mistyped})
		w.now = w.now.AddDate(0, 0, 2)
	}
	said(app.Secret{Typed: key}, "2 wrong passphrases were entered on this computer since the last unlock")
	said(app.Secret{Typed: key}, "")
	_ = w.unlock(app.Secret{Passphrase: mistyped})
	said(app.Secret{Passphrase: passphrase}, "1 wrong passphrase was entered on this computer since the last unlock")
	said(app.Secret{Passphrase: passphrase}, "")
}

// A secret key in the passphrase's place is no guess: it is not counted, and where
// it belongs is said.
func TestKeyInThePassphrasesPlace(t *testing.T) {
	w := newWorld(t)
	key, _ := w.sheet()
	w.must(w.Lock())
	whole := "AGE-SECRET-KEY-PQ-1" + strings.ToUpper(key)
	for _, typed := range []string{whole, " " + strings.ToLower(whole), whole, "age-secret-key-1 cut off"} {
		if err := w.unlock(app.Secret{Passphrase: typed}); err == nil || errors.Is(err, app.ErrPassphrase) || !strings.Contains(err.Error(), "Use a recovery key") {
			t.Errorf("a key as the passphrase: %v", err)
		}
	}
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	if len(w.Warnings()) > 0 {
		t.Errorf("keys were counted: %q", w.Warnings())
	}
}
