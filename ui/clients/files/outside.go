package files

import (
	"context"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/outside"
	"casekeep/ui/clients/ask"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// AskOutside opens a file in the program that the computer has for it, after
// saying what that means. A program is not opened.
func (s *Shelf) AskOutside(a record.Attachment) {
	practice := s.desk.Practice()
	var care outside.Care
	s.desk.Load(func(ctx context.Context) (err error) {
		care, err = practice.JudgeOutside(ctx, a.ID)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			s.desk.Fail(err)
		case care == outside.Refused:
			kit.Tell(s.desk.Window(), "This file is not opened", app.Sentence(outside.ErrProgram))
		default:
			s.askOutside(a, care)
		}
	})
}

func (s *Shelf) askOutside(a record.Attachment, care outside.Care) {
	where := "in memory, not on the disk"
	if !outside.InMemory() {
		where = "on this computer’s disk, from which a specialist may bring it back later"
	}
	body := []fyne.CanvasObject{
		kit.NewStrong(a.Name),
		kit.NewNote("A copy that is not sealed leaves the vault, so that the program that this computer has for such files can show it. " +
			"It lies in a private folder, " + where + ", until Casekeep locks or closes. Then Casekeep removes it; after a crash, at its next start."),
		kit.NewNote("What the other program keeps stays with it: its list of recent files, a preview, a copy that it saves or sends. " +
			"Close it when you are done. The client’s history notes that a copy was made."),
	}
	if care == outside.Careful {
		body = append(body, kit.Note(kit.Amber, kit.NewSmall("A file of this kind can hold instructions, and can reach the internet once it is open. "+
			"Open it only if you know who made it.")))
	}
	practice := s.desk.Practice()
	ask.Open(s.desk, "Open outside", ask.Question{
		Title: "Open outside Casekeep?", Width: 520, Body: kit.Column(12, body...),
		Do:   func(ctx context.Context) error { return practice.OpenOutside(ctx, a.ID) },
		Done: func() { s.tell("Opened outside. The copy is removed when Casekeep locks.") },
	})
}
