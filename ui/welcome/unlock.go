package welcome

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/folders"
	"casekeep/ui/handover"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// unlock asks for the passphrase of one vault.
type unlock struct {
	page       *Page
	dir        string
	content    fyne.CanvasObject
	name       *kit.Label
	backed     *kit.Text
	place      *kit.Text
	passphrase *kit.Field
	open       *kit.Button
	key        *kit.Button
	check      *kit.Button
	slow       *countdown
	other      *kit.Button
	problem    *kit.Text
	wrong      *fyne.Container
	tried      app.Secret // what the vault was last to be opened with
	mending    *fyne.Container
	executor   *kit.Button
	viewing    *kit.Text
	seen       *fyne.Container // viewing, with room above
	viewer     *viewer         // who looks at the records in the practitioner's place; nil: the practitioner works in them
	hint       *kit.Text
	hinted     *fyne.Container
}

const unlockWidth = 360

func newUnlock(p *Page) *unlock {
	u := &unlock{
		page: p, name: kit.NewTitle(""), backed: kit.NewNote(""), place: kit.NewSmall("").Color(look.Faint).Most(2),
		passphrase: kit.NewPassword("Passphrase"), problem: kit.NewNote("").Color(look.Red),
		hint: kit.NewNote(""), viewing: kit.NewNote("").Color(look.Amber),
	}
	u.seen = kit.Pad(8, 0, 0, 0, u.viewing)
	u.seen.Hide()
	u.hinted = kit.Pad(0, 0, 12, 0, u.hint)
	u.open = kit.NewPrimary("Unlock", u.try)
	u.key = kit.NewLink("Use a recovery key", u.askKey)
	u.check = kit.NewLink("Check a sheet", u.checkSheet)
	u.executor = kit.NewLink("As executor", u.askViewer)
	u.mending = kit.Pad(10, 0, 0, 0, kit.Flow(8, kit.NewButton("Restore it from a backup", func() { p.restoreOver(u.dir) }),
		kit.NewButton("Save what can be read", u.askSalvage)))
	u.other = kit.NewLink("Another vault", u.choose).Icon(look.Folder)
	u.passphrase.OnEnter = func(string) { u.try() }
	u.wrong = kit.Pad(6, 0, 0, 0, u.problem)
	u.passphrase.OnChanged = func(string) { u.say("") }
	u.say("")
	u.slow = newCountdown(u)
	u.mending.Hide()
	u.content = kit.Middle(unlockWidth, kit.Column(0,
		kit.Row(0, kit.NewMark(), kit.Space()),
		kit.Pad(20, 0, 0, 0, u.name), u.backed, kit.Pad(2, 0, 0, 0, u.place),
		u.seen,
		kit.Pad(16, 0, 0, 0, u.passphrase),
		u.wrong,
		kit.Pad(6, 0, 0, 0, u.slow.said),
		u.mending,
		kit.Pad(14, 0, 16, 0, u.open),
		u.hinted,
		kit.Row(0, u.key, kit.Space(), u.executor, kit.Space(), u.other),
		kit.Pad(8, 0, 0, 0, kit.Row(0, u.check, kit.Space())),
		kit.Pad(8, 0, 0, 0, kit.Row(0, kit.NewLink("What Casekeep protects, and what it cannot", p.opt.Help), kit.Space()))))
	return u
}

func (u *unlock) set(dir string) {
	u.dir = dir
	u.name.SetText(app.VaultName(dir))
	u.place.SetText(folders.Short(dir))
	u.remember()
	u.hint.SetText(u.page.opt.Hint(dir))
	u.hinted.Hidden = u.hint.Text() == ""
	u.clear()
	u.slow.look()
}

// remember says what this computer knows of the vault's backups.
func (u *unlock) remember() {
	r := u.page.opt.Config.Remembered(u.dir)
	u.backed.Hidden = !r.Known
	u.backed.SetText(phrase.BackedUp(r.BackedUp, r.Drilled, u.page.now(), time.Local))
	u.backed.Color(look.Muted)
	if r.Worrying(u.page.now()) {
		u.backed.Color(look.Amber)
	}
}

// clear takes the passphrase away.
func (u *unlock) clear() {
	u.viewer = nil
	u.seen.Hide()
	u.passphrase.SetText("")
	u.tried = app.Secret{}
	u.say("")
	u.mending.Hide()
	u.ready(true)
}

