// Package welcome is what the window shows while no vault is open: the first
// run, which makes one, and the page that asks for a vault's passphrase.
package welcome

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// Options are what the page needs of the window.
type Options struct {
	Window fyne.Window
	Config app.Config
	Hint   func(dir string) string // stands under a vault's passphrase; empty: nothing
	Do     func(func())            // runs a function on the main goroutine
	Recent func() []string         // folders of known vaults, the last one used first
	Opened func(*app.Practice)     // takes over the vault that was unlocked
	Made   func(*app.Practice)     // takes over the vault that was made
	Help   func()                  // shows what Casekeep protects
}

// Page is the locked window.
type Page struct {
	opt     Options
	content *fyne.Container
	notice  *notice
	unlock  *unlock
	first   *firstRun
	restore *restore
	before  func() // shows what stood here before the restore
	busy    bool   // a key is being derived, or a vault restored
}

// New makes the page. Show something on it with Unlock or FirstRun.
func New(o Options) *Page {
	p := &Page{opt: o, notice: newNotice()}
	p.unlock, p.first, p.restore = newUnlock(p), newFirstRun(p), newRestore(p)
	p.content = container.NewStack()
	return p
}

// Content is what stands in the window; it stays the same object.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Folder gives the folder of the vault whose passphrase is asked for.
func (p *Page) Folder() string { return p.unlock.dir }

// Unlock asks for the passphrase of the vault in a folder.
func (p *Page) Unlock(dir string) {
	if p.busy {
		return
	}
	p.unlock.set(dir)
	p.before = func() { p.Unlock(dir) }
	p.show(p.unlock.content)
	p.unlock.passphrase.Focus()
}

// FirstRun shows how to make a vault.
func (p *Page) FirstRun() {
	if p.busy {
		return
	}
	p.before = p.FirstRun
	p.show(p.first.content)
	p.first.reset()
}

// Restore shows how a vault is made out of a backup.
func (p *Page) Restore() { p.restoreOver("") }

// restoreOver is Restore where a damaged vault is to be replaced; "": none is.
func (p *Page) restoreOver(damaged string) {
	if p.busy {
		return
	}
	p.show(p.restore.content)
	p.restore.reset(damaged)
}

// now gives the present moment.
func (p *Page) now() time.Time {
	if p.opt.Config.Now != nil {
		return p.opt.Config.Now()
	}
	return time.Now()
}

// Say shows what the user should know; an empty text takes it away.
func (p *Page) Say(text string) { p.notice.say(text) }

func (p *Page) show(o fyne.CanvasObject) {
	p.notice.say("")
	p.content.Objects = []fyne.CanvasObject{kit.On(look.Ground, kit.Frame(p.notice.content, nil, nil, nil, o))}
	p.content.Refresh()
}

// work derives a key off the main goroutine, which takes a second or so, and
// hands over the vault, or the error.
func (p *Page) work(open func() (*app.Practice, error), opened func(*app.Practice), failed func(error)) {
	p.busy = true
	p.notice.say("")
	go func() {
		practice, err := open()
		p.opt.Do(func() {
			p.busy = false
			if err != nil {
				failed(err)
				return
			}
			p.unlock.clear()
			p.first.clear()
			p.restore.clear()
			opened(practice)
		})
	}()
}

// notice is a strip at the top of the page.
type notice struct {
	content *fyne.Container
	text    *kit.Text
}

func newNotice() *notice {
	n := &notice{text: kit.NewText("").Color(look.Amber)}
	n.content = kit.Pad(14, 22, 0, 22, kit.Note(kit.Amber, n.text))
	n.content.Hide()
	return n
}

func (n *notice) say(text string) {
	n.text.SetText(text)
	if text == "" {
		n.content.Hide()
	} else {
		n.content.Show()
	}
}
