package ui

import (
	"context"
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/app"
	"casekeep/ui/away"
	"casekeep/ui/desk"
)

// untilReplaced waits until the program was to be replaced, by when nobody holds
// the vault any more.
func (r *room) untilReplaced() Again {
	r.t.Helper()
	r.until("the program is replaced", func() bool { return len(r.again) > 0 })
	if len(r.again) > 1 {
		r.t.Errorf("the program was replaced %d times", len(r.again))
	}
	r.reopen()
	return r.again[0]
}

// Whatever locks the vault, the program is replaced once it is closed.
func TestEachLockReplacesTheProgram(t *testing.T) {
	for name, lock := range map[string]func(*room){
		"key":     func(r *room) { r.menu("Lock") },
		"twice":   func(r *room) { r.menu("Lock"); r.shell.Lock(); r.shell.lockIdle() },
		"idle":    func(r *room) { r.pass(time.Hour) },
		"slept":   func(r *room) { r.now = r.now.Add(time.Hour); r.shell.tickNow() },
		"sleeps":  func(r *room) { r.shell.Away(away.Sleep, func() {}) },
		"screen":  func(r *room) { r.shell.Away(away.Locked, func() {}) },
		"lockFor": func(r *room) { r.shell.lockFor(r.dir) },
	} {
		t.Run(name, func(t *testing.T) {
			r := openRoom(t)
			r.restarts()
			r.window.Resize(fyne.NewSize(1100, 720))
			r.pass(time.Second) // the resizing was input
			lock(r)
			size := r.window.Canvas().Size()
			if again := r.untilReplaced(); again.Dir != r.dir || again.Notice != "" || again.Width != size.Width || again.Height != size.Height {
				t.Errorf("it goes on with %+v", again)
			}
		})
	}
}

// A program that cannot be replaced locks in place, and says what stays behind.
func TestLockInPlaceWhereItCannotRestart(t *testing.T) {
	r := openRoom(t)
	r.restarts()
	r.refused = errors.New("no such file")
	r.menu("Lock")
	r.untilReplaced()
	r.untilLocked()
	if !r.saysLike("may still be in this computer’s memory") || r.window.Title() != "Casekeep" {
		t.Error("the locked window does not say that it was locked in place")
	}
}

// Neither quitting nor the end of the program starts it anew.
func TestQuitReplacesNothing(t *testing.T) {
	for name, quit := range map[string]func(*Shell){
		"quit":            (*Shell).Quit,
		"end":             (*Shell).End,
		"lock, then quit": func(s *Shell) { s.Lock(); s.Quit() },
		"lock, then end":  func(s *Shell) { s.Lock(); s.End() },
		"end twice":       func(s *Shell) { s.End(); s.End() },
		"sleep, then end": func(s *Shell) { s.lockAtOnce(func() {}); s.End() },
	} {
		t.Run(name, func(t *testing.T) {
			r := openRoom(t)
			r.restarts()
			r.window.SetOnClosed(func() { r.closed = true })
			quit(r.shell)
			r.until("the window is closed", func() bool { return r.closed })
			if len(r.again) > 0 {
				t.Error("the program was replaced")
			}
			r.reopen()
		})
	}
}

// The new program shows the locked page of the vault, in the old one's size, and
// tells what went wrong.
func TestGoesOnAfterARestart(t *testing.T) {
	r := openRoom(t)
	r.shell.Lock()
	r.untilLocked()
	window := test.NewWindow(nil)
	shell := New(window, Options{
		Config: r.config, Vault: r.dir, Look: r.shell.opt.Look, Clipboard: &Clipboard{Clipboard: r.clipboard()},
		Again: Again{Dir: r.dir, Notice: "The drive was full.", Width: 1100, Height: 720}, Do: func(f func()) { r.queue <- f },
	})
	r.shell, r.window = shell, window
	if size := window.Canvas().Size(); size != fyne.NewSize(1100, 720) {
		t.Errorf("the window is %v", size)
	}
	if shell.locked.Folder() != r.dir || !r.saysLike("The drive was full.") {
		t.Errorf("it asks for the passphrase of %q", shell.locked.Folder())
	}
}

// The computer sleeps once the vault is closed, for which long work ends.
func TestSleepEndsLongWork(t *testing.T) {
	r := openRoom(t)
	ended := false
	r.shell.session.Run("Importing", func(ctx context.Context, _ func(int64, int64, string)) error {
		<-ctx.Done()
		ended = true
		return ctx.Err()
	}, func(error) {})
	ready := false
	r.shell.Away(away.Sleep, func() { ready = true })
	r.until("the computer may sleep", func() bool { return ready })
	if !ended || r.shell.session != nil {
		t.Errorf("the work ended: %v; the vault is closed: %v", ended, r.shell.session == nil)
	}
	r.reopen()
	ready = false
	r.shell.Away(away.Sleep, func() { ready = true }) // it is locked already
	r.until("the computer may sleep at once", func() bool { return ready })
}

// Sleep goes on with a lock that waits for an answer.
func TestSleepAnswersForTheUser(t *testing.T) {
	r := openRoom(t)
	r.pages[desk.Clients].typed = []desk.Draft{{Client: 1, Text: "half a sentence"}}
	if err := r.shell.session.practice.Lock(); err != nil {
		t.Fatal(err)
	}
	r.menu("Lock")
	r.until("it asks", func() bool { return r.says("What you typed would be lost") })
	ready := false
	r.shell.Away(away.Sleep, func() { ready = true })
	r.until("the computer may sleep", func() bool { return ready })
	if r.shell.session != nil || !r.saysLike("could not be kept") {
		t.Error("the locked window does not say that a text was lost")
	}
}

// Neither sleep nor the end of the program waits for a backup; a lock that began
// with one gives it up.
func TestSleepGivesABackupUp(t *testing.T) {
	for _, began := range []bool{false, true} {
		r := openRoom(t)
		drive := t.TempDir()
		if err := r.shell.session.practice.AddBackupTarget(t.Context(), drive); err != nil {
			t.Fatal(err)
		}
		skipped := false
		if began {
			r.shell.Lock()
			r.until("the backup begins", func() bool { return r.shell.parting.skip != nil || r.shell.session == nil })
			if give := r.shell.parting.skip; give != nil {
				r.shell.parting.skip = func() { skipped = true; give() }
			}
		}
		ready := false
		r.shell.Away(away.Sleep, func() { ready = true })
		r.until("the computer may sleep", func() bool { return ready })
		p := r.reopen()
		b, err := p.Backups(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !began && !b.Last.IsZero() || began && !skipped {
			t.Errorf("begun before: %v; given up: %v; the last backup was at %v", began, skipped, b.Last)
		}
	}
}

// The screen's lock lets long work end first, and locks also where the idle time
// never does.
func TestScreenLockWaitsForLongWork(t *testing.T) {
	r := openRoom(t)
	r.shell.watch.limit = 0
	release, done := make(chan struct{}), false
	r.shell.session.Run("Importing", func(context.Context, func(int64, int64, string)) error {
		<-release
		return nil
	}, func(error) { done = true })
	heard := false
	r.shell.Away(away.Locked, func() { heard = true })
	r.until("it hears", func() bool { return heard })
	if r.shell.leaving {
		t.Fatal("it locked while something was being done")
	}
	close(release)
	r.until("the work is done", func() bool { return done })
	r.pass(time.Second)
	r.untilLocked()
	if p, err := app.Unlock(t.Context(), r.dir, passphrase, r.config); err != nil {
		t.Error(err)
	} else {
		_ = p.Lock()
	}
}
