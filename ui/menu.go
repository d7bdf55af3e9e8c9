package ui

import (
	"runtime"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/practice"
)

const ctrl = fyne.KeyModifierShortcutDefault

// setMenu builds the main menu for what the window shows. Its shortcuts are
// the program's global keys: those of the canvas do not reach a focused entry.
func (s *Shell) setMenu() {
	menu := fyne.NewMainMenu(
		fyne.NewMenu("File", s.fileItems()...),
		fyne.NewMenu("Edit", s.editItems()...),
		fyne.NewMenu("Go", s.goItems()...),
		fyne.NewMenu("Help",
			item("What Casekeep protects, and what it cannot", fyne.KeyF1, 0, s.helpProtects),
			item("Keyboard", "", 0, s.helpKeys),
			item("Opening a vault without Casekeep", "", 0, s.helpRescue),
			item("Licenses", "", 0, s.helpLicenses),
			item("About Casekeep", "", 0, s.about)),
	)
	if runtime.GOOS != "darwin" { // there the system draws them
		for _, m := range menu.Items {
			kit.ShowKeys(m.Items)
		}
	}
	s.window.SetMainMenu(menu)
}

func (s *Shell) fileItems() []*fyne.MenuItem {
	quit := item("Quit", fyne.KeyQ, ctrl, s.Quit)
	quit.IsQuit = true
	if s.session == nil || s.leaving {
		return []*fyne.MenuItem{
			s.whenLocked("New vault", s.locked.FirstRun),
			s.whenLocked("Open a vault", s.locked.Choose),
			fyne.NewMenuItemSeparator(), quit,
		}
	}
	return []*fyne.MenuItem{
		s.act("Add a client", fyne.KeyN, ctrl|fyne.KeyModifierShift, desk.KeyAdd),
		s.act("Edit the client", fyne.KeyE, ctrl, desk.KeyEdit),
		s.act("Record an acknowledgment", fyne.KeyA, ctrl|fyne.KeyModifierShift, desk.KeyAcknowledge),
		s.act("Note an online search", fyne.KeyS, ctrl|fyne.KeyModifierShift, desk.KeySearchNote),
		s.act("Place a legal hold", fyne.KeyH, ctrl|fyne.KeyModifierShift, desk.KeyHold),
		fyne.NewMenuItemSeparator(),
		s.act("Import", fyne.KeyI, ctrl, desk.KeyImport),
		s.command("Bring in a list of clients", "", 0, func(d *session) { d.Go(desk.Place{Page: desk.People}) }),
		s.act("Produce the record", fyne.KeyP, ctrl, desk.KeyProduce),
		s.command("Print the first-hour sheet", "", 0, func(d *session) { practice.PrintFirstHour(d) }),
		s.command("Print the paper fallback", "", 0, func(d *session) { practice.PrintFallback(d) }),
		fyne.NewMenuItemSeparator(),
		item("Lock", fyne.KeyL, ctrl, s.Lock),
		quit,
	}
}

func (s *Shell) editItems() []*fyne.MenuItem {
	items := []*fyne.MenuItem{
		s.edit("Undo", &fyne.ShortcutUndo{}),
		s.edit("Redo", &fyne.ShortcutRedo{}),
		fyne.NewMenuItemSeparator(),
		s.edit("Cut", &fyne.ShortcutCut{Clipboard: s.opt.Clipboard}),
		s.edit("Copy", &fyne.ShortcutCopy{Clipboard: s.opt.Clipboard}),
		s.edit("Paste", &fyne.ShortcutPaste{Clipboard: s.opt.Clipboard}),
		s.edit("Select all", &fyne.ShortcutSelectAll{}),
	}
	if s.session != nil && !s.leaving {
		hide := s.command("Hide names and previews", fyne.KeyH, ctrl, func(d *session) {
			d.hide()
			s.setMenu()
		})
		hide.Checked = s.session.hidden
		items = append(items, fyne.NewMenuItemSeparator(), hide)
	}
	return items
}

