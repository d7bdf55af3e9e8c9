package detail

import (
	"fyne.io/fyne/v2"

	"casekeep/app/inside"
	"casekeep/ui/clients/files"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/clients/timeline"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// attachment is a line of an entry's details.
func (d *Detail) attachment(e record.Entry, at int) fyne.CanvasObject {
	a := e.Attachments[at]
	facts := kit.Column(1, kit.NewLabel(a.Name),
		kit.NewSmall(a.Type+" · "+phrase.Size(a.Size)+" · SHA-256 "+phrase.ShortHash(a.SHA256)))
	buttons := []fyne.CanvasObject{kit.NewPicture(timeline.FileIcon(a), look.Muted), kit.Grow(facts)}
	if inside.Offered(a.Name, a.Type) {
		buttons = append(buttons, kit.NewButton("View", func() { d.OpenFile(e, at) }).Small())
	}
	buttons = append(buttons, kit.NewButton("Open outside", func() { d.files.AskOutside(a) }).Small(),
		kit.NewButton("Save a copy", func() { d.files.AskSave(a) }).Small())
	return kit.Pad(6, 0, 0, 0, kit.Card(kit.Pad(8, 12, 8, 12, kit.Row(10, buttons...))))
}

// OpenFile shows one of an entry's files; the others are reached from there.
func (d *Detail) OpenFile(e record.Entry, file int) {
	d.OpenFiles([]record.Entry{e}, 0, file)
}

// OpenFiles shows one of the files of some entries; the others are reached from
// there.
func (d *Detail) OpenFiles(list []record.Entry, entry, file int) {
	var items []files.Item
	at := 0
	for i, e := range list {
		with := title(e, d.hooks.Client().Name) + ", " + when(e)
		if p := e.Provenance; p != nil {
			with += ", imported from " + p.Source.Name
		}
		for k, a := range e.Attachments {
			if i == entry && k == file {
				at = len(items)
			}
			items = append(items, files.Item{File: a, With: with})
		}
	}
	d.files.Open(items, at)
}
