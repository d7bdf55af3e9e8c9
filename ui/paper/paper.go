// Package paper asks into which file a paper is printed, and prints it.
package paper

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/chooser"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
)

// Ask is what is to be printed.
type Ask struct {
	Title string // "Print the handout"
	Text  string // what becomes of the paper
	Name  string // of the file that is offered, without ending
	Act   string // what the button says; "": "Print"
	// Ending is that of the file; "": ".pdf".
	Ending string
	// Secret asks for a password too: something of a client is on it.
	Secret bool
	Print  func(context.Context, app.PaperFile) (app.Printed, error)

	// Long is Print where it takes long, and tells of bytes; nil: Print does it.
	Long   func(context.Context, app.PaperFile, app.Doing) (app.Printed, error)
	Before fyne.CanvasObject                  // what else is asked, above the file; nil: nothing
	Ready  func() bool                        // whether that was answered, and says what is wrong; nil: it was
	Failed func(err error, close func()) bool // takes an error that is not the file's; nil: none is
	Done   func(app.Printed)                  // is told once it is printed; nil: a toast says so
}

// Open asks for the file, and prints.
func Open(d desk.Desk, ask Ask) {
	file := kit.NewField("Into this file").Must("Say into which file the paper goes.")
	ending := cmp.Or(ask.Ending, ".pdf")
	file.SetText(folders.Short(free(folders.Documents(), ask.Name, ending)))
	file.Trailing(kit.NewLink("folder", func() {
		chooser.Open(d, chooser.Ask{
			Title: "Choose a folder", Text: "The paper is written into it.", Act: "Choose", From: filepath.Dir(folders.Whole(file.Text())),
			Chosen: func(dirs []string) { file.SetText(folders.Short(free(dirs[0], ask.Name, ending))) },
		})
	}))
	password := kit.NewPassword("Password (none if left empty)")
	body := kit.Column(10, kit.NewNote(ask.Text))
	if ask.Before != nil {
		body.Add(ask.Before)
	}
	body.Add(file)
	if ask.Secret {
		body.Add(password)
	}
	var dialog *kit.Dialog
	print := func() {
		path, ok := file.Value()
		if !ok || ask.Ready != nil && !ask.Ready() {
			return
		}
		out := app.PaperFile{Path: withEnding(folders.Whole(path), ending), Password: password.Text()}
		ask.run(d, out, func(done app.Printed, err error) {
			switch {
			case err != nil && ask.Failed != nil && ask.Failed(err, dialog.Close):
				dialog.Refresh()
			case err != nil:
				file.SetError(app.Sentence(err))
				file.Focus()
				dialog.Refresh() // the field is higher now
			default:
				dialog.Close()
				if ask.Done != nil {
					ask.Done(done)
				} else {
					d.Toast(printed(done), "", nil)
				}
			}
		})
	}
	file.OnEnter = func(string) { print() }
	password.OnEnter = func(string) { print() }
	dialog = kit.NewDialog(ask.Title, body, kit.NewPrimary(cmp.Or(ask.Act, "Print"), print)).Width(520)
	dialog.Open(d.Window())
}

// run prints behind a bar.
func (ask Ask) run(d desk.Desk, out app.PaperFile, then func(app.Printed, error)) {
	var done app.Printed
	if ask.Long != nil {
		d.RunBytes("Printing", func(ctx context.Context, report func(done, total int64, text string)) (err error) {
			report(0, 0, "Setting the pages")
			done, err = ask.Long(ctx, out, report)
			return err
		}, func(err error) { then(done, err) })
		return
	}
	d.Run("Printing", func(ctx context.Context, report func(done, total int64, text string)) (err error) {
		report(0, 0, "Setting the pages")
		done, err = ask.Print(ctx, out)
		return err
	}, func(err error) { then(done, err) })
}

func printed(p app.Printed) string {
	pages := fmt.Sprintf("%d pages", p.Pages)
	switch p.Pages {
	case 0: // not known
		pages = "Saved"
	case 1:
		pages = "1 page"
	}
	return fmt.Sprintf("%s in %s", pages, folders.Short(p.File))
}

func withEnding(path, ending string) string {
	if filepath.Ext(path) == "" {
		return path + ending
	}
	return path
}

// free gives a file that does not exist yet.
func free(dir, name, ending string) string {
	return folders.Free(dir, folders.FileName(name, "Paper"), ending)
}
