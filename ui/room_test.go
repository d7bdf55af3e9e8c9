package ui

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

const passphrase = "walrus ladder ochre canyon"

// room is a window over a real vault, with a clock and an idle time that the
// test sets. What other goroutines want done on the main one waits until the
// test lets it.
type room struct {
	t      *testing.T
	shell  *Shell
	window fyne.Window
	queue  chan func()
	pages  map[desk.Page]*paper

	config app.Config
	dir    string
	now    time.Time
	awake  time.Duration
	idle   time.Duration
	closed bool

	again   []Again // what the program was restarted with
	refused error   // why it cannot be restarted
}

// restarts lets the window replace the program when it locks, which ends it
// here: what it does after that never happens.
func (r *room) restarts() {
	r.shell.opt.Restart = func(a Again) error {
		r.again = append(r.again, a)
		return r.refused
	}
}

// Idle is the operating system's answer.
func (r *room) Idle() (time.Duration, error) { return r.idle, nil }

// pass lets time pass without input.
func (r *room) pass(d time.Duration) {
	r.now, r.awake, r.idle = r.now.Add(d), r.awake+d, r.idle+d
	r.shell.tickNow()
}

// newRoom opens a window on a vault that is not there yet.
func newRoom(t *testing.T) *room {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	a := test.NewApp()
	t.Cleanup(a.Quit)
	r := &room{
		t: t, queue: make(chan func(), 1000), now: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC),
		dir:    filepath.Join(home, "Quill Street Practice"+app.Suffix),
		config: app.Config{WorkFactor: 10, StateDir: filepath.Join(home, "state")},
	}
	r.config.Now = func() time.Time { return r.now }
	r.window = test.NewWindow(nil)
	t.Cleanup(func() { // Fyne closes a test window once only
		if !r.closed {
			r.window.Close()
		}
	})
	r.shell = New(r.window, Options{
		Config: r.config, Look: look.NewSwitch(a.Settings(), look.Light), Clipboard: &Clipboard{Clipboard: a.Clipboard()},
		Idle: r, Now: r.config.Now, Awake: func() time.Duration { return r.awake },
		Do: func(f func()) { r.queue <- f },
	})
	r.shell.pages = r.papers
	t.Cleanup(func() { _ = r.shell.Close() })
	return r
}

// openRoom opens a window on a vault and unlocks it.
func openRoom(t *testing.T) *room {
	t.Helper()
	r := newRoom(t)
	p, err := app.Create(t.Context(), r.dir, passphrase, record.Practice{Name: "Quill Street Practice"}, r.config)
	if err != nil {
		t.Fatal(err)
	}
	r.shell.open(p)
	r.until("the settings are read", func() bool { return r.shell.watch.limit > 0 })
	return r
}

// until does what waits for the main goroutine until something is so.
func (r *room) until(what string, so func() bool) {
	r.t.Helper()
	end := time.After(20 * time.Second)
	for !so() {
		select {
		case f := <-r.queue:
			f()
		case <-end:
			r.t.Fatalf("it never happens that %s", what)
		}
	}
}

func (r *room) untilLocked() {
	r.t.Helper()
	r.until("the vault is locked", func() bool { return r.shell.session == nil && !r.shell.leaving })
}

// menu does what an item of the main menu does.
func (r *room) menu(label string) {
	r.t.Helper()
	for _, menu := range r.window.MainMenu().Items {
		for _, i := range menu.Items {
			if kit.MenuLabel(i) == label {
				i.Action()
				return
			}
		}
	}
	r.t.Fatalf("the menu has no %q", label)
}

// says reports whether a text stands in the window or over it.
func (r *room) says(text string) bool {
	objects := test.LaidOutObjects(r.window.Content())
	for _, over := range r.window.Canvas().Overlays().List() {
		objects = append(objects, test.LaidOutObjects(over)...)
	}
	for _, o := range objects {
		if drawn, ok := o.(*canvas.Text); ok && drawn.Text == text {
			return true
		}
		if block, ok := o.(*kit.Text); ok && block.Text() == text {
			return true
		}
	}
	return false
}

// saysLike reports whether some text in the window holds words.
func (r *room) saysLike(words string) bool {
	for _, o := range test.LaidOutObjects(r.window.Content()) {
		if text, ok := o.(*kit.Text); ok && strings.Contains(text.Text(), words) {
			return true
		}
	}
	return false
}

// press presses a button in the window.
func (r *room) press(text string) {
	r.t.Helper()
	for _, o := range test.LaidOutObjects(r.window.Content()) {
		if b, ok := o.(*kit.Button); ok && b.Text() == text {
			b.Press()
			return
		}
	}
	r.t.Fatalf("there is no button %q", text)
}

// paper is a page that notes what it is asked.
type paper struct {
	content fyne.CanvasObject
	places  []desk.Place
	keys    []string
	takes   string // the act that it takes
	fresh   int
	typed   []desk.Draft
}

func (r *room) papers(d *session) map[desk.Page]desk.View {
	r.pages = map[desk.Page]*paper{}
	views := newPages(d)
	for _, page := range []desk.Page{desk.Today, desk.Clients, desk.Inbox, desk.Produce, desk.People, desk.Start} {
		p := &paper{content: container.NewStack()}
		r.pages[page], views[page] = p, p
	}
	return views
}

func (p *paper) Content() fyne.CanvasObject { return p.content }
func (p *paper) Show(place desk.Place)      { p.places = append(p.places, place) }
func (p *paper) Refresh(record.ClientID)    { p.fresh++ }
func (p *paper) Drafts() []desk.Draft       { return p.typed }

func (p *paper) Key(name string) bool {
	p.keys = append(p.keys, name)
	return name == p.takes
}
