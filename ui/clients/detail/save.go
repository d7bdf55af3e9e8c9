package detail

import (
	"context"
	"path/filepath"
	"strings"

	"casekeep/ui/chooser"
	"casekeep/ui/clients/ask"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// askSave writes an attachment to a file of its own, after a warning.
func (d *Detail) askSave(a record.Attachment) {
	folder := kit.NewField("Folder")
	folder.SetText(folders.Short(folders.Documents()))
	name := kit.NewField("File name")
	name.SetText(safeName(a.Name))
	folder.Trailing(kit.NewLink("choose", func() { d.chooseFolder(folder) }))
	practice := d.desk.Practice()
	var path string
	ask.Open(d.desk, "Save a copy", ask.Question{
		Title: "Save a copy", Width: 520,
		Body: kit.Column(12, kit.Note(kit.Amber, kit.NewSmall(
			"The copy is not sealed: whoever can use this computer can open it. Delete it when you no longer need it.")), folder, name),
		Check: func() (string, bool) {
			if !filled(folder, "Say in which folder.") || !filled(name, "Say under which name.") {
				return "", false
			}
			path = filepath.Join(folders.Whole(folder.Text()), safeName(name.Text()))
			return "", true
		},
		Do:   func(ctx context.Context) error { return practice.SaveAttachment(ctx, a.ID, path) },
		Done: func() { d.desk.Toast("Saved as "+path+", not sealed.", "", nil) },
	})
}

func (d *Detail) chooseFolder(into *kit.Field) {
	chooser.Open(d.desk, chooser.Ask{
		Title: "Folder for the copy", Text: "Choose a folder that nobody else reads.", Act: "Choose",
		From:   folders.Whole(into.Text()),
		Chosen: func(paths []string) { into.SetText(folders.Short(paths[0])) },
	})
}

// safeName makes a file name that stays in its folder out of one that came
// from elsewhere.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.TrimSpace(name))
	name = strings.TrimLeft(name, ".")
	if name == "" {
		return "attachment"
	}
	return name
}
