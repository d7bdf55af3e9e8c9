package ui

import (
	"errors"
	"fmt"

	"casekeep/app"
	"casekeep/app/inside/pdf"
	"casekeep/app/outside"
	"casekeep/ui/kit"
	"casekeep/ui/lines"
)

// parting is how a vault is being left.
type parting struct {
	then    func(dir, notice string) // what follows once the vault is closed
	done    []func()                 // who else waits for that
	hurry   bool                     // nobody is there to be asked, and no backup is waited for
	without func()                   // answers the question about texts that would be lost; nil: none is asked
	skip    func()                   // gives the backup up that is being made; nil: none is
}

// Lock locks the vault and shows the locked page.
func (s *Shell) Lock() {
	if s.session == nil && !s.leaving {
		s.showLocked(s.locked.Folder(), "")
		return
	}
	s.leave(true, s.lockedAgain)
}

// lockFor locks the vault and asks for the passphrase of another one.
func (s *Shell) lockFor(dir string) {
	s.leave(true, func(_, notice string) { s.lockedAgain(dir, notice) })
}

// Quit locks the vault and closes the window. While the vault is being locked
// already, the window closes after that.
func (s *Shell) Quit() {
	if s.leaving {
		s.parting.then = s.quit
		return
	}
	s.leave(true, s.quit)
}

func (s *Shell) quit(dir, notice string) {
	if notice == "" {
		s.window.Close()
		return
	}
	s.showLocked(dir, notice)
	kit.Tell(s.window, "Before Casekeep closes", notice).OnClosed = s.window.Close
}

// End locks the vault and closes the window because the system ends the
// program: it waits for nobody's answer and for no backup. The end of a session
// leaves a few seconds, which are for sealing the vault, and a backup on a slow drive
// would be cut off in the middle. The next unlock says that none was made, and makes
// it.
func (s *Shell) End() {
	end := func(string, string) { s.window.Close() }
	if s.leaving {
		s.parting.then = end
		s.hasten()
		return
	}
	s.parting.hurry = true
	s.leave(false, end)
}

// lockAtOnce locks the vault because the computer goes to sleep: it waits for
// nobody's answer and for no backup, and ends long work. done is called when
// no vault is open any more, unless the program was replaced by then.
func (s *Shell) lockAtOnce(done func()) {
	if s.session == nil && !s.leaving {
		done()
		return
	}
	s.parting.done = append(s.parting.done, done)
	if s.leaving {
		s.hasten()
		return
	}
	s.parting.hurry = true
	s.leave(false, s.lockedAgain)
}

// hasten goes on with a lock that waits for an answer or a backup.
func (s *Shell) hasten() {
	p := &s.parting
	p.hurry = true
	if d := s.session; d != nil {
		go d.practice.StopTakingBack()
	}
	if p.without != nil {
		p.without()
	}
	if p.skip != nil {
		p.skip()
	}
}

// lockIdle locks because nobody is there: nothing can be asked.
func (s *Shell) lockIdle() { s.leave(false, s.lockedAgain) }

// leave covers the window, keeps what was typed and not saved, backs the vault
// up, locks it, and goes on with its folder and what the user should know. Where
// somebody is there to be asked and a text cannot be kept, they decide.
func (s *Shell) leave(ask bool, then func(dir, notice string)) {
	d := s.session
	if s.leaving {
		return
	}
	s.parting.then = then
	if d == nil {
		s.left(s.locked.Folder(), "")
		return
	}
	s.leaving = true
	typed := d.keeper.changes(d.drafts(), true)
	d.drop()
	c := newCover()
	s.show(c.content)
	s.setMenu()
	if s.parting.hurry {
		go d.practice.StopTakingBack()
	}
	d.background(func() error { return d.keep(typed) }, func(err error) {
		goOn := func(unkept error) {
			s.backUpFirst(d, c, func(unmade error) { s.seal(d, unkept, unmade) })
		}
		if err == nil || !ask || s.parting.hurry {
			goOn(err)
			return
		}
		s.askAboutDrafts(d, err, goOn)
	})
}

// left goes on once no vault is open.
func (s *Shell) left(dir, notice string) {
	p := s.parting
	s.leaving, s.parting = false, parting{}
	p.then(dir, notice)
	for _, done := range p.done {
		done()
	}
}

// askAboutDrafts lets the user go back to a text that cannot be kept. One that
// nobody decides about any more is noted as lost.
func (s *Shell) askAboutDrafts(d *session, err error, goOn func(unkept error)) {
	lock, unkept := false, error(nil)
	var ask *kit.Dialog
	ask = kit.NewDialog("What you typed would be lost", kit.NewNote(app.Sentence(err)+" Go back to copy it, or lock without it."),
		kit.NewDanger("Lock without it", func() {
			lock = true
			ask.Close()
		})).Cancel("Go back")
	ask.OnClosed = func() {
		s.parting.without = nil
		if lock {
			goOn(unkept)
			return
		}
		s.leaving, s.parting = false, parting{}
		s.show(d.content)
		s.setMenu()
	}
	s.parting.without = func() {
		lock, unkept = true, err
		ask.Close()
	}
	ask.Open(s.window)
}

// seal locks the vault for good. The clipboard comes last: where another
// program that holds it does not answer, the vault is closed all the same.
func (s *Shell) seal(d *session, unkept, unmade error) {
	dir := d.practice.Dir()
	d.close()
	s.session = nil
	lines.Forget()
	var left error // of copies that were opened outside
	d.background(func() error {
		d.busy.Wait()
		left = outside.Sweep()
		pdf.Drop()
		return d.practice.Lock()
	}, func(err error) { s.left(dir, lockNotice(err, unkept, unmade, left)) })
	s.opt.Clipboard.clear()
}

// lockNotice says what went wrong while the vault was locked.
func lockNotice(sealing error, others ...error) string {
	var all []error
	for _, err := range others {
		if err != nil {
			all = append(all, err)
		}
	}
	if sealing != nil {
		all = append(all, fmt.Errorf("the vault is locked, but it could not be sealed anew (%w); "+
			"what was saved is safe in its journal, and the next unlock takes it up", sealing))
	}
	var clauses []string
	for _, err := range all {
		clauses = append(clauses, err.Error())
	}
	return sentences(clauses)
}

// background runs something off the main goroutine, whether or not the session
// is closed, and hands its result back.
func (d *session) background(job func() error, done func(error)) {
	go func() {
		err := job()
		d.shell.opt.Do(func() { done(err) })
	}()
}

// Close locks the vault if it is still open, on the goroutine that calls it:
// the last resort when the program is told to end.
func (s *Shell) Close() error {
	d := s.session
	if d == nil {
		return nil
	}
	s.session = nil
	typed := d.keeper.changes(d.drafts(), true)
	d.drop()
	err := d.keep(typed)
	d.close()
	d.busy.Wait()
	return errors.Join(err, outside.Sweep(), d.practice.Lock())
}
