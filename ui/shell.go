package ui

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/app/outside"
	"casekeep/ui/desk"
	"casekeep/ui/idle"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/welcome"
)

// Options are what a window is made with.
type Options struct {
	Config app.Config // how vaults are opened and made
	Vault  string     // folder of the vault to open first; empty: the one used last
	Sample Sample     // the sample practice to begin with; zero: none

	Look      *look.Switch
	Clipboard *Clipboard
	Idle      idle.Source      // nil: the operating system does not say
	Now       func() time.Time // nil: time.Now
	// Awake tells how long the computer has been running without the time it
	// slept; nil: by the machine's own clock.
	Awake func() time.Duration
	Do    func(func()) // runs a function on the main goroutine; nil: fyne.Do

	Restart Restart // nil: locked in place
	Again   Again   // what the window goes on from after a restart; zero: it was started
}

// Sample is a vault that is gone after the window was closed. This computer
// does not remember it.
type Sample struct {
	Dir      string        // its folder; empty: there is no sample
	Practice *app.Practice // to begin with; nil: it is locked
	What     string        // stands at the window's foot
	Hint     string        // stands on the locked window: how it is opened again
}

// is reports whether a folder is the sample's.
func (s Sample) is(dir string) bool { return s.Dir != "" && s.Dir == dir }

// hint gives what the locked window says about a vault besides its name.
func (s Sample) hint(dir string) string {
	if s.is(dir) {
		return s.Hint
	}
	return ""
}

// Size is the size that the window opens at.
var Size = fyne.NewSize(1180, 760)

// Shell is the window: a locked page, or the pages of an unlocked vault.
type Shell struct {
	window  fyne.Window
	opt     Options
	root    *fyne.Container // holds the locked page or the pages
	locked  *welcome.Page
	session *session // nil while no vault is open
	leaving bool     // the vault is being locked
	parting parting  // how
	watch   watch
	pages   func(*session) map[desk.Page]desk.View
}

// New fills a window. Call it on the main goroutine; the window is shown by
// the caller.
func New(w fyne.Window, o Options) *Shell {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Awake == nil {
		started := time.Now()
		o.Awake = func() time.Duration { return time.Since(started) }
	}
	if o.Do == nil {
		o.Do = fyne.Do
	}
	s := &Shell{window: w, opt: o, root: container.NewStack(), pages: newPages}
	s.watch.start(o.Now(), o.Awake())
	o.Clipboard.now, o.Clipboard.said = o.Now, s.sayClipboard
	o.Clipboard.keepFor(clipboardTime)
	s.locked = welcome.New(welcome.Options{
		Window: w, Config: o.Config, Hint: o.Sample.hint, Do: o.Do, Recent: s.recent, Opened: s.open, Help: s.helpProtects,
		Made: func(p *app.Practice) { s.openAt(p, desk.Place{Page: desk.Start}) },
	})
	w.SetPadded(false)
	w.SetContent(kit.On(look.Paper, s.root))
	s.takePlace(o.Again)
	w.SetCloseIntercept(s.Quit)
	w.SetOnDropped(s.dropped)
	w.Canvas().SetOnTypedKey(s.typed)
	s.bindSave()
	s.begin()
	return s
}

// begin shows the first page.
func (s *Shell) begin() {
	left := outside.Sweep() // by a crash
	if p := s.opt.Sample.Practice; p != nil {
		s.open(p)
		return
	}
	notice := s.opt.Again.Notice
	if left != nil {
		notice = strings.TrimSpace(notice + "\n\n" + app.Sentence(left))
	}
	s.showLocked(s.firstVault(), notice)
}

// firstVault gives the vault to ask the passphrase of.
func (s *Shell) firstVault() string {
	if s.opt.Vault != "" {
		return s.opt.Vault
	}
	if known := s.recent(); len(known) > 0 {
		return known[0]
	}
	return ""
}

// recent gives the vaults that were used on this computer, the last one first.
func (s *Shell) recent() []string { return s.opt.Config.Computer().Vaults }

// showLocked shows the locked page of a vault, or the first run where there is
// none. A notice says what the user should know, such as why locking failed.
func (s *Shell) showLocked(dir, notice string) {
	s.show(s.locked.Content())
	s.setMenu()
	s.window.SetTitle("Casekeep")
	if dir == "" {
		s.locked.FirstRun()
	} else {
		s.locked.Unlock(dir)
	}
	s.locked.Say(notice)
}

// open shows what needs the practitioner in a vault that was unlocked.
func (s *Shell) open(p *app.Practice) {
	if p.Executor() != nil {
		s.openAt(p, desk.Place{Page: desk.Executor})
		return
	}
	s.openAt(p, desk.Place{Page: desk.Today})
}

// openAt shows the pages of a vault, beginning with one.
func (s *Shell) openAt(p *app.Practice, first desk.Place) {
	if !s.opt.Sample.is(p.Dir()) {
		s.remember(func(k *app.Computer) { k.Used(p.Dir()) })
	}
	s.watch.start(s.opt.Now(), s.opt.Awake())
	s.session = newSession(s, p)
	s.show(s.session.content)
	s.setMenu()
	s.session.start(first)
	s.warn(slices.Concat(p.Warnings(), s.openings(p)))
}

// show puts an object into the window in place of what was there.
func (s *Shell) show(o fyne.CanvasObject) {
	s.closeOverlays()
	s.root.Objects = []fyne.CanvasObject{o}
	s.root.Refresh()
}

// closeOverlays takes dialogs and menus away.
func (s *Shell) closeOverlays() {
	c := s.window.Canvas()
	c.Unfocus()
	for top := c.Overlays().Top(); top != nil; top = c.Overlays().Top() {
		c.Overlays().Remove(top)
	}
	c.SetOnTypedKey(s.typed)
}

// sayClipboard says at the foot of the pages what happens to a text that was
// copied.
func (s *Shell) sayClipboard(text string) {
	if s.session != nil {
		s.session.status.copied(text)
	}
}

// remember changes what this computer remembers. One that cannot works on: the
// next start only asks for the folder again.
func (s *Shell) remember(change func(*app.Computer)) {
	known := s.opt.Config.Computer()
	change(&known)
	_ = s.opt.Config.Remember(known)
}
