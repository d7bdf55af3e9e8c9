package backups

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// drawWorries shows what is wrong, each with what to do about it.
func (p *page) drawWorries() {
	p.worries.Objects = nil
	for _, w := range p.state.Worries {
		p.worries.Add(p.worry(w))
	}
	if n := len(p.held); n > 0 {
		p.worries.Add(Note(kit.Amber, phrase.Count(n, "backup still holds", "backups still hold")+" records that were destroyed",
			"Purge them, or wait until the plan removes them.", kit.NewButton("Purge from backups", p.askClear).Small()))
	}
	if n := len(p.copies); n > 0 {
		p.worries.Add(Note(kit.Amber, phrase.Count(n, "copy", "copies")+" of the vault’s files in its folder may hold records that were destroyed",
			"Another program put there: "+p.copies[0].Name+more(n-1)+". Look whether something in there is missing here, and then remove what you do not need from "+
				folders.Short(p.desk.Practice().Dir())+"."))
	}
	p.worries.Hidden = len(p.worries.Objects) == 0
}

// more counts what is not named.
func more(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

func (p *page) worry(w app.Worry) fyne.CanvasObject {
	tone := kit.Amber
	if w.Pressing {
		tone = kit.Red
	}
	kind, folder, _ := strings.Cut(w.Key, "/")
	act := kit.NewButton("Back up now", p.backUp)
	switch kind {
	case "none", "same-disk":
		act = kit.NewButton("Add a folder", p.addFolder)
	case "missing":
		act = kit.NewButton("Take off the list", func() { p.askRemove(folder) })
	case "drill":
		act = kit.NewButton("Run the drill", p.drill)
	case "synced", "another":
		act = kit.NewButton("I know", func() { p.accept(w) })
	case "old-key":
		act = kit.NewButton("Go to the keys", func() { p.desk.Go(desk.Place{Page: desk.Practice, Part: "keys"}) })
	}
	buttons := []fyne.CanvasObject{act.Small()}
	if kind == "same-disk" {
		buttons = append(buttons, kit.NewButton("I know", func() { p.accept(w) }).Small())
	}
	return Note(tone, strings.ReplaceAll(w.Says, folders.Home()+string(filepath.Separator), "~"+string(filepath.Separator)), w.Do+".", buttons...)
}

// Note says what is wrong and what to do about it, with buttons that do it.
func Note(tone kit.Tone, says, do string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	color := look.Amber
	if tone == kit.Red {
		color = look.Red
	}
	text := kit.Column(1, kit.NewText(says+".").Bold().Color(color))
	if do != "" {
		text.Add(kit.NewNote(do).Color(color))
	}
	return kit.Note(tone, kit.Row(10, append([]fyne.CanvasObject{kit.Grow(text)}, buttons...)...))
}

// accept lets a worry be, which the practitioner knows of.
func (p *page) accept(w app.Worry) {
	p.do(func(ctx context.Context) error { return p.desk.Practice().AcceptWorry(ctx, w.Key) }, "It is not said again")
}
