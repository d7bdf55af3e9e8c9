package about

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Imports shows what was brought in from exports, and takes it back.
type Imports struct {
	Pane
	more func()
}

// NewImports makes the tab; more goes to the next import.
func NewImports(d desk.Desk, more func()) *Imports { return &Imports{NewPane(d), more} }

// Name is the tab's.
func (t *Imports) Name() string { return "Imports" }

// Show reads the imports into a client's record.
func (t *Imports) Show(c record.Client, zone string) {
	var list []record.Batch
	t.Load(func(ctx context.Context) error {
		var err error
		list, err = t.Desk.Practice().Imports(ctx, c.ID)
		return err
	}, func() { t.show(c, list, record.LoadZone(zone)) })
}

func (t *Imports) show(c record.Client, list []record.Batch, zone *time.Location) {
	button := kit.NewButton("Import messages", t.more).Shortcut("Ctrl I")
	if len(list) == 0 {
		t.Fill(kit.NewHeading("Nothing imported yet"),
			kit.Pad(4, 0, 12, 0, kit.NewNote("Texts, calls and emails come in from an export of the phone or the mailbox. Only this client’s messages are kept.")),
			kit.Row(0, button, kit.Space()))
		return
	}
	all := []fyne.CanvasObject{kit.Row(10, kit.Grow(kit.NewHeading("Imports")), button)}
	for _, b := range list {
		all = append(all, kit.Pad(14, 0, 0, 0, t.batch(c, b, zone)))
	}
	t.Fill(all...)
}

func (t *Imports) batch(c record.Client, b record.Batch, zone *time.Location) fyne.CanvasObject {
	lines := kit.Column(3, kit.NewStrong(phrase.ShortMoment(b.At.In(zone))), kit.NewNote(counts(b)))
	for _, s := range b.Sources {
		lines.Add(kit.NewSmall(fmt.Sprintf("%s · %s · %s · SHA-256 %s", s.Name, s.Format, phrase.Size(s.Size), phrase.ShortHash(s.SHA256))))
	}
	switch {
	case !b.Undone.IsZero():
		lines.Add(kit.NewSmall("Undone " + phrase.ShortMoment(b.Undone.In(zone)) + "."))
		return kit.Card(kit.Pad(12, 14, 12, 14, lines))
	case b.Released:
		lines.Add(kit.NewSmall("Something of it was in a released record, so it can no longer be undone. Move or strike single entries instead."))
		return kit.Card(kit.Pad(12, 14, 12, 14, lines))
	}
	undo := kit.NewButton("Undo import", func() { t.askUndo(c, b) }).Small()
	return kit.Card(kit.Pad(12, 14, 12, 14, kit.TopRow(12, kit.Grow(lines), undo)))
}

func counts(b record.Batch) string {
	text := phrase.Count(b.Imported, "message filed", "messages filed") + " of " + phrase.Count(b.Found, "found", "found")
	for _, part := range []struct {
		n    int
		what string
	}{{b.Duplicates, "already there"}, {b.Skipped, "left out"}, {b.Refused, "refused"}, {b.Damaged, "damaged in the export"}} {
		if part.n > 0 {
			text += " · " + phrase.Count(part.n, part.what, part.what)
		}
	}
	return text
}

func (t *Imports) askUndo(c record.Client, b record.Batch) {
	text := "Takes " + phrase.Count(b.Imported, "entry", "entries") + " out of the record of " + c.Name +
		", with their attachments and with whatever was added to them since. The audit trail keeps that it was done."
	kit.ConfirmDanger(t.Desk.Window(), "Undo this import?", text, "Undo import", func() { t.undo(c, b) })
}

func (t *Imports) undo(c record.Client, b record.Batch) {
	var removed int
	practice := t.Desk.Practice()
	t.Desk.Run("Undoing the import", func(ctx context.Context, report func(done, total int64, text string)) error {
		report(0, 0, "Taking its entries out of the record")
		var err error
		removed, err = practice.UndoImport(ctx, b.ID)
		return err
	}, func(err error) {
		if err != nil {
			t.Desk.Fail(err)
		} else {
			t.Desk.Toast("Import undone: "+phrase.Count(removed, "entry", "entries")+" taken out.", "", nil)
		}
		t.Desk.Changed(c.ID)
	})
}
