package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// reopen unlocks the room's vault beside the window.
func (r *room) reopen() *app.Practice {
	r.t.Helper()
	p, err := app.Unlock(r.t.Context(), r.dir, passphrase, r.config)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = p.Lock() })
	return p
}

func TestIdleLockKeepsWhatWasTyped(t *testing.T) {
	r := openRoom(t)
	client, err := r.shell.session.practice.AddClient(t.Context(), record.Client{Name: "Ada Quill", Kind: record.Individual})
	if err != nil {
		t.Fatal(err)
	}
	const text = "Called back at 2:40. We moved"
	r.pages[desk.Clients].typed = []desk.Draft{{Client: client.ID, Text: text}}

	r.pass(9*time.Minute + 20*time.Second)
	if toast := r.shell.session.toasts.Text(); toast != "" {
		t.Errorf("40 seconds before the lock the window says %q", toast)
	}
	r.pass(15 * time.Second)
	if toast := r.shell.session.toasts.Text(); !strings.Contains(toast, "locking in 25 seconds") {
		t.Errorf("25 seconds before the lock the window says %q", toast)
	}
	r.idle = 0 // somebody is back
	r.pass(time.Second)
	r.pass(9*time.Minute + 58*time.Second)
	if r.shell.session == nil || r.shell.leaving {
		t.Fatal("it locked one second early")
	}
	r.pass(time.Second)
	r.untilLocked()
	if title := r.window.Title(); title != "Casekeep" {
		t.Errorf("the locked window's title is %q", title)
	}
	if draft, err := r.reopen().Draft(t.Context(), client.ID); err != nil || draft != text {
		t.Errorf("the draft is %q, %v", draft, err)
	}
}

func TestIdleTimeNeverLocksWhereItIsOff(t *testing.T) {
	r := openRoom(t)
	p := r.shell.session.practice
	settings, err := p.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	settings.IdleLock = 0
	if err := p.SetSettings(t.Context(), settings); err != nil {
		t.Fatal(err)
	}
	r.shell.session.Changed(0)
	r.until("the idle time is off", func() bool { return r.shell.watch.limit == 0 })
	r.pass(24 * time.Hour)
	if r.shell.session == nil || r.shell.leaving {
		t.Error("it locked")
	}
}

func TestLockWhenTheComputerSlept(t *testing.T) {
	r := openRoom(t)
	r.idle = 0
	r.now = r.now.Add(8 * time.Second) // a hiccup
	r.shell.tickNow()
	if r.shell.leaving {
		t.Fatal("it locked after eight seconds")
	}
	r.now = r.now.Add(time.Hour) // the wall's clock went on; the machine stood still
	r.shell.tickNow()
	r.untilLocked()
}

func TestIdleLockWaitsForLongWork(t *testing.T) {
	r := openRoom(t)
	release := make(chan struct{})
	done := false
	r.shell.session.Run("Importing", func(context.Context, func(int64, int64, string)) error {
		<-release
		return nil
	}, func(error) { done = true })
	r.pass(time.Hour)
	if r.shell.leaving {
		t.Fatal("it locked while something was being done")
	}
	close(release)
	r.until("the work is done", func() bool { return done })
	r.pass(time.Second)
	r.untilLocked()
}

func TestWithoutTheSystemsIdleTimeTheWindowsOwnInputCounts(t *testing.T) {
	r := openRoom(t)
	r.shell.opt.Idle = nil
	field := kit.NewField("Notes")
	r.shell.session.host.Objects = []fyne.CanvasObject{field}
	r.shell.session.host.Refresh()
	r.window.Canvas().Focus(field.Entry())
	for range 3 {
		r.pass(9 * time.Minute)
		test.Type(field.Entry(), "x")
	}
	r.pass(time.Second)
	if r.shell.session == nil || r.shell.leaving {
		t.Fatal("it locked while somebody typed")
	}
	r.pass(10 * time.Minute)
	r.untilLocked()
}

func TestOpeningCountsAsInput(t *testing.T) {
	r := openRoom(t)
	r.idle = time.Hour // before the vault was opened, as by a script
	r.pass(time.Second)
	if r.shell.session == nil || r.shell.leaving {
		t.Error("it locked at once")
	}
}

func TestSealsWhenNobodyIsThere(t *testing.T) {
	r := openRoom(t)
	p := r.shell.session.practice
	if p.Unsealed() == 0 {
		t.Fatal("a new vault has nothing to seal: the test shows nothing")
	}
	r.pass(59 * time.Second)
	if r.shell.session.sealing {
		t.Error("it seals before a minute has passed")
	}
	r.pass(time.Second)
	r.until("everything is sealed", func() bool { return p.Unsealed() == 0 && !r.shell.session.sealing })
}

func TestLockClosesDialogsAndForgetsPages(t *testing.T) {
	r := openRoom(t)
	session := r.shell.session
	kit.Tell(r.window, "Ada Quill", "A dialog with a name in it")
	r.menu("Lock")
	if r.says("A dialog with a name in it") {
		t.Error("the dialog still stands over the window while it locks")
	}
	r.untilLocked()
	called := false
	session.Load(func(context.Context) error { called = true; return nil }, func(error) { called = true })
	session.Run("Late", func(context.Context, func(int64, int64, string)) error { called = true; return nil }, func(error) { called = true })
	session.Go(desk.Place{Page: desk.Inbox})
	session.Toast("late", "", nil)
	session.Fail(os.ErrInvalid)
	if called || len(session.pages) > 0 || r.window.Canvas().Overlays().Top() != nil {
		t.Error("the locked session still does something")
	}
}

