// Package handover takes records out of a vault in sealed files that another
// Casekeep, or age, tar and sqlite3, open, and takes such files in.
package handover

import (
	"path/filepath"

	"casekeep/ui/chooser"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
)

// ending is that of a sealed file.
const ending = ".tar.age"

// outField asks into which file something goes.
func outField(d desk.Desk, name string) *kit.Field {
	f := kit.NewField("Into this file").Must("Say into which file it goes.")
	f.SetText(folders.Short(folders.Free(folders.Documents(), folders.FileName(name, "Record"), ending)))
	f.Trailing(kit.NewLink("folder", func() {
		now := written(f.Text())
		chooser.Open(d, chooser.Ask{
			Title: "Choose a folder", Text: "The sealed file is written into it.", Act: "Choose", From: filepath.Dir(now),
			Chosen: func(dirs []string) { f.SetText(folders.Short(filepath.Join(dirs[0], filepath.Base(now)))) },
		})
	}))
	return f
}

// written reads a path as it was typed, and gives it an ending where it has
// none.
func written(typed string) string {
	path := folders.Whole(typed)
	if filepath.Ext(path) == "" {
		path += ending
	}
	return path
}
