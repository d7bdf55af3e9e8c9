package backups

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/folders"
	"casekeep/ui/handover"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// files leads to what goes out of the vault, and into it, in files.
func (p *page) files() fyne.CanvasObject {
	return kit.Column(10, kit.NewSection("In one file"),
		kit.NewNote("Beside the backups: everything, or one client’s whole record, in a sealed file that age, tar and sqlite3 open without Casekeep."),
		kit.Flow(8, kit.NewButton("Export the whole vault", p.export).Icon(look.Download),
			kit.NewButton("Send a record", func() { handover.SendAny(p.desk) }).Icon(look.Share),
			kit.NewButton("Take in a package", func() { handover.Receive(p.desk) }).Icon(look.Upload)))
}

func (p *page) export() { handover.Export(p.desk) }

// backUp backs up now, and says what came of it.
func (p *page) backUp() {
	var list []app.BackedUp
	p.desk.RunBytes("Backing up", func(ctx context.Context, report func(int64, int64, string)) (err error) {
		list, err = p.desk.Practice().BackUp(ctx, report)
		return err
	}, func(err error) {
		p.desk.Changed(0)
		switch {
		case errors.Is(err, context.Canceled) || len(list) == 0:
			p.desk.Fail(err)
		case len(list) == 1 && err == nil:
			said, _ := backedUp(list[0])
			p.desk.Toast("Backed up: "+lower(said), "", nil)
		default:
			p.tellBackedUp(list, err)
		}
	})
}

func (p *page) tellBackedUp(list []app.BackedUp, err error) {
	title := "The vault is backed up"
	if err != nil {
		title = "Nothing was backed up"
	}
	body := kit.Column(10)
	for _, b := range list {
		said, tone := backedUp(b)
		body.Add(kit.Column(1, kit.NewText(folders.Short(b.Target)).Bold(), kit.NewNote(said).Color(ink(tone))))
	}
	kit.NewDialog(title, body, nil).Width(520).Open(p.desk.Window())
}

// ink gives the color of a text in a tone.
func ink(tone kit.Tone) look.Token {
	return map[kit.Tone]look.Token{kit.Red: look.Red, kit.Amber: look.Amber, kit.Green: look.Green, kit.Neutral: look.Muted}[tone]
}

// drill tries a restore, and says what was found.
func (p *page) drill() {
	var found app.Drilled
	p.desk.RunBytes("Trying a full restore", func(ctx context.Context, report func(int64, int64, string)) (err error) {
		found, err = p.desk.Practice().Drill(ctx, report)
		return err
	}, func(err error) {
		p.desk.Changed(0)
		if err != nil {
			p.desk.Fail(err)
			return
		}
		TellDrilled(p.desk.Window(), found)
	})
}

// TellDrilled says what a restore drill found.
func TellDrilled(w fyne.Window, found app.Drilled) {
	title, color := "The backup restores", look.Green
	if !found.Whole {
		title, color = "The backup is not as the vault is", look.Red
	}
	body := kit.Column(8, kit.NewText(drilled(found)).Color(color))
	Lines(body, found.Differences)
	kit.NewDialog(title, body, nil).Width(520).Open(w)
}

// Lines adds texts, up to a limit.
func Lines(body *fyne.Container, texts []string) {
	const most = 12
	for i, text := range texts {
		if i == most {
			body.Add(kit.NewNote(fmt.Sprintf("And %d more.", len(texts)-most)))
			return
		}
		body.Add(kit.NewNote(app.Sentence(errors.New(text))))
	}
}

// check reads every byte of the backups in a folder.
func (p *page) check(folder string) {
	var found app.BackupCheck
	p.desk.RunBytes("Checking every backup", func(ctx context.Context, report func(int64, int64, string)) error {
		there, err := p.desk.Practice().BackupsAt(folder)
		if err == nil {
			found, err = there.Check(ctx, report)
		}
		return err
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.chosen = folder
		p.checked[folder] = found
		p.load()
		p.tellChecked(folder, found)
	})
}

func (p *page) tellChecked(folder string, c app.BackupCheck) {
	read := fmt.Sprintf("%s in %s of %s were read", phrase.Size(c.Bytes), phrase.Count(c.Files, "file", "files"), folders.Short(folder))
	if c.OK {
		kit.Tell(p.desk.Window(), "Every backup is whole", read+", and every byte is as it was written.")
		return
	}
	body := kit.Column(8, kit.NewText(read+". "+damage(c)).Color(look.Red))
	Lines(body, c.Problems)
	if c.Newest != nil {
		body.Add(kit.NewText("The newest one that restores is that of " + Moment(c.Newest.At) + ".").Bold())
	} else {
		body.Add(kit.NewText("None of them restores: back up now, onto another drive.").Bold())
	}
	kit.NewDialog("Some backups are damaged", body, nil).Width(560).Open(p.desk.Window())
}

// damage says what the damage means.
func damage(c app.BackupCheck) string {
	if len(c.Broken) == 0 {
		return "Every backup restores, but without what lies in the damaged files: attachments. Add a folder on another drive, which gets them anew."
	}
	return phrase.Count(len(c.Broken), "backup does", "backups do") + " not restore any more."
}

// askClear removes destroyed records from the backups after a question.
func (p *page) askClear() {
	kit.Confirm(p.desk.Window(), "Purge from the backups what was destroyed?",
		"Every backup within reach that holds a destroyed record is written anew without it and read back; only then it takes the old one’s place. "+
			"Drives that are not connected keep theirs: connect them first.", "Purge from backups", p.clear)
}

func (p *page) clear() {
	var list []app.Cleared
	p.desk.Run("Purging the backups", func(ctx context.Context, report func(int64, int64, string)) (err error) {
		list, err = p.desk.Practice().ClearBackups(ctx, report)
		return err
	}, func(err error) {
		p.desk.Changed(0)
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.tellCleared(list)
	})
}

func (p *page) tellCleared(list []app.Cleared) {
	title, body := Purged(list)
	body.Add(kit.NewNote("A certificate of destruction lists the backups as they stand when it is printed: print it once more under Retention, Destroyed."))
	kit.NewDialog(title, body, nil).Width(520).Open(p.desk.Window())
}

// Purged says what became of each folder when destroyed records were removed
// from its backups, below a title.
func Purged(list []app.Cleared) (title string, body *fyne.Container) {
	title, body = "The backups are purged", kit.Column(10)
	for _, c := range list {
		if c.Away || c.Err != nil {
			title = "Not every backup is purged"
		}
		said, tone := cleared(c)
		body.Add(kit.Column(1, kit.NewText(folders.Short(c.Target)).Bold(), kit.NewNote(said).Color(ink(tone))))
	}
	return title, body
}

// cleared says what became of one folder when destroyed records were removed.
func cleared(c app.Cleared) (string, kit.Tone) {
	switch {
	case c.Away:
		return "It is not there: its backups are as they were. Connect the drive, and purge them then.", kit.Amber
	case c.Err != nil:
		return app.Sentence(c.Err), kit.Red
	}
	return phrase.Count(c.Cleared, "backup", "backups") + " written anew, " + phrase.Count(c.Clean, "held", "held") + " none of them.", kit.Green
}