func (s *Shell) goItems() []*fyne.MenuItem {
	keys := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}
	var items []*fyne.MenuItem
	shown := entries
	if s.session != nil {
		shown = entriesOf(s.session.practice)
	}
	for i, e := range shown {
		items = append(items, s.command(e.name, keys[i], ctrl, func(d *session) { d.Go(desk.Place{Page: e.page}) }))
	}
	return append(items, fyne.NewMenuItemSeparator(),
		s.act("Find anything", fyne.KeyK, ctrl, desk.KeyFind),
		s.act("Log a contact", fyne.KeyN, ctrl, desk.KeyLog),
		s.act("Emergency card", fyne.KeyE, ctrl|fyne.KeyModifierShift, desk.KeyEmergency))
}

func item(label string, key fyne.KeyName, modifier fyne.KeyModifier, do func()) *fyne.MenuItem {
	i := fyne.NewMenuItem(label, do)
	if key != "" {
		i.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
	}
	return i
}

// command is an item that needs an open vault with nothing over its pages.
// Fyne runs a shortcut whatever is on show, and also if its item is disabled.
func (s *Shell) command(label string, key fyne.KeyName, modifier fyne.KeyModifier, do func(*session)) *fyne.MenuItem {
	i := item(label, key, modifier, func() {
		if s.session != nil && !s.leaving && s.window.Canvas().Overlays().Top() == nil {
			s.touched()
			do(s.session)
		}
	})
	i.Disabled = s.session == nil || s.leaving
	return i
}

// act is an item that is a page's own.
func (s *Shell) act(label string, key fyne.KeyName, modifier fyne.KeyModifier, name string) *fyne.MenuItem {
	return s.command(label, key, modifier, func(d *session) { d.act(name) })
}

func (s *Shell) whenLocked(label string, do func()) *fyne.MenuItem {
	i := fyne.NewMenuItem(label, func() {
		if s.session == nil && !s.leaving {
			do()
		}
	})
	i.Disabled = s.leaving
	return i
}

// edit hands an edit to what has the keyboard, in a dialog too.
func (s *Shell) edit(label string, shortcut fyne.Shortcut) *fyne.MenuItem {
	i := fyne.NewMenuItem(label, func() {
		s.touched()
		focused := s.window.Canvas().Focused()
		if still, ok := focused.(fyne.Disableable); ok && still.Disabled() {
			return
		}
		if focused, ok := focused.(fyne.Shortcutable); ok {
			focused.TypedShortcut(shortcut)
		}
	})
	i.Shortcut = shortcut
	return i
}

// bindSave gives Ctrl+Enter to the dialog or page on show. It is no item of the menu,
// which would take it from texts of several lines: those save by themselves.
func (s *Shell) bindSave() {
	for _, enter := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		s.window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: enter, Modifier: ctrl}, func(fyne.Shortcut) { s.save() })
	}
}

func (s *Shell) save() {
	s.touched()
	top := s.window.Canvas().Overlays().Top()
	if dialog, ok := top.(*kit.Dialog); ok {
		dialog.Enter()
		return
	}
	if top == nil && s.session != nil && !s.leaving {
		s.session.offer(s.session.shown, desk.KeySave)
	}
}

// typed gets the keys that nothing else has a use for.
func (s *Shell) typed(ev *fyne.KeyEvent) {
	s.touched()
	switch ev.Name {
	case fyne.KeyF1:
		s.helpProtects()
	case fyne.KeyF10:
		s.toggleMenu()
	}
	d := s.session
	if ev.Name != fyne.KeyEscape || d == nil || s.leaving {
		return
	}
	if d.work != nil {
		d.work.stop()
		return
	}
	d.offer(d.shown, desk.KeyEscape)
}

// dropped takes files to the Inbox, wherever they were dropped; a list of
// clients goes to the page that brings it in.
func (s *Shell) dropped(_ fyne.Position, items []fyne.URI) {
	if s.session == nil || s.leaving || s.window.Canvas().Overlays().Top() != nil {
		return
	}
	var files []string
	for _, uri := range items {
		if uri.Scheme() == "file" {
			files = append(files, uri.Path())
		}
	}
	switch {
	case len(files) == 0:
	case slices.ContainsFunc(files, app.IsPeopleFile):
		s.session.Go(desk.Place{Page: desk.People, Files: slices.DeleteFunc(files, func(f string) bool { return !app.IsPeopleFile(f) })})
	default:
		s.session.Go(desk.Place{Page: desk.Inbox, Files: files})
	}
}
