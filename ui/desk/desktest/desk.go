// Package desktest is the window around a page for tests: a real vault, and
// everything that a page asks for done at once, on one goroutine.
package desktest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// Now is the moment that a Desk's vault believes it is.
var Now = time.Date(2026, 11, 21, 20, 14, 0, 0, time.UTC)

// Desk remembers what a page asked for.
type Desk struct {
	t        testing.TB
	practice *app.Practice
	window   fyne.Window
	view     desk.View
	stage    *desk.Stage // holds the page
	sheets   desk.Sheets

	Places   []desk.Place
	Toasts   []string
	Failures []error
	Ran      []string // titles of long work
	Copied   string
	Cancel   bool   // long work is canceled before it begins
	Slow     bool   // what is loaded does not come yet
	act      func() // of the last toast
	Drop     func() // what goes before the vault is locked
}

var _ desk.Desk = (*Desk)(nil)

// New makes a vault of an invented practice in a temporary folder, and a
// window in Fyne's test driver.
func New(t testing.TB) *Desk {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.NewTheme(false))
	p, err := app.Create(context.Background(), filepath.Join(t.TempDir(), "Test.casekeep"), "ladder ochre Venice 42",
		record.Practice{Name: "Quill Street Practice", Zone: "America/Chicago", Own: []string{"(601) 555-0100", "worker@example.org"}},
		app.Config{Now: func() time.Time { return Now }, WorkFactor: 10, StateDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Lock() })
	return &Desk{t: t, practice: p, window: test.NewTempWindow(t, nil)}
}

// Open puts a page into the window at a size and shows it.
func (d *Desk) Open(v desk.View, width, height float32, place desk.Place) {
	d.view = v
	d.window.SetPadded(false)
	d.stage = desk.NewStage(v.Content())
	d.window.SetContent(d.stage.Content())
	d.window.Resize(fyne.NewSize(width, height))
	v.Show(place)
}

// Client adds a client with numbers and email addresses.
func (d *Desk) Client(name string, addresses ...string) record.Client {
	d.t.Helper()
	c := record.Client{Name: name}
	for _, a := range addresses {
		system := record.Phone
		if filepath.Ext(a) == ".org" {
			system = record.Email
		}
		c.Contacts = append(c.Contacts, record.ContactPoint{System: system, Value: a})
	}
	c, err := d.practice.AddClient(context.Background(), c)
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

// Timeline gives everything in a client's record, oldest first.
func (d *Desk) Timeline(id record.ClientID) []record.Entry {
	d.t.Helper()
	list, err := d.practice.Timeline(context.Background(), id, app.Page{Oldest: true})
	if err != nil {
		d.t.Fatal(err)
	}
	return list
}

// Fine fails the test if the page reported an error.
func (d *Desk) Fine() {
	d.t.Helper()
	for _, err := range d.Failures {
		d.t.Errorf("the page failed: %v", err)
	}
}

// Press does what the last toast offers.
func (d *Desk) Press() {
	d.t.Helper()
	if d.act == nil {
		d.t.Fatal("the last toast offers nothing")
	}
	d.act()
}

// Practice gives the vault.
func (d *Desk) Practice() *app.Practice { return d.practice }

// View gives the page in the window.
func (d *Desk) View() desk.View { return d.view }

// Window gives the window.
func (d *Desk) Window() fyne.Window { return d.window }

// Go notes the place.
func (d *Desk) Go(p desk.Place) { d.Places = append(d.Places, p) }

// Toast notes the text and keeps the act.
func (d *Desk) Toast(text, _ string, do func()) {
	d.Toasts = append(d.Toasts, text)
	d.act = do
}

// Fail notes the error.
func (d *Desk) Fail(err error) { d.Failures = append(d.Failures, err) }

// Run does the work at once.
func (d *Desk) Run(title string, work desk.Work, done func(error)) {
	d.Ran = append(d.Ran, title)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if d.Cancel {
		cancel()
	}
	done(work(ctx, func(int64, int64, string) {}))
}

// RunBytes does the work at once.
func (d *Desk) RunBytes(title string, work desk.Work, done func(error)) { d.Run(title, work, done) }

// Load fetches at once, or not at all while answers are slow.
func (d *Desk) Load(fetch func(ctx context.Context) error, done func(error)) {
	if !d.Slow {
		done(fetch(context.Background()))
	}
}

// Changed refreshes the page.
func (d *Desk) Changed(id record.ClientID) {
	if d.view != nil {
		d.view.Refresh(id)
	}
}

// ShowSheet puts a form over the page.
func (d *Desk) ShowSheet(s desk.Sheet) { d.sheets.Show(s, desk.StageOf(d.view, d.stage)) }

// CloseSheet takes the form away.
func (d *Desk) CloseSheet() { d.sheets.Close() }

// LeaveSheet goes on once no form is open.
func (d *Desk) LeaveSheet(then func()) { d.sheets.Leave(then) }

// Sheet gives the form that is open, or nil.
func (d *Desk) Sheet() desk.Sheet { return d.sheets.Open() }

// WhenLocked keeps what goes before the vault is locked.
func (d *Desk) WhenLocked(drop func()) (forget func()) {
	d.Drop = drop
	return func() { d.Drop = nil }
}

// Copy keeps the text.
func (d *Desk) Copy(text string) { d.Copied = text }
