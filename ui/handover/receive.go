package handover

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/chooser"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
)

// Receive lets a package be chosen that another vault wrote, and takes in its
// records.
func Receive(d desk.Desk) {
	chooser.Open(d, chooser.Ask{
		Title: "Take in a package", Act: "Choose", From: folders.Documents(), One: true,
		Text:   "The sealed file that another Casekeep wrote: its name ends with " + ending + ".",
		Wanted: func(name string) bool { return strings.HasSuffix(name, ".age") },
		Chosen: func(paths []string) { open(d, paths[0]) },
	})
}

func open(d desk.Desk, path string) {
	s := NewSecret("Passphrase of the file", choosing(d))
	var dialog *kit.Dialog
	take := func() {
		secret, ok := s.Value()
		if !ok {
			return
		}
		var list []app.CarriedRecord
		d.RunBytes("Taking in the package", func(ctx context.Context, report func(int64, int64, string)) (err error) {
			list, err = d.Practice().Receive(ctx, path, secret, report)
			return err
		}, func(err error) {
			if len(list) > 0 { // also where a later one failed
				d.Changed(0)
			}
			if err != nil && len(list) == 0 && !errors.Is(err, context.Canceled) {
				s.Fail(err)
				return
			}
			dialog.Close()
			if err != nil {
				d.Fail(err)
			}
			if len(list) > 0 {
				tellReceived(d, list)
			}
		})
	}
	s.OnEnter(take)
	dialog = kit.NewDialog("Open the package", kit.Column(12,
		kit.NewNote(filepath.Base(path)+" is opened with the passphrase that you were told, or with your key file. The record in it becomes a record of its own here."),
		s.Content()), kit.NewPrimary("Take it in", take)).Width(520)
	dialog.Open(d.Window())
}

func tellReceived(d desk.Desk, list []app.CarriedRecord) {
	body := kit.Column(12)
	for _, one := range list {
		body.Add(kit.Column(3, kit.NewText(names.In(one.Client.Name)+", record "+one.Client.Number).Bold(), kit.NewNote(Carried(one)), damagedNote(one.Damaged)))
	}
	dialog := kit.NewDialog("The package is taken in", body, nil).Width(520)
	if one := list[0]; len(list) == 1 {
		dialog.More(kit.NewLink("Go to the record", func() {
			dialog.Close()
			d.Go(desk.Place{Page: desk.Clients, Client: one.Client.ID})
		}), kit.NewLink("Print a receipt", func() {
			receipt(d, one.Client.Name, func(ctx context.Context, out app.PaperFile) (app.Printed, error) {
				return d.Practice().ReceivedReceipt(ctx, one, out)
			})
		}))
	}
	dialog.Open(d.Window())
}

// Carried says what was brought into a record.
func Carried(c app.CarriedRecord) string {
	text := phrase.Count(c.Entries, "entry", "entries") + " and " + phrase.Count(c.Attachments, "attachment", "attachments") + " added"
	if c.Present > 0 {
		text += ", " + phrase.Count(c.Present, "entry was", "entries were") + " there already"
	}
	if c.From != "" {
		text += ", from " + names.In(c.From)
	}
	if c.Loose > 0 {
		text += ". " + phrase.Count(c.Loose, "reference", "references") + " to other records stayed behind"
	}
	return text + "."
}

// damagedNote names the attachments that could not be read.
func damagedNote(damaged []string) fyne.CanvasObject {
	note := kit.NewNote("Could not be read, so zeros stand for it: " + strings.Join(damaged, ", ") + ".").Color(look.Red)
	note.Hidden = len(damaged) == 0
	return note
}
