package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/vault/record"
)

func (r *room) clipboard() fyne.Clipboard { return r.shell.opt.Clipboard.Clipboard }

func TestLockClearsOnlyItsOwnClipboard(t *testing.T) {
	for _, other := range []string{"", "somebody else's text"} {
		r := openRoom(t)
		r.shell.session.Copy("+1 601 555 0142")
		if other != "" {
			r.clipboard().SetContent(other)
		}
		r.menu("Lock")
		r.untilLocked()
		if got := r.clipboard().Content(); got != other {
			t.Errorf("the clipboard holds %q, not %q", got, other)
		}
	}
}

// A copied text is cleared after the time that the practice sets, if it is
// still there; the foot of the window says so as long as it is.
func TestClipboardIsClearedAfterAWhile(t *testing.T) {
	for _, c := range []struct {
		set   int // seconds
		after time.Duration
		says  string
	}{
		{0, 30 * time.Second, "Copied, cleared after 30 seconds"},
		{15, 15 * time.Second, "Copied, cleared after 15 seconds"},
		{-1, 0, "Copied, cleared at the lock"},
	} {
		r := openRoom(t)
		r.setClipboardTime(c.set)
		foot := r.shell.session.status.clip
		r.shell.session.Copy("a note")
		if !foot.Visible() || foot.Text() != c.says {
			t.Errorf("%d: the foot says %q", c.set, foot.Text())
		}
		if c.after == 0 {
			r.idle = 0
			r.pass(5 * time.Minute)
			if got := r.clipboard().Content(); got != "a note" {
				t.Errorf("after five minutes the clipboard holds %q", got)
			}
			continue
		}
		r.pass(c.after - time.Second)
		if got := r.clipboard().Content(); got != "a note" {
			t.Errorf("%d: a second early the clipboard holds %q", c.set, got)
		}
		r.pass(time.Second)
		if got := r.clipboard().Content(); got != "" || foot.Visible() {
			t.Errorf("%d: the clipboard holds %q, and the foot says %q", c.set, got, foot.Text())
		}
	}
}

// setClipboardTime changes the practice's setting, and waits until the window
// goes by it.
func (r *room) setClipboardTime(seconds int) {
	r.t.Helper()
	p := r.shell.session.practice
	settings, err := p.Settings(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	settings.ClipboardClear = seconds
	if err := p.SetSettings(r.t.Context(), settings); err != nil {
		r.t.Fatal(err)
	}
	r.shell.session.Changed(0)
	r.until("the settings are read", func() bool {
		return r.shell.opt.Clipboard.stay == clipboardStay(record.Practice{ClipboardClear: seconds})
	})
}

// What somebody else copied meanwhile stays, and each copy has its own time.
func TestClipboardOfOthersIsNotCleared(t *testing.T) {
	r := openRoom(t)
	r.shell.session.Copy("a note")
	r.pass(20 * time.Second)
	r.shell.session.Copy("another note")
	r.pass(20 * time.Second)
	if got := r.clipboard().Content(); got != "another note" {
		t.Errorf("40 seconds after the first copy the clipboard holds %q", got)
	}
	r.clipboard().SetContent("somebody else's")
	r.pass(time.Minute)
	if got := r.clipboard().Content(); got != "somebody else's" || r.shell.session.status.clip.Visible() {
		t.Errorf("the clipboard holds %q", got)
	}
}