// A vault that cannot take the draft any more is made by locking it behind the
// window's back.
func TestTextThatCannotBeKeptIsAskedAbout(t *testing.T) {
	r := openRoom(t)
	session := r.shell.session
	r.pages[desk.Clients].typed = []desk.Draft{{Client: 1, Text: "half a sentence"}}
	if err := session.practice.Lock(); err != nil {
		t.Fatal(err)
	}
	asked := func() bool { return r.says("What you typed would be lost") }

	r.menu("Lock")
	r.until("it asks", asked)
	r.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if r.shell.leaving || r.shell.session != session || !r.shown(session.content) {
		t.Fatal("going back does not lead to the page")
	}

	r.menu("Lock")
	r.until("it asks again", asked)
	r.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	r.untilLocked()
	if r.shown(session.content) {
		t.Error("the pages still stand in the window")
	}
}

func (r *room) shown(o fyne.CanvasObject) bool {
	return len(r.shell.root.Objects) == 1 && r.shell.root.Objects[0] == o
}

// When nobody is there to be asked the vault is locked, and says what was lost.
func TestIdleLockSaysWhatCouldNotBeKept(t *testing.T) {
	r := openRoom(t)
	r.pages[desk.Clients].typed = []desk.Draft{{Client: 1, Text: "half a sentence"}}
	if err := r.shell.session.practice.Lock(); err != nil {
		t.Fatal(err)
	}
	r.pass(time.Hour)
	r.untilLocked()
	found := false
	for _, o := range test.LaidOutObjects(r.window.Content()) {
		if text, ok := o.(*kit.Text); ok && strings.Contains(text.Text(), "could not be kept") {
			found = true
		}
	}
	if !found {
		t.Error("the locked window does not say that a text was lost")
	}
}

func TestQuitLocksFirst(t *testing.T) {
	r := openRoom(t)
	r.window.SetOnClosed(func() { r.closed = true })
	r.shell.Quit()
	if r.closed {
		t.Fatal("the window closed before the vault was locked")
	}
	r.until("the window is closed", func() bool { return r.closed })
	if p := r.reopen(); p.Unsealed() > 1 { // the opening itself is audited
		t.Errorf("%d changes were not sealed when it quit", p.Unsealed())
	}
}

func TestLockCancelsLongWork(t *testing.T) {
	r := openRoom(t)
	ended := make(chan error, 1)
	r.shell.session.Run("Importing", func(ctx context.Context, _ func(int64, int64, string)) error {
		<-ctx.Done()
		ended <- ctx.Err()
		return ctx.Err()
	}, func(error) {})
	r.shell.Lock()
	r.untilLocked()
	if err := <-ended; err != context.Canceled {
		t.Errorf("the work ended with %v", err)
	}
}

func TestEscapeCancelsLongWork(t *testing.T) {
	r := openRoom(t)
	var got error
	done := false
	r.shell.session.Run("Importing", func(ctx context.Context, report func(int64, int64, string)) error {
		report(3200, 7360, "sms.xml")
		<-ctx.Done()
		return ctx.Err()
	}, func(err error) { done, got = true, err })
	r.until("the count shows", func() bool { return r.says("3,200 of 7,360") })
	before := len(r.pages[desk.Clients].keys)
	r.menu("Log a contact")
	if len(r.pages[desk.Clients].keys) > before {
		t.Error("a shortcut reached the page under long work")
	}
	r.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	r.until("the work is done", func() bool { return done })
	if got != context.Canceled || r.window.Canvas().Overlays().Top() != nil {
		t.Errorf("it ended with %v; over the window there is %v", got, r.window.Canvas().Overlays().Top())
	}
}

func TestOlderCopyOfAVaultIsSaid(t *testing.T) {
	r := openRoom(t)
	r.shell.Lock()
	r.untilLocked()
	copied := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(copied, os.DirFS(r.dir)); err != nil {
		t.Fatal(err)
	}
	p := r.reopen()
	if _, err := p.AddClient(t.Context(), record.Client{Name: "Ada Quill", Kind: record.Individual}); err != nil {
		t.Fatal(err)
	}
	if err := p.Lock(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(r.dir); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(r.dir, os.DirFS(copied)); err != nil {
		t.Fatal(err)
	}
	field := r.window.Canvas().Focused()
	test.Type(field, passphrase)
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	r.until("the vault is open", func() bool { return r.shell.session != nil })
	if !r.says("Before you go on") {
		t.Error("nothing warns of the older copy")
	}
}

// The main menu's shortcuts are the program's global keys, each of its own.
func TestShortcutsAreOneEach(t *testing.T) {
	r := openRoom(t)
	seen := map[string]string{}
	for _, menu := range r.window.MainMenu().Items {
		for _, i := range menu.Items {
			if i.Shortcut == nil {
				continue
			}
			name := i.Shortcut.ShortcutName()
			if other, twice := seen[name]; twice {
				t.Errorf("%q and %q have the same shortcut", other, i.Label)
			}
			seen[name] = kit.MenuLabel(i)
		}
	}
	for key, label := range map[fyne.KeyName]string{
		fyne.KeyK: "Find anything", fyne.KeyN: "Log a contact", fyne.KeyI: "Import", fyne.KeyP: "Produce the record",
		fyne.KeyL: "Lock", fyne.KeyH: "Hide names and previews", fyne.Key1: "Today", fyne.Key3: "Inbox", fyne.Key4: "Requests", fyne.Key5: "Retention", fyne.Key7: "Backups", fyne.Key8: "Practice", fyne.KeyQ: "Quit",
	} {
		shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
		if got := seen[shortcut.ShortcutName()]; got != label {
			t.Errorf("Ctrl+%s does %q, not %q", key, got, label)
		}
	}
}
