// Package people is the page on which a list of clients is brought in: what its
// columns hold, and every line before anybody is added.
package people

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/app/intake"
	"casekeep/ui/chooser"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// page is the page.
type page struct {
	desk    desk.Desk
	path    string // of the list on show
	preview app.PeoplePreview
	take    map[int]bool // lines that are to be added
	batches []record.ClientBatch
	hidden  bool

	title, about *kit.Label
	notes        *fyne.Container
	columns      *fyne.Container
	scroll       *kit.Scroll
	rows         *kit.List
	add          *kit.Button
	list         fyne.CanvasObject // a list on show
	earlier      *kit.List
	before       fyne.CanvasObject // the lists that were brought in before
	empty        fyne.CanvasObject
	cover        fyne.CanvasObject
	content      *fyne.Container
}

const columnsWidth = 270

// New makes the page.
func New(d desk.Desk) desk.View {
	p := &page{desk: d, take: map[int]bool{}, title: kit.NewTitle(""), about: kit.NewSubtitle(""), notes: kit.Column(8), columns: kit.Column(10)}
	p.rows = kit.NewList(kit.Rows{
		Count:  func() int { return len(p.preview.Rows) },
		Height: func(int, float32) float32 { return kit.TaskHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewTaskRow() },
		Bind: func(i int, o fyne.CanvasObject, on bool) {
			o.(*kit.TaskRow).Set(p.task(p.preview.Rows[i]), on, func() { p.toggle(i) }, nil)
		},
		Open: p.toggle,
	})
	p.add = kit.NewPrimary("Add", p.addNow).Shortcut("Ctrl Enter")
	p.scroll = kit.NewScroll(kit.Pad(4, 14, 16, 16, p.columns))
	head := kit.Column(10, kit.Column(2, p.title, p.about), p.notes)
	foot := kit.Row(12, kit.NewLink("Choose another list", p.choose), kit.Space(), kit.NewButton("Cancel", p.putAway), p.add)
	left := kit.Wide(columnsWidth, kit.Frame(kit.Pad(4, 12, 8, 16, kit.NewSection("What its columns hold")), nil, nil, kit.Edge(), p.scroll))
	p.list = kit.Frame(kit.Pad(18, 22, 12, 22, head), kit.Column(0, kit.Rule(), kit.Pad(10, 22, 12, 22, foot)), left, nil, p.rows)
	p.earlier = kit.NewList(kit.Rows{
		Count:  func() int { return len(p.batches) },
		Height: func(int, float32) float32 { return kit.TaskHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewTaskRow() },
		Bind: func(i int, o fyne.CanvasObject, on bool) {
			o.(*kit.TaskRow).Set(batchTask(p.batches[i]), on, func() { p.askUndo(p.batches[i]) }, nil)
		},
		Open: func(i int) { p.askUndo(p.batches[i]) },
	})
	invite := kit.Empty("Bring your clients",
		"Save the list as CSV in your spreadsheet or in the program that you used before, and drop it anywhere in this window. "+
			"It may hold names, dates of birth, phones, email addresses, first days and states. You see every line before anybody is added.",
		kit.NewPrimary("Choose a list", p.choose))
	p.before = kit.Frame(kit.Pad(18, 22, 10, 22, kit.NewHeading("Lists that were brought in")), nil, nil, nil, p.earlier)
	p.empty = kit.Column(0, kit.Grow(invite), kit.Grow(p.before))
	p.cover = kit.Empty("Names are hidden", "Press Ctrl H to show them again.")
	p.content = container.NewStack(p.empty)
	return p
}

// Content is what stands in the window.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Show looks at a list that was dropped, or asks for one.
func (p *page) Show(place desk.Place) {
	p.loadBatches()
	switch {
	case len(place.Files) > 0:
		p.look(place.Files[0], nil)
	case place.Part == "choose":
		p.choose()
	case p.path != "":
		kit.Focus(p.rows)
	}
}

// Refresh reads the lists that were brought in.
func (p *page) Refresh(client record.ClientID) {
	if client == 0 {
		p.loadBatches()
	}
}

// Key takes saving, leaving and hiding.
func (p *page) Key(name string) bool {
	switch {
	case name == desk.KeyHide:
		p.hidden = !p.hidden
		p.arrange()
	case name == desk.KeySave && p.path != "":
		p.addNow()
	case name == desk.KeyEscape && p.path != "":
		p.putAway()
	case name == desk.KeyImport:
		p.choose()
	default:
		return false
	}
	return true
}

func (p *page) choose() {
	from := folders.Documents()
	if p.path != "" {
		from = filepath.Dir(p.path)
	}
	chooser.Open(p.desk, chooser.Ask{
		Title: "Bring in a list of clients", Text: "A list that a spreadsheet saved as CSV (.csv or .tsv), with one client a line.",
		Act: "Look at it", From: from, Wanted: app.IsPeopleFile, One: true,
		Chosen: func(paths []string) { p.look(paths[0], nil) },
	})
}

// look reads a list. Columns says what they hold; nil guesses.
func (p *page) look(path string, columns []intake.PeopleField) {
	var found app.PeoplePreview
	p.desk.Load(func(ctx context.Context) (err error) {
		found, err = p.desk.Practice().PreviewPeople(ctx, path, columns)
		return err
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.path, p.preview, p.take = path, found, map[int]bool{}
		for _, row := range found.Rows {
			p.take[row.Line] = row.State == app.RowNew
		}
		p.rows.Reload()
		p.show()
		p.rows.Top()
		kit.Focus(p.rows)
	})
}

