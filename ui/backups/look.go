package backups

import (
	"context"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/chooser"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/folders"
	"casekeep/ui/handover"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// look opens a backup in memory, and shows what is in it.
func (p *page) look(b app.Backup) {
	folder := p.chosen
	var found app.Look
	p.desk.RunBytes("Looking into the backup", func(ctx context.Context, report func(int64, int64, string)) error {
		there, err := p.desk.Practice().BackupsAt(folder)
		if err == nil {
			found, err = there.Look(ctx, b.Name, report)
		}
		return err
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.tellLook(folder, found)
	})
}

// lookRows is how many clients are in sight at once.
const lookRows = 5

func (p *page) tellLook(folder string, found app.Look) {
	body := kit.Column(12, kit.NewNote(lookSays(found)))
	var dialog *kit.Dialog
	rows := clientRows(found.Records)
	bring := kit.NewButton("Bring this record back", func() {
		if i := rows.Selected(); i >= 0 {
			dialog.Close()
			p.askBring(folder, found.Backup, found.Records[i])
		}
	})
	if p.hidden {
		body.Add(kit.NewNote("Names are hidden: press Ctrl H to show them again."))
		bring.Disable()
	} else if len(found.Records) > 0 {
		body.Add(kit.Card(kit.Tall(lookRows*kit.ItemHeight, rows)))
		rows.Select(0)
	} else {
		bring.Disable()
	}
	restore := kit.NewPrimary("Restore it", func() {
		dialog.Close()
		p.askRestore(folder, found.Backup)
	})
	dialog = kit.NewDialog("Backup of "+Moment(found.At), body, restore).Width(560).Cancel("Close").More(bring)
	dialog.Open(p.desk.Window())
}

func lookSays(found app.Look) string {
	text := "It holds " + Holds(found.Backup)
	if !found.LastEntry.IsZero() {
		text += "; the last entry is of " + Moment(found.LastEntry)
	}
	return text + "."
}

// LookBody says what a backup holds, with its clients.
func LookBody(found app.Look) *fyne.Container {
	body := kit.Column(12, kit.NewNote(lookSays(found)))
	if len(found.Records) > 0 {
		body.Add(kit.Card(kit.Tall(lookRows*kit.ItemHeight, clientRows(found.Records))))
	}
	return body
}

func clientRows(list []record.ClientSummary) *kit.List {
	return kit.NewList(kit.Rows{
		Count:  func() int { return len(list) },
		Height: func(int, float32) float32 { return kit.ItemHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewItem() },
		Bind: func(i int, o fyne.CanvasObject, on bool) {
			c := list[i]
			o.(*kit.Item).Set(kit.ItemText{Title: c.Name, Caption: "record " + c.Number + " · " + phrase.Count(c.Entries, "contact", "contacts")}, on)
		},
	})
}

// askBring brings one client's record back after a question.
func (p *page) askBring(folder string, b app.Backup, c record.ClientSummary) {
	kit.Confirm(p.desk.Window(), "Bring "+names.Of(c.Name)+" record back?",
		"What is missing of it here is added as it was on "+Moment(b.At)+". What is there stays as it is. A record that was destroyed does not come back.",
		"Bring it back", func() { p.bring(folder, b, c) })
}

func (p *page) bring(folder string, b app.Backup, c record.ClientSummary) {
	var done app.CarriedRecord
	p.desk.RunBytes("Bringing the record back", func(ctx context.Context, report func(int64, int64, string)) error {
		there, err := p.desk.Practice().BackupsAt(folder)
		if err == nil {
			done, err = there.RestoreClient(ctx, b.Name, c.Number, p.desk.Practice(), report)
		}
		return err
	}, func(err error) {
		p.desk.Changed(0)
		if err != nil {
			p.desk.Fail(err)
			return
		}
		kit.Tell(p.desk.Window(), names.Of(c.Name)+" record", sentence(handover.Carried(done)))
	})
}

// askRestore asks where a vault is made out of a backup.
func (p *page) askRestore(folder string, b app.Backup) {
	vault := app.VaultName(p.desk.Practice().Dir())
	field := kit.NewField("The folder of the restored vault").Must("Say where the vault is to lie.")
	field.SetText(folders.Short(folders.Free(folders.Documents(), vault+" restored "+b.At.Local().Format("2006-01-02"), app.Suffix)))
	field.Trailing(kit.NewLink("browse", func() {
		now := folders.Whole(field.Text())
		chooser.Open(p.desk, chooser.Ask{
			Title: "Where the vault is made", Act: "Make it here", From: filepath.Dir(now),
			Text:   "The vault becomes a folder of its own in the one that you choose.",
			Chosen: func(paths []string) { field.SetText(folders.Short(filepath.Join(paths[0], filepath.Base(now)))) },
		})
	}))
	var dialog *kit.Dialog
	act := func() {
		dir, ok := field.Value()
		if !ok {
			return
		}
		var done app.RestoredVault
		p.desk.RunBytes("Restoring", func(ctx context.Context, report func(int64, int64, string)) error {
			there, err := p.desk.Practice().BackupsAt(folder)
			if err == nil {
				done, err = there.Restore(ctx, b.Name, folders.Whole(dir), false, report)
			}
			return err
		}, func(err error) {
			if err != nil {
				field.SetError(app.Sentence(err))
				return
			}
			dialog.Close()
			var told *kit.Dialog
			told = kit.NewDialog("The vault is restored", Restored(done), kit.NewPrimary("Open it", func() {
				told.Close()
				p.leave(done.Folder)
			})).Cancel("Close").Width(520)
			told.Open(p.desk.Window())
		})
	}
	field.OnEnter = func(string) { act() }
	dialog = kit.NewDialog("Restore the backup of "+Moment(b.At), kit.Column(12,
		kit.NewNote("A second vault is made beside this one, which stays as it is. It opens with the passphrase that this one has."), field),
		kit.NewPrimary("Restore", act)).Width(560)
	dialog.Open(p.desk.Window())
}

// Restored says what a restore made.
func Restored(r app.RestoredVault) *fyne.Container {
	body := kit.Column(8, kit.NewText("It holds "+Holds(r.Backup)+", as of "+Moment(r.Backup.At)+"."), kit.NewNote(folders.Short(r.Folder)))
	if n := len(r.Destroyed); n > 0 {
		var numbers []string
		for _, d := range r.Destroyed {
			numbers = append(numbers, d.Number)
		}
		body.Add(kit.NewNote(phrase.Count(n, "record that was destroyed since is", "records that were destroyed since are") + " left out: " + strings.Join(numbers, ", ") + "."))
	}
	if r.InSight > 0 {
		body.Add(kit.NewText("In sight in it: " + phrase.Count(r.InSight, "entry", "entries") + " that an order put out of sight since. Put that out of sight there too.").Color(look.Red))
	}
	if r.Unheld > 0 {
		body.Add(kit.NewText("Not in it: " + phrase.Count(r.Unheld, "legal hold", "legal holds") + ", placed since. Place that there too.").Color(look.Red))
	}
	if r.Aside != "" {
		body.Add(kit.NewNote("The damaged vault is kept in " + folders.Short(r.Aside) + "."))
	}
	if len(r.Missing) > 0 {
		body.Add(kit.NewText("Some attachments are missing or damaged in the backup:").Color(look.Red))
		Lines(body, r.Missing)
	}
	return body
}

// sentence begins a text in upper case, lower in lower case.
func sentence(text string) string { return withFirst(text, unicode.ToUpper) }
func lower(text string) string    { return withFirst(text, unicode.ToLower) }

func withFirst(text string, change func(rune) rune) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(change(first)) + text[size:]
}
