package welcome

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// unlock asks for the passphrase of one vault.
type unlock struct {
	page       *Page
	dir        string
	content    fyne.CanvasObject
	name       *kit.Label
	place      *kit.Label
	passphrase *kit.Field
	open       *kit.Button
	other      *kit.Button
	problem    *kit.Text
	hint       *kit.Text
	hinted     *fyne.Container
}

const unlockWidth = 360

func newUnlock(p *Page) *unlock {
	u := &unlock{
		page: p, name: kit.NewTitle(""), place: kit.NewSubtitle(""),
		passphrase: kit.NewPassword("Passphrase"), problem: kit.NewNote("").Color(look.Red),
		hint: kit.NewNote(""),
	}
	u.hinted = kit.Pad(0, 0, 12, 0, u.hint)
	u.open = kit.NewPrimary("Unlock", u.try)
	u.other = kit.NewLink("Another vault", u.choose).Icon(look.Folder)
	u.passphrase.OnEnter = func(string) { u.try() }
	u.passphrase.OnChanged = func(string) { u.problem.Hide() }
	u.problem.Hide()
	u.content = kit.Middle(unlockWidth, kit.Column(0,
		kit.Row(0, kit.NewMark(), kit.Space()),
		kit.Pad(20, 0, 0, 0, u.name), u.place,
		kit.Pad(16, 0, 0, 0, u.passphrase),
		kit.Pad(6, 0, 0, 0, u.problem),
		kit.Pad(8, 0, 16, 0, u.open),
		u.hinted,
		kit.Row(0, kit.Space(), u.other)))
	return u
}

func (u *unlock) set(dir string) {
	u.dir = dir
	u.name.SetText(app.VaultName(dir))
	u.place.SetText(folders.Short(dir))
	u.hint.SetText(u.page.opt.Hint(dir))
	u.hinted.Hidden = u.hint.Text() == ""
	u.clear()
}

// clear takes the passphrase away.
func (u *unlock) clear() {
	u.passphrase.SetText("")
	u.problem.Hide()
	u.ready(true)
}

// ready lets the user type, or shows that the key is being derived.
func (u *unlock) ready(on bool) {
	if on {
		u.open.SetText("Unlock")
		u.open.Enable()
		u.other.Enable()
		u.passphrase.Enable()
		return
	}
	u.open.SetText("Unlocking")
	u.open.Disable()
	u.other.Disable()
	u.passphrase.Disable()
}

func (u *unlock) try() {
	passphrase := u.passphrase.Text()
	switch {
	case u.page.busy:
		return
	case !app.IsVault(u.dir):
		u.fail(app.ErrNotVault)
		return
	case passphrase == "":
		u.passphrase.Focus()
		return
	}
	u.ready(false)
	dir, config := u.dir, u.page.opt.Config
	u.page.work(func() (*app.Practice, error) {
		return app.Unlock(context.Background(), dir, passphrase, config)
	}, u.page.opt.Opened, u.fail)
}

// fail says under the field why the vault stays closed. After a wrong
// passphrase the cursor is back in the field, and what was typed selected.
func (u *unlock) fail(err error) {
	u.ready(true)
	u.problem.SetText(app.Sentence(err))
	u.problem.Show()
	u.passphrase.Focus()
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
		fyne.NewMenuItem("Make a new vault", u.page.FirstRun))
	kit.Menu(u.other, items...)
}
