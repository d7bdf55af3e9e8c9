package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// target gives the room's vault a backup folder.
func (r *room) target() string {
	r.t.Helper()
	folder := r.t.TempDir()
	if err := r.shell.session.practice.AddBackupTarget(r.t.Context(), folder); err != nil {
		r.t.Fatal(err)
	}
	if err := r.shell.session.practice.AcceptWorry(r.t.Context(), "same-disk"); err != nil {
		r.t.Fatal(err)
	}
	r.shell.session.Changed(0)
	return folder
}

// kept counts the backups in a folder.
func (r *room) kept(folder string) int {
	r.t.Helper()
	found, err := app.BackupFolders(folder)
	if err != nil {
		return 0
	}
	opened, err := app.OpenBackups(found[0], app.Secret{Passphrase: passphrase}, r.config)
	if err != nil {
		r.t.Fatal(err)
	}
	list, err := opened.List(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	return len(list)
}

func (r *room) foot() string { return r.shell.session.status.backups.Text() }

func (r *room) addClient(name string) {
	r.t.Helper()
	if _, err := r.shell.session.practice.AddClient(r.t.Context(), record.Client{Name: name, Kind: record.Individual}); err != nil {
		r.t.Fatal(err)
	}
}

func TestTheLockBacksUpFirst(t *testing.T) {
	r := openRoom(t)
	folder := r.target()
	r.until("the foot warns", func() bool { return r.foot() == "No backup yet" })
	if r.shell.session.status.backups.Color() != look.Red {
		t.Error("that there is no backup is not said in red")
	}
	r.menu("Lock")
	r.untilLocked()
	if n := r.kept(folder); n != 1 {
		t.Fatalf("%d backups were made", n)
	}
	if !r.says("Last backup just now · no restore proven yet") {
		t.Error("the locked window does not say when the vault was backed up")
	}
	r.shell.open(r.reopen())
	r.menu("Lock")
	r.untilLocked()
	if n := r.kept(folder); n != 1 {
		t.Errorf("%d backups after a lock without a change", n)
	}
}

// A backup that fails is said on the locked page and keeps nobody from locking;
// one whose drive is not there is no failure.
func TestABackupThatFailsAtTheLock(t *testing.T) {
	r := openRoom(t)
	folder := r.target()
	if err := os.WriteFile(filepath.Join(folder, "Quill Street Practice.casekeep-backup"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r.shell.Lock()
	r.untilLocked()
	if !r.saysLike("The backup into " + folder + " failed") {
		t.Error("the locked window does not say that the backup failed")
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	r.shell.open(r.reopen())
	r.shell.Lock()
	r.untilLocked()
	if r.saysLike("connect the drive") {
		t.Error("the lock nags about a drive that is not there")
	}
}

func TestLockWithoutTheBackup(t *testing.T) {
	r := openRoom(t)
	r.target()
	c := newCover()
	skipped := false
	c.backingUp(func() { skipped = true })
	r.shell.show(c.content)
	c.set(12_000_000, 40_000_000, "Backing up into drive")
	if !r.says("12.0 of 40.0 MB") {
		t.Error("the cover does not count megabytes")
	}
	r.press("Lock without it")
	if !skipped {
		t.Error("the button does nothing")
	}
}

func TestBackupsWhileTheVaultIsOpen(t *testing.T) {
	r := openRoom(t)
	folder := r.target()
	r.idle = 0
	r.pass(time.Minute)
	r.until("it backs up", func() bool { return r.foot() == "Backing up" })
	r.until("it is backed up", func() bool { return r.foot() == "Last backup just now · no restore proven yet" })
	r.until("Today is read anew", func() bool { return r.pages[desk.Today].fresh > 1 })
	r.addClient("Ada Quill")
	r.idle = -59 * time.Minute // somebody is there
	r.pass(59 * time.Minute)
	r.until("the time is told", func() bool { return strings.HasPrefix(r.foot(), "Last backup 59 minutes ago") })
	if n := r.kept(folder); n != 1 {
		t.Fatalf("%d backups before the hour is over", n)
	}
}

func TestTheDrillRunsWhileNobodyIsThere(t *testing.T) {
	r := openRoom(t)
	r.target()
	if _, err := r.shell.session.practice.BackUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	r.pass(61 * time.Second)
	r.until("it was looked at", func() bool { return strings.HasPrefix(r.foot(), "Last backup 1 minute ago") })
	r.pass(time.Minute)
	r.until("a restore is tried", func() bool { return r.foot() == "Trying a full restore" })
	r.until("it is proven", func() bool { return strings.HasSuffix(r.foot(), "last proven restore today") })
	if r.window.Canvas().Overlays().Top() != nil {
		t.Error("a drill that went well asks for attention")
	}
}

func TestInputEndsADrill(t *testing.T) {
	r := openRoom(t)
	ended := make(chan struct{})
	r.shell.session.quietly(true, "Trying a full restore", func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}, func(error) { close(ended) })
	r.pass(5 * time.Minute)
	select {
	case <-ended:
		t.Fatal("it ended by itself")
	default:
	}
	r.idle = 0
	r.shell.tickNow()
	r.until("the drill ends", func() bool { return r.shell.session.quiet == nil })
	<-ended
}

func TestTheFootLeadsToBackups(t *testing.T) {
	r := openRoom(t)
	r.shell.session.status.backups.Tapped(nil)
	if r.shell.session.shown != desk.Backups {
		t.Errorf("it leads to page %d", r.shell.session.shown)
	}
}

// Where the system ends the program no backup is waited for; the next unlock says so.
func TestAnEndWithoutABackupIsSaidAtTheNextUnlock(t *testing.T) {
	r := openRoom(t)
	folder := r.target()
	r.addClient("Ada Quill")
	if _, err := r.shell.session.practice.BackUp(r.t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	r.now = r.now.Add(time.Minute)
	r.addClient("Bo Larsen")
	r.window.SetOnClosed(func() { r.closed = true })
	r.shell.End()
	r.until("the window is closed", func() bool { return r.closed })
	if n := r.kept(folder); n != 1 {
		t.Errorf("%d backups were made", n)
	}
	state, err := r.reopen().Backups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(state.Worries) == 0 || state.Worries[0].Key != "behind" {
		t.Errorf("it says %+v", state.Worries)
	}
}
