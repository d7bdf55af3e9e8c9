package backups

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/chooser"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// drawFolders lists the folders that the vault is backed up into.
func (p *page) drawFolders() {
	p.folders.Objects = []fyne.CanvasObject{kit.Pad(0, 0, 6, 0, kit.NewSection("Folders")), kit.Rule()}
	for _, t := range p.state.Targets {
		p.folders.Add(p.folder(t))
		p.folders.Add(kit.Rule())
	}
}

func (p *page) folder(t app.BackupTarget) fyne.CanvasObject {
	state := kit.NewChip(kit.Green, "there")
	switch {
	case t.Paused:
		state = kit.NewChip(kit.Neutral, "paused")
	case !t.There:
		state = kit.NewChip(kit.Amber, "not there")
	case t.Gone:
		state = kit.NewChip(kit.Red, "empty")
	case t.SameDisk:
		state = kit.NewChip(kit.Amber, "same disk")
	}
	var more *kit.Button
	more = kit.NewIconButton(look.Dots, "More for "+t.Folder, func() { kit.Menu(more, p.folderMenu(t)...) })
	text := kit.Column(1, kit.NewText(folders.Short(t.Folder)).Bold().Most(2), kit.NewSmall(about(t, p.complete(t), p.desk.Practice().Now())))
	return kit.Pad(9, 0, 9, 0, kit.Row(12, kit.NewPicture(look.Drive, look.Muted), kit.Grow(text), state, more))
}

// complete gives when the newest backup in a folder was last seen to hold
// everything; zero: another folder has a newer one.
func (p *page) complete(t app.BackupTarget) time.Time {
	for _, other := range p.state.Targets {
		if other.Last.After(t.Last) {
			return time.Time{}
		}
	}
	return p.state.Last
}

func (p *page) folderMenu(t app.BackupTarget) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	if t.There && t.Folder != p.chosen {
		items = append(items, fyne.NewMenuItem("Show its backups", func() { p.choose(t.Folder) }))
	}
	if t.There {
		items = append(items, fyne.NewMenuItem("Check all its backups", func() { p.check(t.Folder) }))
	}
	pause := "Pause"
	if t.Paused {
		pause = "Take up again"
	}
	return append(items,
		fyne.NewMenuItem(pause, func() {
			p.do(func(ctx context.Context) error { return p.desk.Practice().PauseBackupTarget(ctx, t.Folder, !t.Paused) }, "")
		}),
		fyne.NewMenuItem("Copy its name", func() {
			p.desk.Copy(t.Folder)
			p.desk.Toast("The folder’s name is on the clipboard", "", nil)
		}),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Take off the list", func() { p.askRemove(t.Folder) }))
}

// choose lists the backups in a folder.
func (p *page) choose(folder string) {
	p.chosen, p.all = folder, false
	p.load()
}

// addFolder lets a folder be chosen, and offers the first backup.
func (p *page) addFolder() {
	chooser.Open(p.desk, chooser.Ask{
		Title: "Add a backup folder", Act: "Back up here", From: folders.Drives(),
		Text: "Best on another drive: one that you unplug and keep elsewhere, a network share, or a folder that a cloud service copies. " +
			"Everything in it is sealed. The backups get a folder of their own there.",
		Chosen: func(paths []string) {
			p.do(func(ctx context.Context) error { return p.desk.Practice().AddBackupTarget(ctx, paths[0]) }, "", p.backUp)
		},
	})
}

func (p *page) askRemove(folder string) {
	kit.Confirm(p.desk.Window(), "Take this folder off the list?", folders.Short(folder)+" gets no more backups. Those in it stay: delete them yourself if they are to go.",
		"Take it off", func() {
			p.do(func(ctx context.Context) error { return p.desk.Practice().RemoveBackupTarget(ctx, folder) }, "Taken off the list")
		})
}

// do changes something, says so, and reads the page anew.
func (p *page) do(change func(context.Context) error, said string, then ...func()) {
	p.desk.Load(change, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		if said != "" {
			p.desk.Toast(said, "", nil)
		}
		p.desk.Changed(0)
		for _, next := range then {
			next()
		}
	})
}
