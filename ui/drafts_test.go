package ui

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/vault/record"
)

// afterACrash gives the draft of the first client that a copy of the vault, as
// it lies on the disk now, holds.
func (r *room) afterACrash() string {
	r.t.Helper()
	dir := filepath.Join(r.t.TempDir(), "crashed"+app.Suffix)
	if err := os.CopyFS(dir, os.DirFS(r.dir)); err != nil {
		r.t.Fatal(err)
	}
	p, err := app.Unlock(r.t.Context(), dir, passphrase, r.config)
	if err != nil {
		r.t.Fatal(err)
	}
	defer p.Lock()
	text, err := p.Draft(r.t.Context(), 1)
	if err != nil {
		r.t.Fatal(err)
	}
	return text
}

// written gives how many bytes the vault takes.
func (r *room) written() int64 {
	r.t.Helper()
	var size int64
	err := filepath.WalkDir(r.dir, func(_ string, f fs.DirEntry, err error) error {
		if err != nil || f.IsDir() {
			return err
		}
		info, err := f.Info()
		size += info.Size()
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return size
}

// keepingEnds waits until nothing is being kept.
func (r *room) keepingEnds() {
	r.t.Helper()
	r.until("the drafts are kept", func() bool { return !r.shell.session.keeper.busy })
}

// input is what the user does now.
func (r *room) input(drafts ...desk.Draft) {
	r.idle = 0
	r.shell.touched()
	r.pages[desk.Clients].typed = drafts
}

func TestWhatIsTypedOutlivesACrash(t *testing.T) {
	r := openRoom(t)
	if _, err := r.shell.session.practice.AddClient(t.Context(), record.Client{Name: "Ada Quill", Kind: record.Individual}); err != nil {
		t.Fatal(err)
	}
	r.input(desk.Draft{Client: 1, Text: "Called back"})
	r.pass(2 * time.Second)
	r.keepingEnds()
	if text := r.afterACrash(); text != "" {
		t.Errorf("two seconds after the last input the vault holds %q", text)
	}
	r.pass(time.Second)
	r.keepingEnds()
	if text := r.afterACrash(); text != "Called back" {
		t.Fatalf("three seconds after the last input the vault holds %q", text)
	}

	size := r.written()
	r.pass(time.Second)
	r.shell.session.keeper.doubt = true // something else was saved
	r.pass(time.Second)
	r.keepingEnds()
	if now := r.written(); now != size {
		t.Errorf("nothing was typed, and the vault grew by %d bytes", now-size)
	}

	for range 31 { // typing on and on
		r.input(desk.Draft{Client: 1, Text: "Called back at 2:40"})
		r.pass(time.Second)
	}
	r.keepingEnds()
	if text := r.afterACrash(); text != "Called back at 2:40" {
		t.Errorf("while somebody types the vault holds %q", text)
	}

	r.input() // logged
	r.pass(3 * time.Second)
	r.keepingEnds()
	if text := r.afterACrash(); text != "" {
		t.Errorf("what was logged is still kept: %q", text)
	}
}

func TestTheLockHasTheLastWordOnDrafts(t *testing.T) {
	r := openRoom(t)
	r.input(desk.Draft{Client: 1, Text: "Called"})
	r.pass(3 * time.Second) // it is being kept
	r.input(desk.Draft{Client: 1, Text: "Called back"})
	r.shell.Lock()
	r.untilLocked()
	if text := r.afterACrash(); text != "Called back" {
		t.Errorf("the vault holds %q", text)
	}
}

func TestAFailureToKeepIsSaidOnce(t *testing.T) {
	r := openRoom(t)
	d := r.shell.session
	r.input(desk.Draft{Client: 1, Text: "Called"})
	if err := d.practice.Lock(); err != nil { // behind the window's back
		t.Fatal(err)
	}
	d.keepTyped(r.now, keepAfter)
	r.keepingEnds()
	if d.toasts.Text() == "" {
		t.Error("it does not say that nothing was kept")
	}
	d.toasts.Say("")
	d.keepTyped(r.now, keepAfter)
	r.input(desk.Draft{Client: 1, Text: "Called back"})
	d.keepTyped(r.now, keepAfter)
	r.keepingEnds()
	if text := d.toasts.Text(); text != "" {
		t.Errorf("it says again %q", text)
	}
}
