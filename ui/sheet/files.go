package sheet

import (
	"bytes"
	"io"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/chooser"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// files are what is kept with the entry.
type files struct {
	desk    desk.Desk
	changed func()
	folder  string // where a file was attached from last
	paths   []string
	flow    *fyne.Container
	content fyne.CanvasObject
}

func newFiles(d desk.Desk, changed func()) *files {
	f := &files{desk: d, changed: changed, folder: folders.Documents(), flow: kit.Flow(6)}
	f.content = f.flow
	f.draw()
	return f
}

func (f *files) draw() {
	f.flow.Objects = nil
	for i, path := range f.paths {
		f.flow.Add(kit.NewButton("Remove "+filepath.Base(path), func() {
			f.set(slices.Delete(slices.Clone(f.paths), i, i+1))
		}).Small().Icon(look.File))
	}
	f.flow.Add(kit.NewButton("Attach a file", f.ask).Small().Icon(look.Paperclip))
	f.flow.Refresh()
}

func (f *files) set(paths []string) {
	f.paths = paths
	f.draw()
	f.changed()
}

func (f *files) ask() {
	chooser.Open(f.desk, chooser.Ask{
		Title: "Attach a file", Text: "Choose the file, or type a part of its name: the newest come first. A sealed copy goes into the vault; the file itself stays where it is, unsealed.",
		Act: "Attach", From: f.folder, Wanted: chooser.Any, One: true,
		Chosen: func(paths []string) {
			f.folder = filepath.Dir(paths[0])
			f.set(append(slices.Clone(f.paths), paths...))
		},
	})
}

// uploads gives the files, and the signature that was drawn.
func (f *files) uploads(signature []byte) []app.Upload {
	var all []app.Upload
	for _, path := range f.paths {
		all = append(all, app.FileUpload(path))
	}
	if signature != nil {
		all = append(all, app.Upload{Name: app.SignatureFile, Type: "image/png", Open: func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(signature)), nil
		}})
	}
	return all
}
