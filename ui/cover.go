package ui

import (
	"context"
	"errors"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// cover hides the pages while the vault is being locked.
type cover struct {
	content fyne.CanvasObject
	host    *fyne.Container
	bar     *kit.Progress
	text    string
}

func newCover() *cover {
	c := &cover{host: container.NewStack(kit.Middle(200, kit.Busy("Locking")))}
	c.content = kit.On(look.Ground, c.host)
	return c
}

// backingUp shows how far the backup is, and lets the vault be locked without
// it.
func (c *cover) backingUp(skip func()) {
	c.bar = kit.NewProgress("", nil).Bytes(app.Size)
	var without *kit.Button
	without = kit.NewButton("Lock without it", func() {
		without.Disable()
		skip()
	})
	c.put(kit.Middle(460, kit.Card(kit.Pad(20, 24, 20, 24, kit.Column(10,
		kit.NewHeading("Backing up before the lock"), c.bar, kit.Row(0, kit.Space(), without))))))
}

// done shows that what is left takes no time.
func (c *cover) done() { c.put(kit.Middle(200, kit.Busy("Locking"))) }

func (c *cover) put(o fyne.CanvasObject) {
	c.host.Objects = []fyne.CanvasObject{o}
	c.host.Refresh()
}

func (c *cover) set(done, total int64, text string) {
	if text != c.text {
		c.text = text
		c.bar.SetText(text)
	}
	c.bar.Set(int(done), int(total))
}

// stalled is after how long without any progress a backup keeps nobody from
// locking any more.
const stalled = time.Minute

var errStalled = errors.New("the backup was given up: for a minute nothing came of it, so look at the drive or the network")

// backUpFirst backs the vault up before it is locked, where a folder is there
// and something changed, and goes on with what failed.
func (s *Shell) backUpFirst(d *session, c *cover, then func(error)) {
	if d.practice.Executor() != nil || s.parting.hurry {
		then(nil)
		return
	}
	if d.quiet != nil && d.quiet.drill {
		d.quiet.cancel()
	}
	ctx, cancel := context.WithCancelCause(d.ctx)
	watch := time.AfterFunc(stalled, func() { cancel(errStalled) })
	skip := func() {
		cancel(nil)
		d.cancel() // also what was begun before
	}
	var mu sync.Mutex
	var last time.Time
	s.parting.skip = skip
	report := func(done, total int64, text string) {
		watch.Reset(stalled)
		mu.Lock()
		first, late := last.IsZero(), time.Since(last) > tenth
		if late {
			last = time.Now()
		}
		mu.Unlock()
		if late {
			s.opt.Do(func() {
				if first {
					c.backingUp(skip)
				}
				c.set(done, total, text)
			})
		}
	}
	var list []app.BackedUp
	d.background(func() (err error) {
		list, err = d.practice.BackUp(ctx, report)
		watch.Stop()
		return err
	}, func(err error) {
		s.parting.skip = nil
		gaveUp := context.Cause(ctx)
		cancel(nil)
		c.done()
		if errors.Is(gaveUp, errStalled) {
			then(gaveUp)
			return
		}
		then(unmade(list, err))
	})
}

// unmade gives what failed of a backup that should have been made: a drive that
// is not connected is no failure, and what was canceled was canceled by the user.
func unmade(list []app.BackedUp, err error) error {
	var failed []error
	for _, b := range list {
		if b.Err != nil && !b.Away && !errors.Is(b.Err, context.Canceled) {
			failed = append(failed, b.Err)
		}
	}
	if len(list) == 0 && err != nil && !errors.Is(err, app.ErrNoTarget) && !errors.Is(err, context.Canceled) {
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}
