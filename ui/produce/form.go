package produce

import (
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/chooser"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// form asks what a disclosure must say, and where the file goes.
type form struct {
	desk    desk.Desk
	content fyne.CanvasObject
	scroll  *kit.Scroll
	fields  *fyne.Container
	changed func()         // something was typed
	zone    *time.Location // of the practice

	to, purpose *kit.Field
	from, until *kit.Field
	what        *fyne.Container
	protect     *kit.Check
	password    *kit.Field
	secret      *fyne.Container // the password with its label
	open        *kit.Text       // what it means that there is no password
	out         *kit.Field
	problem     *kit.Text
	warning     *fyne.Container
	produce     *kit.Button
}

const formWidth = 348

func newForm(d desk.Desk, changed, cancel, produce, send func()) *form {
	f := &form{
		desk: d, changed: changed, zone: time.UTC,
		to:       kit.NewField("To whom").Placeholder("Hinds County Youth Court"),
		purpose:  kit.NewField("Purpose").Placeholder("court order of October 28, 2026"),
		from:     kit.NewField("From").Placeholder("the beginning"),
		until:    kit.NewField("Until").Placeholder("the end"),
		what:     kit.Column(2),
		password: kit.NewField(""),
		out:      kit.NewField("Save as"),
		problem:  kit.NewSmall("").Color(look.Red),
		open:     kit.NewSmall("Anybody who gets hold of the file can read it.").Color(look.Amber),
	}
	f.protect = kit.NewCheck("Protect with a password", true, func(bool) { f.showPassword() }).Note("AES-256")
	f.out.Trailing(kit.Pad(0, 0, 0, 8, kit.NewLink("folder", f.chooseFolder)))
	f.produce = kit.NewPrimary("Produce", produce)
	f.warning = kit.Note(kit.Red, f.problem)
	for _, field := range []*kit.Field{f.to, f.purpose, f.from, f.until} {
		field.OnChanged = func(string) { f.typed() }
	}
	for _, field := range []*kit.Field{f.to, f.purpose, f.from, f.until, f.password, f.out} {
		field.OnEnter = func(string) { produce() }
	}
	f.secret = kit.Column(3, kit.Row(8, kit.Grow(kit.NewCaption("Password, to be given by phone")), kit.NewLink("new", f.newPassword)), f.password)
	f.fields = kit.Column(9,
		kit.Row(8, kit.Grow(kit.NewHeading("Produce")), kit.NewLink("For another Casekeep", send)), f.to, f.purpose,
		kit.TopRow(10, kit.Grow(f.from), kit.Grow(f.until)),
		kit.Column(5, kit.NewCaption("What will be in it"), f.what),
		f.protect, f.secret, f.open, f.out)
	foot := kit.Column(9, f.warning,
		kit.NewSmall("Writes the disclosure: who, what, why, when, and the file’s SHA-256."),
		kit.Row(8, kit.Grow(kit.NewButton("Cancel", cancel)), kit.Grow(f.produce)))
	f.scroll = kit.NewScroll(kit.Pad(16, 20, 10, 20, f.fields))
	f.content = kit.Frame(nil, nil, kit.Edge(), nil, kit.Frame(nil, kit.Pad(8, 20, 18, 20, foot), nil, nil, f.scroll))
	f.fail(nil)
	return f
}

// clear makes the form new for a client, in a folder.
func (f *form) clear(client string, dir string) {
	for _, field := range []*kit.Field{f.to, f.purpose, f.from, f.until} {
		field.SetText("")
	}
	f.newPassword()
	f.protect.Set(true)
	f.showPassword()
	f.propose(client, dir)
	f.fail(nil)
	f.scroll.Top()
}

// propose fills in a file that does not exist yet.
func (f *form) propose(client, dir string) {
	f.out.SetText(folders.Short(target(dir, client, f.desk.Practice().Now().In(f.zone))))
}

func (f *form) newPassword() { f.password.SetText(newPassphrase()) }

func (f *form) showPassword() {
	f.secret.Hidden = !f.protect.On()
	f.open.Hidden = f.protect.On()
	f.fields.Refresh()
}

func (f *form) chooseFolder() {
	file := written(f.out.Text())
	chooser.Open(f.desk, chooser.Ask{
		Title: "Folder for the record", Text: "Choose a folder that nobody else reads, on this computer or on a drive you hand over.",
		Act: "Choose", From: filepath.Dir(file),
		Chosen: func(paths []string) { f.out.SetText(folders.Short(filepath.Join(paths[0], filepath.Base(file)))) },
	})
}

// typed shows how a date is understood.
func (f *form) typed() {
	for _, field := range []*kit.Field{f.from, f.until} {
		hint := ""
		if d, err := phrase.ParseDate(field.Text(), f.today()); err == nil && !d.IsZero() {
			hint = phrase.ShortDate(d)
		}
		field.Hint(hint)
	}
	f.fail(nil)
	f.changed()
}

func (f *form) today() record.Date { return record.DateOf(f.desk.Practice().Now().In(f.zone)) }

// period gives what is typed as far as it can be read.
func (f *form) period() (from, until record.Date) {
	from, _ = phrase.ParseDate(f.from.Text(), f.today())
	until, _ = phrase.ParseDate(f.until.Text(), f.today())
	return from, until
}

// request gives what is asked for. Where something is missing it says so at
// its field and gives false.
func (f *form) request(client record.ClientID) (app.ProduceRequest, bool) {
	r := app.ProduceRequest{Client: client, To: strings.TrimSpace(f.to.Text()), Purpose: strings.TrimSpace(f.purpose.Text())}
	wrong := func(field *kit.Field, problem string) (app.ProduceRequest, bool) {
		field.SetError(problem)
		field.Focus()
		return r, false
	}
	var err error
	if r.From, err = phrase.ParseDate(f.from.Text(), f.today()); err != nil {
		return wrong(f.from, "Such as 3/4/2024")
	}
	if r.Until, err = phrase.ParseDate(f.until.Text(), f.today()); err != nil {
		return wrong(f.until, "Such as 3/4/2024")
	}
	if f.protect.On() {
		r.Password = f.password.Text()
	}
	switch {
	case r.To == "":
		return wrong(f.to, "A disclosure names who receives it.")
	case r.Purpose == "":
		return wrong(f.purpose, "A disclosure states why it was made.")
	case f.protect.On() && r.Password == "":
		return wrong(f.password, "Type a password, or press new.")
	case strings.TrimSpace(f.out.Text()) == "":
		return wrong(f.out, "Say into which file the record goes.")
	}
	r.Out = written(f.out.Text())
	return r, true
}

// show lists what will be in the record.
func (f *form) show(c contents) {
	f.what.Objects = []fyne.CanvasObject{kit.NewNote("No entry: the record would hold its cover alone.").Color(look.Amber)}
	if c.entries > 0 {
		lines := c.lines()
		half := (len(lines) + 1) / 2
		f.what.Objects[0] = kit.TopRow(22, kit.Grow(countColumn(lines[:half])), kit.Grow(countColumn(lines[half:])))
	}
	f.fields.Refresh()
}

func countColumn(lines []counted) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, line := range lines {
		rows = append(rows, kit.Row(6, kit.Grow(kit.NewSubtitle(line.what).Color(look.Ink)), kit.NewSubtitle(line.count)))
	}
	return kit.Column(2, rows...)
}

// fail says why the record was not produced; everything typed stays.
func (f *form) fail(err error) {
	f.problem.SetText(app.Sentence(err))
	f.warning.Hidden = err == nil
	if f.content != nil {
		f.content.Refresh()
	}
}
