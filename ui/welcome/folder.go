package welcome

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/chooser"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
)

// Choose lets a vault's folder be chosen, and asks for its passphrase.
func (p *Page) Choose() {
	from := folders.Documents()
	if p.unlock.dir != "" {
		from = filepath.Dir(p.unlock.dir)
	}
	p.ask(chooser.Ask{
		Title: "Open a vault", Act: "Open", From: from,
		Text: "A vault is a folder. Its name most often ends in " + app.Suffix + ".",
		Whole: func(dir string) string {
			if app.IsVault(dir) {
				return "vault"
			}
			return ""
		},
		Chosen: func(paths []string) {
			if !app.IsVault(paths[0]) {
				p.Say(folders.Short(paths[0]) + ": " + app.ErrNotVault.Error() + ".")
				return
			}
			p.Unlock(paths[0])
		},
	})
}

// ask opens a chooser unless something is being asked already.
func (p *Page) ask(a chooser.Ask) {
	if !p.busy && p.opt.Window.Canvas().Overlays().Top() == nil {
		chooser.Open(host{page: p}, a)
	}
}

// host is what a chooser needs of a desk; there is none while no vault is open.
type host struct {
	desk.Desk
	page *Page
}

func (h host) Window() fyne.Window { return h.page.opt.Window }

func (h host) Load(fetch func(context.Context) error, done func(error)) {
	go func() {
		err := fetch(context.Background())
		h.page.opt.Do(func() { done(err) })
	}()
}

// folderField takes the folder of a new vault, typed, or put into another
// folder that is looked for.
func folderField(p *Page) *kit.Field {
	f := kit.NewField("The vault’s folder")
	f.Trailing(kit.NewLink("browse", func() {
		now := folders.Whole(f.Text())
		p.ask(chooser.Ask{
			Title: "Where the vault is kept", Act: "Keep it here", From: filepath.Dir(now),
			Text:   "The vault becomes a folder of its own in the one that you choose.",
			Chosen: func(paths []string) { f.SetText(folders.Short(filepath.Join(paths[0], filepath.Base(now)))) },
		})
	}))
	return f
}

// vaultFolder gives the folder of a new vault, named after the practice.
func vaultFolder(practice string) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return ' '
		}
		return r
	}, practice)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	if name == "" {
		name = "My Practice"
	}
	return filepath.Join(folders.Documents(), name+app.Suffix)
}