// show draws the list that was read.
func (p *page) show() {
	p.title.SetText(p.preview.File)
	p.count()
	p.notes.Objects = nil
	if p.preview.Headless {
		p.notes.Add(kit.Note(kit.Amber, kit.NewText("No heading in its first line is known. Say at the left what each column holds: the name at least.")))
	}
	if p.preview.CutOff != "" {
		p.notes.Add(kit.Note(kit.Amber, kit.NewText(p.preview.CutOff)))
	}
	p.columns.Objects = nil
	for i, c := range p.preview.Columns {
		p.columns.Add(p.column(i, c))
	}
	p.scroll.Fit()
	p.rows.Select(min(0, len(p.preview.Rows)-1))
	p.arrange()
}

// column asks what a column holds.
func (p *page) column(i int, c intake.PeopleColumn) fyne.CanvasObject {
	fields := intake.PeopleFields()
	names, chosen := make([]string, len(fields)), 0
	for n, f := range fields {
		names[n] = intake.PeopleFieldName(f)
		if f == c.Field {
			chosen = n
		}
	}
	heading := c.Heading
	if heading == "" {
		heading = fmt.Sprintf("Column %d", i+1)
	}
	choice := kit.NewSelect(heading, names, chosen, func(n int) { p.match(i, fields[n]) })
	return kit.Column(2, choice, kit.NewCaption(c.Example).Color(look.Faint))
}

// match reads the list again with a column that holds something else.
func (p *page) match(i int, f intake.PeopleField) {
	columns := make([]intake.PeopleField, len(p.preview.Columns))
	for n, c := range p.preview.Columns {
		columns[n] = c.Field
	}
	columns[i] = f
	p.look(p.path, columns)
}

func (p *page) toggle(i int) {
	row := p.preview.Rows[i]
	if row.State == app.RowRefused {
		kit.Tell(p.desk.Window(), "This line cannot be added", row.Problem)
		return
	}
	p.take[row.Line] = !p.take[row.Line]
	p.rows.Update(i)
	p.count()
}

// count says how many are to be added.
func (p *page) count() {
	n := len(p.lines())
	p.about.SetText(fmt.Sprintf("%s: %d new, %d on record, %d perhaps on record, %d refused",
		count(len(p.preview.Rows), "line"), p.preview.Count(app.RowNew), p.preview.Count(app.RowKnown),
		p.preview.Count(app.RowSimilar), p.preview.Count(app.RowRefused)))
	p.add.SetText("Add " + count(n, "client"))
	if n == 0 {
		p.add.Disable()
	} else {
		p.add.Enable()
	}
}

func count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return kit.Number(n) + " " + one + "s"
}

// lines are those that are to be added.
func (p *page) lines() []int {
	var lines []int
	for _, row := range p.preview.Rows {
		if p.take[row.Line] && row.State != app.RowRefused {
			lines = append(lines, row.Line)
		}
	}
	return lines
}

// addNow adds the clients that are chosen.
func (p *page) addNow() {
	lines, preview := p.lines(), p.preview
	if len(lines) == 0 {
		return
	}
	var batch record.ClientBatch
	p.desk.Run("Adding clients", func(ctx context.Context, report func(done, total int64, text string)) (err error) {
		report(0, 0, count(len(lines), "client"))
		batch, err = p.desk.Practice().ImportPeople(ctx, preview, lines)
		return err
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.putAway()
		p.desk.Toast(count(batch.Rows, "client")+" added.", "Undo", func() { p.undo(batch) })
		p.desk.Changed(0)
	})
}

// putAway shows the page without a list.
func (p *page) putAway() {
	p.path, p.preview = "", app.PeoplePreview{}
	p.rows.Reload()
	p.arrange()
}

// arrange shows the list, the earlier ones, or that names are hidden.
func (p *page) arrange() {
	shown := p.empty
	if p.path != "" {
		shown = p.list
	}
	if p.hidden {
		shown = p.cover
	}
	p.before.(*fyne.Container).Hidden = len(p.batches) == 0
	p.content.Objects[0] = shown
	p.content.Refresh()
}

func (p *page) loadBatches() {
	var list []record.ClientBatch
	p.desk.Load(func(ctx context.Context) (err error) {
		list, err = p.desk.Practice().ClientBatches(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.batches = list
		p.earlier.Reload()
		p.arrange()
	})
}

func batchTask(b record.ClientBatch) kit.Task {
	t := kit.Task{Icon: look.People, Title: b.Source, Due: days.Short(record.DateOf(b.At)), Action: "Take back",
		Caption: count(b.Rows, "client") + " added"}
	if !b.Undone.IsZero() {
		t.Caption += fmt.Sprintf("; taken back, %d kept", b.Present)
		t.Action = ""
	}
	return t
}

func (p *page) askUndo(b record.ClientBatch) {
	if !b.Undone.IsZero() {
		return
	}
	kit.ConfirmDanger(p.desk.Window(), "Take this list back?",
		"The clients whose records are as they came are removed. A record in which something was written or changed since stays, and no number is given again.",
		"Take it back", func() { p.undo(b) })
}

func (p *page) undo(b record.ClientBatch) {
	var removed, kept int
	p.desk.Load(func(ctx context.Context) (err error) {
		removed, kept, err = p.desk.Practice().UndoClients(ctx, b.ID)
		return err
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		said := count(removed, "client") + " removed."
		if kept > 0 {
			said += " " + count(kept, "client") + " stayed: something was written in their records."
		}
		p.desk.Toast(said, "", nil)
		p.desk.Changed(0)
	})
}
