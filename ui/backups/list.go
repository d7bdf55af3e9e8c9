package backups

import (
	"errors"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// most is how many backups are on show at first.
const most = 8

// drawList lists the backups in the folder that is chosen.
func (p *page) drawList() {
	p.list.Objects = nil
	p.list.Hidden = p.chosen == ""
	if p.chosen == "" {
		return
	}
	of := ""
	if len(p.state.Targets) > 1 {
		of = "in " + filepath.Base(p.chosen)
	}
	head := kit.Row(16, kit.NewSection("Backups"), kit.Grow(kit.NewCaption(of)),
		kit.NewLink("Run the restore drill", p.drill), kit.NewLink("Check every byte", func() { p.check(p.chosen) }))
	p.list.Objects = []fyne.CanvasObject{kit.Pad(0, 0, 6, 0, head), kit.Rule()}
	switch {
	case errors.Is(p.problem, app.ErrNoneYet), p.problem == nil && len(p.listed) == 0:
		p.list.Add(kit.Pad(10, 0, 10, 0, kit.NewNote(p.noneOfThis())))
	case p.problem != nil:
		p.list.Add(kit.Pad(10, 0, 10, 0, kit.NewNote(app.Sentence(p.problem)).Color(look.Red)))
	}
	shown := p.listed
	if !p.all && len(shown) > most {
		shown = shown[:most]
	}
	for _, b := range shown {
		p.list.Add(p.backup(b))
		p.list.Add(kit.Rule())
	}
	if left := len(p.listed) - len(shown); left > 0 {
		p.list.Add(kit.Pad(8, 0, 0, 0, kit.Row(0, kit.NewLink("Show "+phrase.Count(left, "older one", "older ones"), func() {
			p.all = true
			p.show()
		}), kit.Space())))
	}
}

// noneOfThis says that the folder holds no backup of this vault.
func (p *page) noneOfThis() string {
	if slices.ContainsFunc(p.state.Targets, func(t app.BackupTarget) bool { return t.Folder == p.chosen && t.Gone }) {
		return "No backup of this vault in it any more."
	}
	return "No backup of this vault in it yet."
}

// measures of a backup's row
const (
	whenWidth = 204
	sizeWidth = 70
)

func (p *page) backup(b app.Backup) fyne.CanvasObject {
	when := kit.Wide(whenWidth, kit.NewLabel(Moment(b.At)))
	if b.OldKey {
		return kit.Pad(8, 0, 8, 0, kit.Row(10, when, kit.Grow(kit.NewSmall("Not this practice’s: "+b.Problem+".").Color(look.Red)), kit.NewChip(kit.Red, "old key")))
	}
	if b.Problem != "" {
		return kit.Pad(8, 0, 8, 0, kit.Row(10, when, kit.Grow(kit.NewSmall("Cannot be read: "+b.Problem+".").Color(look.Red)), kit.NewChip(kit.Red, "damaged")))
	}
	said := []fyne.CanvasObject{when, kit.Grow(kit.NewSubtitle(Holds(b))), kit.Wide(sizeWidth, kit.NewCaption(phrase.Size(b.Bytes)).Right())}
	if check, known := p.checked[p.chosen]; known {
		chip := kit.NewChip(kit.Green, "whole")
		switch {
		case slices.Contains(check.Broken, b.Name):
			chip = kit.NewChip(kit.Red, "damaged")
		case !check.OK: // an attachment that it may hold is
			chip = kit.NewChip(kit.Amber, "restores")
		}
		said = append(said, chip)
	}
	return kit.Pad(8, 0, 8, 0, kit.Row(10, append(said, kit.NewLink("Look into it", func() { p.look(b) }))...))
}
