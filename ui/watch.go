package ui

import (
	"context"
	"fmt"
	"time"

	"casekeep/ui/away"
	"casekeep/vault/record"
)

// When the window acts by itself.
const (
	warnBefore = 30 * time.Second // before it locks
	sealAfter  = time.Minute      // without input
	asleepPast = 10 * time.Second // of sleep: the window locks when it wakes
)

// watch knows how long nobody has used the program. The operating system
// tells; where it does not, the last change of focus, cursor or page counts.
type watch struct {
	limit  time.Duration // 0: never lock
	last   time.Time     // the last input that the window saw itself
	ticked time.Time     // the last look at the clock
	awake  time.Duration // that the computer had been then
	asleep bool          // the computer slept, or its screen was locked, since the vault was opened
	trace  string        // of the keyboard's place at the last look
	warned bool
}

func (w *watch) start(now time.Time, awake time.Duration) {
	*w = watch{limit: w.limit, last: now, ticked: now, awake: awake}
}

// noticeSleep compares two clocks: while the computer sleeps the wall's goes on
// and the machine's stands still.
func (w *watch) noticeSleep(now time.Time, awake time.Duration) {
	asleep := now.Round(0).Sub(w.ticked.Round(0)) - (awake - w.awake)
	w.ticked, w.awake = now, awake
	w.asleep = w.asleep || asleep > asleepPast
}

// idleLimit gives after how long without input the vault locks.
func idleLimit(p record.Practice) time.Duration { return time.Duration(p.IdleLock) * time.Minute }

// Watch looks at the idle time once a second until stop is closed.
func (s *Shell) Watch(stop <-chan struct{}) {
	every := time.NewTicker(time.Second)
	defer every.Stop()
	for {
		select {
		case <-stop:
			return
		case <-every.C:
			s.opt.Do(s.tickNow)
		}
	}
}

func (s *Shell) tickNow() { s.tick(s.opt.Now()) }

// touched notes that the user did something.
func (s *Shell) touched() { s.watch.last = s.opt.Now() }

// tick locks, warns or seals as the time without input asks for.
func (s *Shell) tick(now time.Time) {
	w := &s.watch
	w.noticeSleep(now, s.opt.Awake())
	s.opt.Clipboard.expire(now)
	d := s.session
	if d == nil || s.leaving {
		return
	}
	s.look()
	if e := d.practice.Executor(); e != nil && !now.Before(e.Until) {
		s.lockIdle()
		return
	}
	idle := s.idle(now)
	if s.lockedBy(idle) {
		return
	}
	d.keepTyped(now, idle)
	if idle >= sealAfter {
		d.sealIdle()
	}
	if d.practice.Executor() == nil {
		d.tendBackups(now, idle)
	}
}

// lockedBy locks, or says how long it is until then. What is being done is not
// cut off.
func (s *Shell) lockedBy(idle time.Duration) bool {
	w, d := &s.watch, s.session
	left, note := max(w.limit-idle, 0), ""
	if w.limit > 0 {
		note = minutes(left)
	}
	d.sidebar.lock.SetNote(note)
	switch {
	case d.work != nil:
	case w.asleep, w.limit > 0 && left == 0:
		s.lockIdle()
		return true
	case w.limit > 0:
		s.warnOfLock(left)
	}
	return false
}

// lockSoon locks the vault because the computer's screen was locked, once long
// work has ended.
func (s *Shell) lockSoon() {
	s.watch.asleep = true
	s.tickNow()
}

// idle gives how long there was no input. What the window noticed itself
// counts too: it may have been opened without a key or pointer.
func (s *Shell) idle(now time.Time) time.Duration {
	own := now.Sub(s.watch.last)
	if s.opt.Idle == nil {
		return own
	}
	system, err := s.opt.Idle.Idle()
	if err != nil {
		return own
	}
	return min(system, own)
}

// look notices what the user did since the last look: Fyne tells of no input
// in general.
func (s *Shell) look() {
	c := s.window.Canvas()
	trace := fmt.Sprintf("%p %v", c.Focused(), c.Size())
	if typing, ok := c.Focused().(interface{ CursorTextOffset() int }); ok {
		trace += fmt.Sprint(typing.CursorTextOffset())
	}
	if trace != s.watch.trace {
		s.watch.trace = trace
		s.touched()
	}
}

// warnOfLock says once that the window is about to lock.
func (s *Shell) warnOfLock(left time.Duration) {
	if left > warnBefore {
		s.watch.warned = false
		return
	}
	if s.watch.warned {
		return
	}
	s.watch.warned = true
	s.session.toasts.Offer(fmt.Sprintf("Nobody is here, it seems: locking in %d seconds", int(left.Round(time.Second).Seconds())), "Stay open", s.touched)
}

// sealIdle brings what stands in the journal into the sealed database while
// nobody waits for anything.
func (d *session) sealIdle() {
	changes := d.practice.Unsealed()
	if d.sealing || d.work != nil || changes == 0 || changes == d.unsealable || d.practice.ReadOnly() != nil {
		return
	}
	d.sealing = true
	d.Load(func(ctx context.Context) error { return d.practice.Seal(ctx) }, func(err error) {
		d.sealing = false
		if err != nil { // said once, until there is more to seal
			d.unsealable = changes
			d.Fail(err)
		}
	})
}

// minutes writes a time as minutes and seconds, "9:41".
func minutes(d time.Duration) string {
	seconds := int(d.Round(time.Second).Seconds())
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// Away locks the vault because of what happens to the computer. It may be
// called from any goroutine; ready is called when no vault is open any more.
func (s *Shell) Away(why away.Why, ready func()) {
	s.opt.Do(func() {
		switch why {
		case away.Sleep:
			s.lockAtOnce(ready)
		case away.Locked:
			s.lockSoon()
			ready()
		}
	})
}
