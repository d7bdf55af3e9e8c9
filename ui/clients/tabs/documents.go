package tabs

import (
	"context"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/clients/timeline"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// Documents lists every file that is kept with an entry of a record.
type Documents struct {
	shelf
	open func(list []record.Entry, entry, file int)
}

// NewDocuments makes the tab; open shows one of the files of some entries.
func NewDocuments(d desk.Desk, a Acts, open func(list []record.Entry, entry, file int)) *Documents {
	return &Documents{newShelf(d, a), open}
}

// Name is the tab's.
func (t *Documents) Name() string { return "Documents" }

// mostDocuments is how many entries with files are shown; the timeline holds
// the rest.
const mostDocuments = 300

// Show reads the files of a client's record.
func (t *Documents) Show(c record.Client, _ string) {
	var list []record.Entry
	t.Load(func(ctx context.Context) error {
		var err error
		list, err = t.Desk.Practice().Timeline(ctx, c.ID, app.Page{Limit: mostDocuments, WithFiles: true})
		return err
	}, func() { t.show(list) })
}

func (t *Documents) show(list []record.Entry) {
	if len(list) == 0 {
		t.Fill(kit.NewHeading("No file yet"), kit.Pad(4, 0, 0, 0, kit.NewNote(
			"Scanned consents, letters, pictures and whatever came with a message stand here. Attach a file to a form or to what you log; a sealed copy is kept.")))
		return
	}
	var rows []fyne.CanvasObject
	for i, e := range list {
		for k := range e.Attachments {
			rows = append(rows, t.file(list, i, k))
		}
	}
	all := []fyne.CanvasObject{kit.Pad(0, 0, 10, 0, kit.NewHeading(phrase.Count(len(rows), "file", "files"))), table(rows)}
	if len(list) == mostDocuments {
		all = append(all, kit.Pad(8, 0, 0, 0, kit.NewNote("These are the newest. Older ones stand in the timeline.")))
	}
	t.Fill(all...)
}

func (t *Documents) file(list []record.Entry, entry, file int) fyne.CanvasObject {
	e := list[entry]
	a := e.Attachments[file]
	with := phrase.Channel(e.Channel)
	if !e.IsContact() {
		with = form.Title(e.Form)
	}
	day := phrase.ShortDate(record.DateOf(e.At.In(e.TimeZone())))
	title := kit.Column(1, kit.NewText(a.Name), kit.NewSmall(joined(day, with, phrase.Size(a.Size))))
	return kit.Row(12, kit.NewPicture(timeline.FileIcon(a), look.Muted), kit.Grow(title),
		kit.NewLink("Open", func() { t.open(list, entry, file) }), kit.NewLink("Show", func() { t.acts.Show(e.ID) }))
}
