package welcome

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/backups"
	"casekeep/ui/chooser"
	"casekeep/ui/folders"
	"casekeep/ui/handover"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// restore makes a vault out of a backup: from which drive, with which key, which
// backup, and where the vault goes.
type restore struct {
	page    *Page
	content fyne.CanvasObject
	scroll  *kit.Scroll
	damaged string   // the vault that is to be replaced; "": none
	found   []string // folders of backups at the place

	from    *kit.Field
	whose   *kit.Select
	secret  *handover.Secret
	find    *kit.Button
	back    *kit.Button
	problem *kit.Text
	source  *fyne.Container
	pick    *picker
}

const restoreWidth = 560

func newRestore(p *Page) *restore {
	r := &restore{page: p, from: kit.NewField("The drive, or the folder with the backups").Must("Choose the drive or folder that the backups lie in."),
		problem: kit.NewNote("").Color(look.Red)}
	r.from.Trailing(kit.NewLink("browse", r.browse))
	r.from.OnChanged = func(string) { r.lookThere(nil) }
	r.whose = kit.NewSelect("Whose backups", nil, -1, func(int) {})
	r.secret = handover.NewSecret("Passphrase that the vault had then", p.ask)
	r.find = kit.NewPrimary("Show the backups", r.open)
	r.back = kit.NewLink("Back", r.leave)
	r.from.OnEnter = func(string) { r.secret.Passphrase.Focus() }
	r.secret.OnEnter(r.open)
	r.source = kit.Column(14, r.from, r.whose, r.secret.Content(), r.problem, kit.Row(16, r.back, kit.Space(), kit.Wide(180, r.find)))
	r.pick = newPicker(r)
	head := kit.Column(0, kit.Row(0, kit.NewMark(), kit.Space()), kit.Pad(14, 0, 2, 0, kit.NewTitle("Restore from a backup")),
		kit.NewNote("On this computer or a new one: the drive with the backups and the passphrase, or a recovery key, are enough. The backups stay as they are."))
	r.scroll = kit.NewScroll(kit.Middle(restoreWidth, kit.Pad(26, 0, 26, 0, kit.Column(20, head, r.source, r.pick.content))))
	r.content = r.scroll
	r.clear()
	return r
}

// reset begins anew.
func (r *restore) reset(damaged string) {
	r.clear()
	r.damaged = damaged
	r.scroll.Top()
	r.from.Focus()
}

// clear takes away what was typed.
func (r *restore) clear() {
	r.from.SetText("")
	r.secret.Clear()
	r.lookThere(nil)
	r.problem.Hide()
	r.pick.clear()
	r.source.Show()
	r.pick.content.Hide()
	r.ready(true)
}

func (r *restore) ready(on bool) {
	r.find.SetText("Show the backups")
	if on {
		r.find.Enable()
		return
	}
	r.find.SetText("Opening")
	r.find.Disable()
}

func (r *restore) leave() {
	if !r.page.busy {
		r.clear()
		r.page.before()
	}
}

func (r *restore) browse() {
	r.page.ask(chooser.Ask{
		Title: "Where the backups lie", Act: "Choose", From: folders.Drives(),
		Text: "The drive, a folder on it, or the folder whose name ends in .casekeep-backup.",
		Chosen: func(paths []string) {
			r.from.SetText(folders.Short(paths[0]))
			if found, err := app.BackupFolders(paths[0]); err != nil {
				r.from.SetError(app.Sentence(err))
			} else {
				r.lookThere(found)
				r.secret.Passphrase.Focus()
			}
		},
	})
}

// lookThere offers the vaults whose backups lie at the place, where there are
// several. The damaged one is chosen, if it is among them.
func (r *restore) lookThere(found []string) {
	r.found = found
	r.whose.Hidden = len(found) < 2
	var names []string
	chosen := min(len(found), 1) - 1
	for i, folder := range found {
		names = append(names, whoseBackups(folder))
		if r.damaged != "" && app.IsBackupOf(folder, r.damaged) {
			chosen = i
		}
	}
	r.whose.SetOptions(names, chosen)
	r.source.Refresh()
}

// whoseBackups names a folder of backups, and says when the newest was made.
func whoseBackups(folder string) string {
	name := strings.TrimSuffix(filepath.Base(folder), filepath.Ext(folder))
	if at := app.NewestBackup(folder); !at.IsZero() {
		name += " · last backup " + backups.Moment(at)
	}
	return name
}

// open opens the backups and lists them.
func (r *restore) open() {
	at, ok := r.from.Value()
	if !ok || r.page.busy {
		return
	}
	if len(r.found) == 0 {
		found, err := app.BackupFolders(folders.Whole(at))
		if err != nil {
			r.from.SetError(app.Sentence(err))
			r.from.Focus()
			return
		}
		if r.lookThere(found); len(found) > 1 {
			kit.Focus(r.whose)
			return // whose they are is asked first
		}
	}
	secret, ok := r.secret.Value()
	if !ok {
		return
	}
	folder, config := r.found[max(r.whose.Chosen(), 0)], r.page.opt.Config
	r.ready(false)
	r.problem.Hide()
	var opened *app.BackupFolder
	var list []app.Backup
	r.page.load(func(ctx context.Context) (err error) {
		if opened, err = app.OpenBackups(folder, secret, config); err == nil {
			list, err = opened.List(ctx)
		}
		return err
	}, func(err error) {
		r.ready(true)
		switch {
		case errors.Is(err, app.ErrPassphrase):
			r.secret.Fail(err)
		case err != nil:
			r.say(err)
		default:
			r.source.Hide()
			r.pick.show(opened, list)
			r.content.Refresh()
			r.scroll.Fit()
		}
	})
}

func (r *restore) say(err error) {
	r.problem.SetText(app.Sentence(err))
	r.problem.Show()
	r.scroll.Fit()
}
