package produce

import (
	"fmt"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/release"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
)

// done shows a record that was produced.
type done struct {
	content  *kit.Scroll
	inner    *fyne.Container
	title    *kit.Label
	rows     *fyne.Container
	missing  *fyne.Container
	password *kit.Button
	finish   *kit.Button
	answer   *kit.Button // the request that the record answers; hidden where none is open
	of       app.Produced
	secret   string
}

func newDone(openFolder func(dir string), copyText func(text, said string), finish, answer func()) *done {
	d := &done{title: kit.NewTitle(""), rows: kit.Column(9), missing: kit.Column(4)}
	d.finish = kit.NewPrimary("Done", finish)
	d.password = kit.NewButton("Copy the password", func() { copyText(d.secret, "The password is on the clipboard until the vault is locked") }).Icon(look.Key)
	d.answer = kit.NewButton("Record the answer", answer).Icon(look.Document)
	buttons := kit.Flow(10, d.finish, d.answer,
		kit.NewButton("Open the folder", func() { openFolder(filepath.Dir(d.of.File)) }).Icon(look.Folder),
		kit.NewButton("Copy SHA-256", func() { copyText(d.of.Disclosure.SHA256.String(), "The SHA-256 is on the clipboard") }).Icon(look.Copy),
		d.password)
	d.inner = kit.Pad(26, 26, 26, 26, kit.TopRow(0, kit.Wide(640, kit.Column(18,
		kit.Row(8, kit.NewPicture(look.Check, look.Green), kit.Grow(d.title)),
		kit.Card(kit.Pad(16, 18, 16, 18, d.rows)), d.missing, buttons))))
	d.content = kit.NewScroll(d.inner)
	return d
}

// show tells what was produced, and the password that opens it.
func (d *done) show(p app.Produced, client, password string) {
	d.of, d.secret = p, password
	d.answer.Hide()
	d.title.SetText(names.Of(client) + " record is produced")
	d.password.Hidden = password == ""
	row := func(label string, o fyne.CanvasObject) fyne.CanvasObject {
		return kit.TopRow(12, kit.Wide(120, kit.NewSubtitle(label)), kit.Grow(o))
	}
	d.rows.Objects = []fyne.CanvasObject{
		row("File", kit.NewText(filepath.Base(p.File))),
		row("In the folder", kit.NewText(folders.Short(filepath.Dir(p.File)))),
		row("Holds", kit.NewText(phrase.Count(p.Pages, "page", "pages")+", "+phrase.Count(p.Entries, "entry", "entries"))),
		row("Produced for", kit.NewText(p.Disclosure.To)),
		row("Purpose", kit.NewText(p.Disclosure.Purpose)),
		row("Disclosure", kit.NewText("no. "+strconv.FormatInt(p.Disclosure.ID, 10)+", in the record’s history")),
		row("SHA-256", kit.NewBody(p.Disclosure.SHA256.String())),
	}
	protection := "none: whoever has the file can read it"
	if password != "" {
		protection = password
	}
	d.rows.Objects = append(d.rows.Objects, row("Password", kit.NewBody(protection)))
	if password != "" {
		d.rows.Objects = append(d.rows.Objects, row("", kit.NewNote("Casekeep does not keep it. Give it by phone, never in the same message as the file.")))
	}
	d.missing.Objects = missingLines(p.Missing)
	d.missing.Hidden = len(p.Missing) == 0
	d.inner.Refresh()
	d.content.Top()
}

// shownMissing is how many characters are listed; the record lists them all.
const shownMissing = 12

// missingLines says in plain words which characters could not be drawn.
func missingLines(missing []release.MissingGlyph) []fyne.CanvasObject {
	if len(missing) == 0 {
		return nil
	}
	all := []fyne.CanvasObject{
		kit.NewHeading(phrase.Count(len(missing), "character is", "characters are") + " in no font of this computer"),
		kit.NewNote("Each stands in the record as a box with its code, and its last pages list where. Nothing else is missing."),
	}
	for i, m := range missing {
		if i == shownMissing {
			all = append(all, kit.NewNote("and "+phrase.Count(len(missing)-i, "other", "others")))
			break
		}
		all = append(all, kit.NewNote(fmt.Sprintf("U+%04X, %s, %s", m.Char, m.Script, phrase.Count(m.Times, "time", "times"))))
	}
	return all
}
