package welcome

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/backups"
	"casekeep/ui/chooser"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
)

// picker lets one of the backups be chosen, looked into and restored.
type picker struct {
	of      *restore
	from    *app.BackupFolder
	list    []app.Backup
	head    *kit.Label
	rows    *kit.List
	where   *kit.Segments
	into    *kit.Field
	place   *fyne.Container // where it goes, if there is a choice
	look    *kit.Button
	act     *kit.Button
	content *fyne.Container
}

const pickerRows = 4

func newPicker(r *restore) *picker {
	p := &picker{of: r, head: kit.NewHeading(""), into: kit.NewField("The vault’s folder").Must("Say where the vault is to lie.")}
	p.rows = kit.NewList(kit.Rows{
		Count:  func() int { return len(p.list) },
		Height: func(int, float32) float32 { return kit.ItemHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewItem() },
		Bind:   func(i int, o fyne.CanvasObject, on bool) { o.(*kit.Item).Set(text(p.list[i]), on) },
		Open:   func(int) { p.lookInto() },
	})
	p.where = kit.NewSegments([]string{"Over the damaged vault", "Into a new folder"}, 0, func(int) { p.showWhere() })
	p.into.Trailing(kit.NewLink("browse", p.browse))
	p.into.OnEnter = func(string) { p.restore() }
	p.look = kit.NewButton("Look into it", p.lookInto)
	p.act = kit.NewPrimary("Restore", p.restore)
	p.place = kit.Column(6, p.where, kit.NewSmall("A damaged vault is not lost: it is kept beside under another name."))
	p.content = kit.Column(14, p.head, kit.Card(kit.Tall(pickerRows*kit.ItemHeight, p.rows)),
		p.place, p.into,
		kit.Row(16, kit.NewLink("Back", r.leave), kit.Space(), p.look, kit.Wide(150, p.act)))
	return p
}

func text(b app.Backup) kit.ItemText {
	t := kit.ItemText{Title: backups.Moment(b.At), Caption: backups.Holds(b), Right: phrase.Size(b.Bytes)}
	if b.OldKey {
		t.Caption, t.Right, t.Faint = b.Problem, "old key", true
	} else if b.Problem != "" {
		t.Caption, t.Right, t.Faint = "Cannot be read: "+b.Problem, "damaged", true
	}
	return t
}

func (p *picker) clear() {
	p.rows.Select(-1)
	p.from, p.list = nil, nil
	p.rows.Reload()
}

// show lists backups, the newest that can be read chosen.
func (p *picker) show(from *app.BackupFolder, list []app.Backup) {
	p.from, p.list = from, list
	p.rows.Reload()
	for i, b := range list {
		if b.Problem == "" {
			p.rows.Select(i)
			break
		}
	}
	name := strings.TrimSuffix(filepath.Base(from.Folder), filepath.Ext(from.Folder))
	p.head.SetText("Which backup of " + name)
	p.into.SetText(folders.Short(folders.Free(folders.Documents(), name, app.Suffix)))
	p.place.Hidden = p.of.damaged == ""
	p.where.Choose(0)
	p.showWhere()
	p.content.Show()
	kit.Focus(p.rows)
}

func (p *picker) over() bool { return p.of.damaged != "" && p.where.Chosen() == 0 }

func (p *picker) showWhere() {
	p.into.Hidden = p.over()
	p.content.Refresh()
	p.of.scroll.Fit()
}

func (p *picker) browse() {
	now := folders.Whole(p.into.Text())
	p.of.page.ask(chooser.Ask{
		Title: "Where the vault is kept", Act: "Keep it here", From: filepath.Dir(now),
		Text:   "The vault becomes a folder of its own in the one that you choose.",
		Chosen: func(paths []string) { p.into.SetText(folders.Short(filepath.Join(paths[0], filepath.Base(now)))) },
	})
}

// lookInto says what is in the backup that is chosen.
func (p *picker) lookInto() {
	i := p.rows.Selected()
	if i < 0 {
		return
	}
	var found app.Look
	name := p.list[i].Name
	p.of.page.run("Looking into the backup", func(ctx context.Context, report app.Doing) (err error) {
		found, err = p.from.Look(ctx, name, report)
		return err
	}, func(err error) {
		if err != nil {
			kit.Tell(p.of.page.opt.Window, "This backup cannot be read", app.Sentence(err))
			return
		}
		kit.NewDialog("Backup of "+backups.Moment(found.At), backups.LookBody(found), nil).Width(520).Open(p.of.page.opt.Window)
	})
}

// restore makes the vault, and asks for its passphrase then.
func (p *picker) restore() {
	i, dir, over := p.rows.Selected(), p.of.damaged, p.over()
	if !over {
		typed, ok := p.into.Value()
		if !ok {
			return
		}
		dir = folders.Whole(typed)
	}
	if i < 0 {
		return
	}
	var done app.RestoredVault
	name := p.list[i].Name
	p.of.page.run("Restoring the vault", func(ctx context.Context, report app.Doing) (err error) {
		done, err = p.from.Restore(ctx, name, dir, over, report)
		return err
	}, func(err error) {
		if err != nil {
			kit.Tell(p.of.page.opt.Window, "The vault was not restored", app.Sentence(err))
			return
		}
		p.of.clear()
		p.of.page.Unlock(dir)
		var told *kit.Dialog
		told = kit.NewDialog("The vault is restored", backups.Restored(done), kit.NewPrimary("Open it", func() { told.Close() })).Cancel("Close").Width(520)
		told.OnClosed = p.of.page.unlock.passphrase.Focus
		told.Open(p.of.page.opt.Window)
	})
}
