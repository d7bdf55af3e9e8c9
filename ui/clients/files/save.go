package files

import (
	"context"
	"path/filepath"

	"casekeep/app/outside"
	"casekeep/ui/chooser"
	"casekeep/ui/clients/ask"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// AskSave writes an attachment to a file of its own, after a warning.
func (s *Shelf) AskSave(a record.Attachment) {
	folder := kit.NewField("Folder")
	folder.SetText(folders.Short(folders.Documents()))
	name := kit.NewField("File name")
	name.SetText(outside.SafeName(a.Name, a.Type))
	folder.Trailing(kit.NewLink("choose", func() { s.chooseFolder(folder) }))
	practice := s.desk.Practice()
	var path string
	ask.Open(s.desk, "Save a copy", ask.Question{
		Title: "Save a copy", Width: 520,
		Body: kit.Column(12, kit.Note(kit.Amber, kit.NewSmall(
			"What is saved is no longer protected: whoever can use this computer, or gets at its disk or its backups, can open it. Delete it when you no longer need it.")), folder, name),
		Check: func() (string, bool) {
			if !ask.Filled(folder, "Say in which folder.") || !ask.Filled(name, "Say under which name.") {
				return "", false
			}
			path = filepath.Join(folders.Whole(folder.Text()), outside.SafeName(name.Text(), ""))
			return "", true
		},
		Do:   func(ctx context.Context) error { return practice.SaveAttachment(ctx, a.ID, path) },
		Done: func() { s.tell("Saved as " + path + ", not sealed.") },
	})
}

func (s *Shelf) chooseFolder(into *kit.Field) {
	chooser.Open(s.desk, chooser.Ask{
		Title: "Folder for the copy", Text: "Choose a folder that nobody else reads.", Act: "Choose",
		From:   folders.Whole(into.Text()),
		Chosen: func(paths []string) { into.SetText(folders.Short(paths[0])) },
	})
}
