package ui

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/vault/record"
)

// clipboardTime is for how long a text that was put on the clipboard stays
// there, unless the practice says otherwise.
const clipboardTime = 30 * time.Second

// Clipboard is the system's clipboard, and knows what was put there through
// it, to clear that after a while and when the vault is locked. Let it stand for
// the app's own.
type Clipboard struct {
	fyne.Clipboard
	put   string
	until time.Time        // when it is cleared; zero: at the lock
	stay  time.Duration    // of what is put there; below 0: until the lock
	now   func() time.Time // of the window
	said  func(string)     // told what happens to what is there; empty: nothing of ours is
}

// SetContent puts a text on the clipboard.
func (c *Clipboard) SetContent(text string) {
	c.Clipboard.SetContent(text)
	c.put, c.until = text, time.Time{}
	if c.stay >= 0 && c.now != nil {
		c.until = c.now().Add(c.stay)
	}
	c.say()
}

// keepFor sets for how long what is put there stays.
func (c *Clipboard) keepFor(stay time.Duration) { c.stay = stay }

// expire clears the clipboard once its time has come.
func (c *Clipboard) expire(now time.Time) {
	if c.put != "" && !c.until.IsZero() && !now.Before(c.until) {
		c.clear()
	}
}

// clear empties the clipboard if it still holds what was put there.
func (c *Clipboard) clear() {
	if c.put != "" && c.Content() == c.put {
		c.Clipboard.SetContent("")
	}
	c.put = ""
	c.say()
}

func (c *Clipboard) say() {
	switch {
	case c.said == nil:
	case c.put == "":
		c.said("")
	case c.until.IsZero():
		c.said("Copied, cleared at the lock")
	default:
		c.said(fmt.Sprintf("Copied, cleared after %d seconds", int(c.stay.Seconds())))
	}
}

// clipboardStay gives how long a practice lets a text stay on the clipboard.
func clipboardStay(p record.Practice) time.Duration {
	if p.ClipboardClear == 0 {
		return clipboardTime
	}
	return time.Duration(p.ClipboardClear) * time.Second
}
