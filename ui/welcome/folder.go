package welcome

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"casekeep/app"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
)

// Choose lets a vault's folder be typed or looked for, and asks for its
// passphrase.
func (p *Page) Choose() {
	if p.busy || p.opt.Window.Canvas().Overlays().Top() != nil {
		return
	}
	folder := folderField("The vault's folder", p.opt.Window)
	var ask *kit.Dialog
	open := func() {
		dir := folders.Whole(folder.Text())
		if !app.IsVault(dir) {
			folder.SetError(app.Sentence(app.ErrNotVault))
			return
		}
		ask.Close()
		p.Unlock(dir)
	}
	folder.OnEnter = func(string) { open() }
	ask = kit.NewDialog("Open a vault", folder, kit.NewPrimary("Open", open)).Width(560)
	ask.Open(p.opt.Window)
	folder.Focus()
}

// folderField takes a folder, typed or looked for in a file dialog.
func folderField(label string, w fyne.Window) *kit.Field {
	f := kit.NewField(label)
	f.Trailing(kit.NewLink("browse", func() {
		browse(w, folders.Whole(f.Text()), func(dir string) { f.SetText(folders.Short(dir)) })
	}))
	return f
}

// browse lets a folder be chosen, beginning at the nearest one that exists.
func browse(w fyne.Window, from string, chosen func(dir string)) {
	d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err == nil && folder != nil {
			chosen(folder.Path())
		}
	}, w)
	if at, err := storage.ListerForURI(storage.NewFileURI(folders.Existing(from))); err == nil {
		d.SetLocation(at)
	}
	d.Show()
}

// vaultFolder gives the folder of a new vault, named after the practice.
func vaultFolder(practice string) string {
	name := strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return ' '
		}
		return r
	}, practice))
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ".")
	if name == "" {
		name = "My Practice"
	}
	return filepath.Join(folders.Documents(), name+app.Suffix)
}
