package detail

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"casekeep/ui/clients/ask"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// askSave writes an attachment to a file of its own, after a warning.
func (d *Detail) askSave(a record.Attachment) {
	folder := kit.NewField("Folder")
	folder.SetText(usualFolder())
	name := kit.NewField("File name")
	name.SetText(safeName(a.Name))
	folder.Trailing(kit.NewLink("choose", func() { d.chooseFolder(folder) }))
	practice := d.desk.Practice()
	var path string
	ask.Open(d.desk, "Save a copy", ask.Question{
		Title: "Save a copy", Width: 520,
		Body: kit.Column(12, kit.Note(kit.Amber, kit.NewSmall(
			"The copy is not sealed: whoever can use this computer can open it. Delete it when you no longer need it.")), folder, name),
		Check: func() bool {
			if !filled(folder, "Say in which folder.") || !filled(name, "Say under which name.") {
				return false
			}
			path = filepath.Join(strings.TrimSpace(folder.Text()), safeName(name.Text()))
			return true
		},
		Do:   func(ctx context.Context) error { return practice.SaveAttachment(ctx, a.ID, path) },
		Done: func() { d.desk.Toast("Saved as "+path+", not sealed.", "", nil) },
	})
}

func (d *Detail) chooseFolder(into *kit.Field) {
	dialog.ShowFolderOpen(func(u fyne.ListableURI, err error) {
		switch {
		case err != nil:
			d.desk.Fail(err)
		case u != nil:
			into.SetText(u.Path())
		}
	}, d.desk.Window())
}

// usualFolder gives where downloads go, or the home folder.
func usualFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	downloads := filepath.Join(home, "Downloads")
	if info, err := os.Stat(downloads); err == nil && info.IsDir() {
		return downloads
	}
	return home
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
