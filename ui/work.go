package ui

import (
	"context"
	"errors"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// slow is how long something may take before the window says that it waits.
const slow = 400 * time.Millisecond

// tenth is how often a bar is brought up to date.
const tenth = 100 * time.Millisecond

// Load fetches something off the main goroutine.
func (d *session) Load(fetch func(ctx context.Context) error, done func(error)) {
	if d.closed {
		return
	}
	d.busy.Add(1)
	finished := false // on the main goroutine
	wait := time.AfterFunc(slow, func() {
		d.shell.opt.Do(func() {
			if !finished && !d.closed {
				d.status.waiting("Loading")
			}
		})
	})
	go func() {
		defer d.busy.Done()
		err := fetch(d.ctx)
		wait.Stop()
		d.shell.opt.Do(func() {
			finished = true
			if !d.closed {
				d.status.update(d.practice)
				done(err)
			}
		})
	}()
}

// work is something long that covers the window while it runs.
type work struct {
	session  *session
	cancel   context.CancelFunc
	over     chan struct{} // closed when it has ended
	layer    fyne.CanvasObject
	bar      *kit.Progress
	mu       sync.Mutex
	shown    time.Time // when the bar was last brought up to date
	told     string    // what was said to be done last
	text     string    // what the bar says, which belongs to the main goroutine
	canceled bool
}

var errWorking = errors.New("something else is still being done: wait for its end, or cancel it")

// Run does long work behind a progress bar.
func (d *session) Run(title string, job desk.Work, done func(error)) {
	d.run(title, kit.NewProgress, job, done)
}

// RunBytes is Run for work that counts bytes.
func (d *session) RunBytes(title string, job desk.Work, done func(error)) {
	d.run(title, func(what string, cancel func()) *kit.Progress { return kit.NewProgress(what, cancel).Bytes(app.Size) }, job, done)
}

func (d *session) run(title string, bar func(what string, cancel func()) *kit.Progress, job desk.Work, done func(error)) {
	switch {
	case d.closed:
		return
	case d.work != nil:
		done(errWorking)
		return
	}
	ctx, cancel := context.WithCancel(d.ctx)
	w := &work{session: d, cancel: cancel, over: make(chan struct{})}
	w.bar = bar("", w.stop)
	w.layer = kit.On(look.Shade, kit.Middle(460, kit.Card(kit.Pad(20, 24, 18, 24, kit.Column(10, kit.NewHeading(title), w.bar)))))
	d.work = w
	d.shell.window.Canvas().Overlays().Add(w.layer)
	d.busy.Add(1)
	go func() {
		defer d.busy.Done()
		err := job(ctx, w.report)
		cancel()
		close(w.over)
		d.shell.opt.Do(func() { w.end(err, done) })
	}()
}

// stop asks the work to end early.
func (w *work) stop() {
	if w.canceled {
		return
	}
	w.canceled = true
	w.bar.SetText("Canceling")
	w.cancel()
}

// end takes the layer away, unless a lock has done so, and hands on the result.
func (w *work) end(err error, done func(error)) {
	d := w.session
	d.work = nil
	d.shell.window.Canvas().Overlays().Remove(w.layer)
	if d.closed {
		return
	}
	d.status.update(d.practice)
	done(err)
}

// report brings the bar up to date, ten times a second at most, and at once where
// something else is being done.
func (w *work) report(done, total int64, text string) {
	now := time.Now()
	w.mu.Lock()
	late := now.Sub(w.shown) >= tenth || text != w.told || done == total && total > 0
	if late {
		w.shown, w.told = now, text
	}
	w.mu.Unlock()
	if !late {
		return
	}
	w.session.shell.opt.Do(func() {
		if text != w.text && !w.canceled {
			w.text = text
			w.bar.SetText(text)
		}
		w.bar.Set(int(done), int(total))
	})
}
