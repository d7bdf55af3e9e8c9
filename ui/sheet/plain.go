package sheet

import (
	"context"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
)

// Plain is a sheet of fields that are no structured entry. What is typed there
// is short and lasts no longer than the sheet.
type Plain struct {
	desk   desk.Desk
	ask    PlainAsk
	frame  *kit.Sheet
	saving bool
}

var _ desk.Sheet = (*Plain)(nil)

// PlainAsk is what a Plain asks.
type PlainAsk struct {
	Title, Subtitle string
	Act             string // what the button that saves says
	Fields          fyne.CanvasObject
	Edited          func() bool // whether something was typed
	// Check reports whether it can be saved, and else what is wrong, unless a
	// field says so itself.
	Check func() (problem string, ok bool)
	// Ask is given a function that goes on with saving, after a question; nil:
	// it is saved at once.
	Ask  func(goOn func())
	Do   func(context.Context) error // saves, off the main goroutine
	Bar  string                      // title of the bar where saving takes long; "": none
	Done func()                      // after it was saved and the sheet is closed
}

// OpenPlain shows the sheet over the page on show, once no other one is open.
// ready is called when it stands there; it may be nil.
func OpenPlain(d desk.Desk, ask PlainAsk, ready func(*Plain)) {
	d.LeaveSheet(func() {
		p := &Plain{desk: d, ask: ask}
		p.frame = kit.NewSheet(ask.Fields, p.Save, func() { p.Leave(func() {}) })
		p.frame.SetTitle(ask.Title, ask.Subtitle)
		p.frame.SetAct(ask.Act)
		d.ShowSheet(p)
		if ready != nil {
			ready(p)
		}
	})
}

// Content is what stands in the window.
func (p *Plain) Content() fyne.CanvasObject { return p.frame }

// Key saves the sheet, or leaves it.
func (p *Plain) Key(name string) bool {
	switch name {
	case desk.KeySave:
		p.Save()
	case desk.KeyEscape:
		p.Leave(func() {})
	default:
		return false
	}
	return true
}

// Drafts gives nothing.
func (p *Plain) Drafts() []desk.Draft { return nil }

// Fit gives the fields the height that they have come to need.
func (p *Plain) Fit() { p.frame.Fit() }

// Save saves what was filled in.
func (p *Plain) Save() {
	if p.saving {
		return
	}
	problem, ok := p.ask.Check()
	p.frame.SetProblem(problem)
	p.frame.Fit()
	switch {
	case !ok:
	case p.ask.Ask != nil:
		p.ask.Ask(p.save)
	default:
		p.save()
	}
}

func (p *Plain) save() {
	p.busy(true)
	done := func(err error) {
		p.busy(false)
		if err != nil {
			p.frame.SetProblem(app.Sentence(err))
			return
		}
		p.desk.CloseSheet()
		p.ask.Done()
	}
	if p.ask.Bar == "" {
		p.desk.Load(p.ask.Do, done)
		return
	}
	p.desk.Run(p.ask.Bar, func(ctx context.Context, report func(done, total int64, text string)) error {
		report(0, 0, p.ask.Bar)
		return p.ask.Do(ctx)
	}, done)
}

func (p *Plain) busy(on bool) {
	p.saving = on
	p.frame.SetBusy(on)
}

// Leave closes the sheet, after a question if something was typed, and then
// goes on.
func (p *Plain) Leave(then func()) {
	leave := func() {
		p.desk.CloseSheet()
		then()
	}
	switch {
	case p.saving:
	case p.ask.Edited():
		kit.ConfirmDanger(p.desk.Window(), "Discard what you typed?", "What you filled in here is not saved.", "Discard", leave).Cancel("Keep editing")
	default:
		leave()
	}
}

// Files lets files be chosen that are kept with what a Plain saves.
type Files struct{ files *files }

// NewFiles makes an empty choice; changed is called when it needs another
// height.
func NewFiles(d desk.Desk, changed func()) Files { return Files{newFiles(d, changed)} }

// Content is what stands in the sheet.
func (f Files) Content() fyne.CanvasObject { return f.files.content }

// Uploads gives the files.
func (f Files) Uploads() []app.Upload { return f.files.uploads(nil) }
