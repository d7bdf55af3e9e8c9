package ui

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/keys"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// session is the window while a vault is open. It is what pages know as their
// Desk; after the vault is locked it answers nothing any more.
type session struct {
	shell    *Shell
	practice *app.Practice
	settings record.Practice // as last read
	ctx      context.Context // canceled when the vault is locked
	cancel   context.CancelFunc
	busy     sync.WaitGroup // of what runs off the main goroutine
	closed   bool

	content fyne.CanvasObject
	pages   map[desk.Page]desk.View
	shown   desk.Page
	host    *fyne.Container   // holds the pages that were shown
	front   fyne.CanvasObject // the one on show
	stage   *desk.Stage       // holds host
	sheets  desk.Sheets
	sidebar *sidebar
	status  *status
	toasts  *kit.Toasts
	work    *work          // on show, or nil
	hidden  bool           // names and previews are hidden
	drops   map[int]func() // called before the vault is locked
	dropped int            // counts them
	keeper  keeper         // of what is typed and not saved

	quiet  *quiet    // what runs for the backups unseen, or nil
	looked time.Time // when the backups were looked at last

	sealing    bool // the journal is being brought into the database
	unsealable int  // how many changes it held when that failed last
}

var _ desk.Desk = (*session)(nil)

func newSession(s *Shell, p *app.Practice) *session {
	d := &session{shell: s, practice: p, host: container.NewStack(), toasts: kit.NewToasts(s.opt.Do), looked: s.opt.Now()}
	d.keeper.looked = s.opt.Now()
	d.status = newStatus(what(s, p), func() { d.Go(desk.Place{Page: desk.Backups}) })
	d.ctx, d.cancel = context.WithCancel(context.Background())
	d.sidebar = newSidebar(entriesOf(p), d.Go, s.Lock)
	d.pages = s.pages(d)
	d.stage = desk.NewStage(d.host)
	d.content = kit.Frame(heldBy(p), d.status.content, d.sidebar.content, nil, d.toasts.Over(d.stage.Content()))
	return d
}

// what says which vault is open.
func what(s *Shell, p *app.Practice) string {
	if s.opt.Sample.is(p.Dir()) {
		return s.opt.Sample.What
	}
	return folders.Short(p.Dir())
}

// start reads the settings and shows a page.
func (d *session) start(first desk.Place) {
	d.followTakingBack()
	d.readSettings()
	d.Go(first)
	for _, page := range []desk.Page{desk.Requests, desk.Retention} { // how many there are stands in the sidebar
		if view := d.pages[page]; view != nil {
			view.Refresh(0)
		}
	}
	d.lookAtBackups()
	keys.Finish(d)
}

// readSettings takes the practice's name and idle time over into the window.
func (d *session) readSettings() {
	var settings record.Practice
	d.Load(func(ctx context.Context) (err error) {
		settings, err = d.practice.Settings(ctx)
		return err
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		d.settings = settings
		d.shell.window.SetTitle(title(settings.Name))
		d.shell.watch.limit = idleLimit(settings)
		d.shell.opt.Clipboard.keepFor(clipboardStay(settings))
		d.shell.tickNow()
	})
}

// title never holds a client's name: other people see it in task bars.
func title(practice string) string {
	if practice == "" {
		return "Casekeep"
	}
	return practice + " - Casekeep"
}

// Practice gives the open vault.
func (d *session) Practice() *app.Practice { return d.practice }

// Window gives the window, for dialogs.
func (d *session) Window() fyne.Window { return d.shell.window }

// Go shows a page, once no form is open.
func (d *session) Go(place desk.Place) {
	if d.closed || d.pages[place.Page] == nil {
		return
	}
	d.sheets.Leave(func() { d.show(place) })
}

func (d *session) show(place desk.Place) {
	page := d.pages[place.Page]
	d.shell.touched()
	d.shown = place.Page
	if content := page.Content(); d.front != content {
		d.shell.window.Canvas().Unfocus()
		d.bring(content)
	}
	d.sidebar.mark(place.Page)
	page.Show(place)
}

// bring shows one page. The others stay in the window, hidden, so that a change
// of colors reaches them too.
func (d *session) bring(content fyne.CanvasObject) {
	if d.front != nil {
		d.front.Hide()
	}
	if !slices.Contains(d.host.Objects, content) {
		d.host.Objects = append(d.host.Objects, content)
	}
	d.front = content
	content.Show()
	d.host.Refresh()
}

// ShowSheet puts a form over the page on show.
func (d *session) ShowSheet(s desk.Sheet) {
	if !d.closed {
		d.sheets.Show(s, desk.StageOf(d.pages[d.shown], d.stage))
	}
}

// CloseSheet takes the form away.
func (d *session) CloseSheet() { d.sheets.Close() }

// LeaveSheet goes on once no form is open.
func (d *session) LeaveSheet(then func()) { d.sheets.Leave(then) }

// Toast says shortly that something was done.
func (d *session) Toast(text, action string, do func()) {
	switch {
	case d.closed:
	case do == nil:
		d.toasts.Say(text)
	default:
		d.toasts.Offer(text, action, do)
	}
}

// Fail shows an error until it is dismissed. Something that was canceled was
// canceled by the user, who needs no dialog for it.
func (d *session) Fail(err error) {
	switch {
	case d.closed || err == nil:
	case errors.Is(err, context.Canceled):
		d.toasts.Say(app.Sentence(err))
	default:
		kit.Tell(d.shell.window, "This could not be done", app.Sentence(err))
	}
}

// Changed lets every page read anew what a change touched.
func (d *session) Changed(client record.ClientID) {
	if d.closed {
		return
	}
	d.shell.touched()
	d.keeper.doubt = true
	for _, page := range d.pages {
		page.Refresh(client)
	}
	d.status.update(d.practice)
	if client == 0 {
		d.readSettings()
		d.lookAtBackups()
	}
}

// Copy puts a text on the clipboard, for a while.
func (d *session) Copy(text string) { d.shell.opt.Clipboard.SetContent(text) }

// WhenLocked calls drop before the vault is locked.
func (d *session) WhenLocked(drop func()) (forget func()) {
	if d.drops == nil {
		d.drops = map[int]func(){}
	}
	d.dropped++
	n := d.dropped
	d.drops[n] = drop
	return func() { delete(d.drops, n) }
}

// drop lets go of what was decoded to be shown.
func (d *session) drop() {
	for _, drop := range d.drops {
		drop()
	}
	d.drops = nil
}

// close makes the session answer nothing any more.
func (d *session) close() {
	d.closed = true
	d.cancel()
	d.pages = nil
	d.host.Objects, d.front = nil, nil
	d.sheets = desk.Sheets{} // the keyboard goes back to nothing of it
}
