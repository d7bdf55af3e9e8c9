package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// The whole way of a first day, by keyboard.
func TestFirstRunLockAndUnlock(t *testing.T) {
	r := newRoom(t)
	c := r.window.Canvas()
	tab := func() { c.FocusNext() }
	enter := func() { c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	test.Type(c.Focused(), "Quill Street Practice")
	enter()
	test.Type(c.Focused(), "601 555 0100\nNora@Example.org")
	tab() // the folder keeps the practice's name
	enter()
	test.Type(c.Focused(), passphrase)
	enter()
	test.Type(c.Focused(), passphrase)
	enter()
	r.until("the vault is open", func() bool { return r.shell.session != nil })
	r.until("the settings are read", func() bool { return r.shell.watch.limit > 0 })
	d := r.shell.session
	if d.practice.Dir() != r.dir {
		t.Errorf("the vault is in %s, not %s", d.practice.Dir(), r.dir)
	}
	if want := []string{"+16015550100", "nora@example.org"}; !slices.Equal(d.settings.Own, want) {
		t.Errorf("own addresses are %q, not %q", d.settings.Own, want)
	}
	if title := r.window.Title(); title != "Quill Street Practice - Casekeep" {
		t.Errorf("the title is %q", title)
	}
	if known := r.config.Computer().Vaults; !slices.Equal(known, []string{r.dir}) {
		t.Errorf("this computer remembers %q", known)
	}

	r.menu("Lock")
	r.untilLocked()
	test.Type(c.Focused(), "walrus")
	enter()
	r.until("the passphrase is refused", func() bool { return r.says(app.Sentence(app.ErrPassphrase)) })
	test.Type(c.Focused(), passphrase) // what was typed is selected
	enter()
	r.until("the vault is open", func() bool { return r.shell.session != nil })
}

func TestGoAndActs(t *testing.T) {
	r := openRoom(t)
	clients, inbox := r.pages[desk.Clients], r.pages[desk.Inbox]
	clients.takes, inbox.takes = desk.KeyLog, desk.KeyImport
	if today := r.pages[desk.Today]; len(today.places) != 1 || len(clients.places) != 0 {
		t.Fatalf("it begins with %v", today.places)
	}

	r.menu("Inbox")
	if !r.shell.session.sidebar.items[desk.Inbox].Selected() || r.shell.session.sidebar.items[desk.Clients].Selected() {
		t.Error("the sidebar does not mark Inbox alone")
	}
	r.menu("Log a contact") // is a client's
	if len(clients.places) != 1 || !slices.Contains(clients.keys, desk.KeyLog) {
		t.Errorf("logging from Inbox led to %v with %v", clients.places, clients.keys)
	}
	r.menu("Import")
	if !slices.Contains(inbox.keys, desk.KeyImport) {
		t.Errorf("Inbox was asked for %v", inbox.keys)
	}
	r.shell.session.Go(desk.Place{Page: desk.Produce, Client: 7})
	if got := r.pages[desk.Produce].places; len(got) != 1 || got[0].Client != 7 {
		t.Errorf("Produce was shown as %v", got)
	}
	if !r.shell.session.sidebar.items[desk.Clients].Selected() {
		t.Error("producing is not under Clients in the sidebar")
	}
}

func TestCtrlEnterReachesThePage(t *testing.T) {
	r := openRoom(t)
	r.shell.save()
	if keys := r.pages[desk.Today].keys; !slices.Equal(keys, []string{desk.KeySave}) {
		t.Errorf("the page was asked for %v", keys)
	}
	kit.Tell(r.window, "Something", "stands over the page")
	r.shell.save()
	if keys := r.pages[desk.Today].keys; len(keys) > 1 {
		t.Error("Ctrl+Enter reached the page under a dialog")
	}
}

func TestCtrlEnterPressesADialogsMainButton(t *testing.T) {
	r := newRoom(t) // also while no vault is open
	pressed := 0
	area := kit.NewArea("The key", 3)
	dialog := kit.NewDialog("Check a sheet", area, kit.NewPrimary("Check it", func() { pressed++ }))
	dialog.Open(r.window)
	area.Focus()
	r.shell.save() // Fyne's test window binds no keys
	if pressed != 1 {
		t.Errorf("Ctrl+Enter pressed the button %d times", pressed)
	}
	dialog.Close()
	kit.Tell(r.window, "Something", "is told")
	r.shell.save()
	if r.window.Canvas().Overlays().Top() != nil {
		t.Error("what is told stands there still")
	}
}

func TestHidingReachesEveryPage(t *testing.T) {
	r := openRoom(t)
	r.menu("Hide names and previews")
	for page, p := range r.pages {
		if !slices.Contains(p.keys, desk.KeyHide) {
			t.Errorf("page %d does not hide", page)
		}
	}
	for _, i := range r.window.MainMenu().Items[1].Items {
		if kit.MenuLabel(i) == "Hide names and previews" && !i.Checked {
			t.Error("the menu does not say that names are hidden")
		}
	}
}

func TestDroppedFilesGoToInbox(t *testing.T) {
	r := openRoom(t)
	drop := func() {
		r.shell.dropped(fyne.NewPos(400, 300), []fyne.URI{storage.NewFileURI("/exports/sms.xml"), storage.NewFileURI("/exports/mail.mbox")})
	}
	drop()
	got := r.pages[desk.Inbox].places
	if len(got) != 1 || !slices.Equal(got[0].Files, []string{"/exports/sms.xml", "/exports/mail.mbox"}) {
		t.Errorf("Inbox was shown as %v", got)
	}
	r.shell.Lock()
	r.untilLocked()
	drop() // while locked: nothing happens
	if len(r.pages[desk.Inbox].places) != 1 {
		t.Error("a locked window took the files")
	}
}

func TestChangesReachEveryPage(t *testing.T) {
	r := openRoom(t)
	r.shell.session.Changed(3)
	for page, p := range r.pages {
		if p.fresh != 1 {
			t.Errorf("page %d was refreshed %d times", page, p.fresh)
		}
	}
}

func TestColorsAreRemembered(t *testing.T) {
	r := openRoom(t)
	appearance{r.shell}.Set(look.Dark)
	if got := r.config.Computer().Look; got != string(look.Dark) {
		t.Errorf("this computer remembers %q", got)
	}
	if theme, ok := fyne.CurrentApp().Settings().Theme().(*look.Theme); !ok || !theme.Dark() {
		t.Error("the window is not dark")
	}
}

// The window works at 1024 by 700: no page of ours asks for more.
func TestSmallWindow(t *testing.T) {
	r := openRoom(t)
	for _, e := range entries {
		r.shell.session.Go(desk.Place{Page: e.page})
		if min := r.window.Content().MinSize(); min.Width > 1024 || min.Height > 700-28 {
			t.Errorf("%s asks for %v", e.name, min)
		}
	}
	r.shell.Lock()
	r.untilLocked()
	r.menu("New vault")
	if min := r.window.Content().MinSize(); min.Width > 1024 || min.Height > 700-28 {
		t.Errorf("the first run asks for %v", min)
	}
}