// ready lets the user type, or shows that the key is being derived.
func (u *unlock) ready(on bool) {
	for _, one := range []interface {
		Enable()
		Disable()
	}{u.open, u.key, u.check, u.executor, u.other, u.passphrase} {
		if on {
			one.Enable()
		} else {
			one.Disable()
		}
	}
	u.open.SetText("Unlocking")
	if on {
		u.open.SetText("Unlock")
	}
}

func (u *unlock) try() {
	if u.passphrase.Text() == "" && app.IsVault(u.dir) {
		u.passphrase.Focus()
		return
	}
	if u.slow.look() {
		return
	}
	u.with(app.Secret{Passphrase: u.passphrase.Text()})
}

// askKey unlocks with the key of somebody whom the vault has as a holder, typed
// from a sheet or in a file.
func (u *unlock) askKey() {
	key := handover.NewKey(u.page.ask)
	var dialog *kit.Dialog
	use := func() {
		secret, ok := key.Value()
		if !ok {
			dialog.Refresh()
			return
		}
		u.attempt(secret, dialog.Close, func(err error) {
			if errors.Is(err, app.ErrDamaged) || errors.Is(err, app.ErrNotVault) {
				dialog.Close()
				u.fail(err)
				return
			}
			u.ready(true)
			key.Fail(err) // what was typed stays, to be corrected
		})
	}
	key.OnEnter(use)
	dialog = kit.NewDialog("Use a recovery key", kit.Column(12,
		kit.NewNote("The key of the recovery sheet, or one that you hold for the practitioner. What is done with it is written down under its holder’s name."),
		key.Content()), kit.NewPrimary("Unlock", use).Shortcut("Ctrl Enter")).Width(520)
	key.OnChanged = dialog.Refresh
	dialog.Open(u.page.opt.Window)
	key.Focus()
}

// checkSheet shows whether a key opens the vault, which stays locked.
func (u *unlock) checkSheet() {
	dir, config := u.dir, u.page.opt.Config
	handover.CheckSheet(u.page.opt.Window, u.page.ask, func(job func() error, done func(error)) {
		u.page.load(func(context.Context) error { return job() }, done)
	}, func(s app.Secret) (string, error) {
		name, err := config.CheckSheet(dir, s)
		return "This key opens the vault, as the holder " + name + ". The vault stays locked, and no record was read.", err
	}, func() {})
}

func (u *unlock) with(s app.Secret) { u.attempt(s, func() {}, u.fail) }

// attempt opens the vault with a secret; done is called before it is handed over.
func (u *unlock) attempt(s app.Secret, done func(), fail func(error)) {
	switch {
	case u.page.busy:
		return
	case !app.IsVault(u.dir):
		fail(app.ErrNotVault)
		return
	}
	u.ready(false)
	u.tried = s
	dir, config, opened := u.dir, u.page.opt.Config, u.opened(u.viewer)
	u.page.work(func() (*app.Practice, error) {
		return app.UnlockWith(context.Background(), dir, s, config)
	}, func(p *app.Practice) {
		done()
		opened(p)
	}, fail)
}

// say shows what is wrong under the field; an empty text takes it away.
func (u *unlock) say(text string) {
	u.problem.SetText(text)
	u.wrong.Hidden, u.problem.Hidden = text == "", text == ""
	if u.content != nil {
		u.content.Refresh()
	}
}

// fail says under the field why the vault stays closed. After a wrong
// passphrase the cursor is back in the field, and what was typed selected.
func (u *unlock) fail(err error) {
	u.ready(true)
	u.say(app.Sentence(err))
	u.mending.Hidden = !errors.Is(err, app.ErrDamaged)
	u.content.Refresh()
	u.passphrase.Focus()
	u.slow.look()
	if errors.Is(err, app.ErrPassphrase) {
		if typing, ok := u.passphrase.Entry().(fyne.Shortcutable); ok {
			typing.TypedShortcut(&fyne.ShortcutSelectAll{})
		}
	}
}

// choose offers the other vaults that are known, and ways to more.
func (u *unlock) choose() {
	var items []*fyne.MenuItem
	for _, dir := range u.page.opt.Recent() {
		if dir != u.dir {
			items = append(items, fyne.NewMenuItem(folders.Short(dir), func() { u.page.Unlock(dir) }))
		}
	}
	if len(items) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	items = append(items,
		fyne.NewMenuItem("Open a folder", u.page.Choose),
		fyne.NewMenuItem("Restore from a backup", u.page.Restore),
		fyne.NewMenuItem("Make a new vault", u.page.FirstRun))
	kit.Menu(u.other, items...)
}
