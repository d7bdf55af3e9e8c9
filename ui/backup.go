package ui

import (
	"context"
	"errors"
	"time"

	"casekeep/app"
	"casekeep/ui/backups"
	"casekeep/ui/desk"
)

// When backups are looked after.
const (
	lookEvery   = time.Minute
	drillAfter  = 2 * time.Minute // without input
	inputLately = 2 * time.Second
)

// quiet is work for the backups that nobody waits for.
type quiet struct {
	cancel context.CancelFunc
	drill  bool
}

// quietly runs something off the main goroutine that nothing waits for; locking
// cancels it.
func (d *session) quietly(drill bool, said string, job func(context.Context) error, done func(error)) {
	ctx, cancel := context.WithCancel(d.ctx)
	d.quiet = &quiet{cancel, drill}
	d.status.backing(said)
	d.busy.Add(1)
	go func() {
		defer d.busy.Done()
		err := job(ctx)
		cancel()
		d.shell.opt.Do(func() {
			d.quiet = nil
			if d.closed {
				return
			}
			done(err)
			d.lookAtBackups()
			for _, page := range []desk.Page{desk.Backups, desk.Today} {
				d.pages[page].Refresh(0)
			}
		})
	}()
}

// tendBackups looks once a minute whether a backup is due, or a restore drill
// while nobody is there. Input ends a drill.
func (d *session) tendBackups(now time.Time, idle time.Duration) {
	if d.quiet != nil {
		if d.quiet.drill && idle < inputLately {
			d.quiet.cancel()
		}
		return
	}
	if d.work != nil || now.Sub(d.looked) < lookEvery {
		return
	}
	d.looked = now
	var state app.Backups
	var backUp, drill bool
	d.Load(func(ctx context.Context) (err error) {
		if state, err = d.practice.Backups(ctx); err != nil {
			return err
		}
		if backUp, err = d.practice.BackupDue(ctx); err != nil {
			return err
		}
		drill, err = d.practice.DrillDue(ctx)
		return err
	}, func(err error) {
		switch {
		case err != nil || d.work != nil || d.quiet != nil || d.shell.leaving: // it is asked again
		case backUp:
			d.backUpQuietly()
		case drill && idle >= drillAfter:
			d.drillQuietly()
		default:
			d.showBackups(state)
		}
	})
}

// backUpQuietly backs up in the background. What fails stands at the foot, on
// Today and on the page.
func (d *session) backUpQuietly() {
	d.quietly(false, "Backing up", func(ctx context.Context) error {
		_, err := d.practice.BackUp(ctx, nil)
		return err
	}, func(error) {})
}

// drillQuietly tries a restore in the background, and says only what is wrong.
func (d *session) drillQuietly() {
	var found app.Drilled
	d.quietly(true, "Trying a full restore", func(ctx context.Context) (err error) {
		found, err = d.practice.Drill(ctx, nil)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			d.Fail(err)
		case !found.Whole:
			backups.TellDrilled(d.shell.window, found)
		}
	})
}

// lookAtBackups says at the foot how the backups stand.
func (d *session) lookAtBackups() {
	var state app.Backups
	d.Load(func(ctx context.Context) (err error) {
		state, err = d.practice.Backups(ctx)
		return err
	}, func(err error) {
		if err == nil { // the page says what is wrong
			d.showBackups(state)
		}
	})
}

// showBackups says at the foot how the backups stand, unless something is being
// done for them.
func (d *session) showBackups(state app.Backups) {
	if !d.closed && d.quiet == nil {
		d.status.backedUp(state, d.shell.opt.Now())
	}
}
