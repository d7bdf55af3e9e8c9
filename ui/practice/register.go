package practice

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/sheet"
	"casekeep/vault/record"
)

// kind says what a register holds and how its lines read.
type kind struct {
	form  record.Form
	title string
	about string
	empty string
	line  func(f record.Filed, today record.Date) (kit.Task, error)
}

// register is the list of the book's entries of one form: they are added,
// looked at, corrected and struck through, never removed.
type register struct {
	desk  desk.Desk
	kind  kind
	today record.Date
	list  []record.Filed
	lines []kit.Task
	run   int

	rows *kit.List
	note *fyne.Container // what is amiss in all of them
	none fyne.CanvasObject
	body fyne.CanvasObject
}

func newRegister(d desk.Desk, k kind) *register {
	r := &register{desk: d, kind: k, note: kit.Column(0)}
	spec, _ := form.Find(k.form)
	r.rows = kit.NewList(kit.Rows{
		Count:  func() int { return len(r.lines) },
		Height: func(int, float32) float32 { return kit.TaskHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewTaskRow() },
		Bind: func(i int, o fyne.CanvasObject, on bool) {
			o.(*kit.TaskRow).Set(r.lines[i], on, func() { r.correct(r.list[i]) }, nil)
		},
		Open: func(i int) { showEntry(d, r.list[i].ID) },
	})
	r.none = kit.Empty("Nothing here yet", k.empty, kit.NewButton(spec.Act, r.add))
	head := kit.Row(12, kit.Grow(kit.Column(2, kit.NewTitle(k.title), kit.NewSubtitle(k.about))), kit.NewPrimary(spec.Act, r.add))
	r.body = kit.Frame(kit.Column(0, kit.Pad(18, 22, 12, 22, head), r.note), nil, nil, nil, container.NewStack(r.rows, r.none))
	return r
}

func (r *register) content() fyne.CanvasObject { return r.body }

func (r *register) show() {
	r.refresh()
	kit.Focus(r.rows)
}

func (r *register) save() bool { return false }

func (r *register) refresh() {
	r.run++
	run := r.run
	var list []record.Filed
	var today record.Date
	var beside beside
	practice := r.desk.Practice()
	r.desk.Load(func(ctx context.Context) (err error) {
		if today, err = todayOf(ctx, practice); err != nil {
			return err
		}
		if list, err = practice.Forms(ctx, record.Book, r.kind.form); err != nil {
			return err
		}
		beside, err = readBeside(ctx, practice, r.kind.form)
		return err
	}, func(err error) {
		switch {
		case run != r.run:
		case err != nil:
			r.desk.Fail(err)
		default:
			r.fill(list, beside, today)
		}
	})
}

func todayOf(ctx context.Context, p *app.Practice) (record.Date, error) {
	s, err := p.Settings(ctx)
	return record.DateOf(p.Now().In(record.LoadZone(s.Zone))), err
}

func (r *register) fill(list []record.Filed, b beside, today record.Date) {
	r.list, r.lines, r.today = list, nil, today
	for _, f := range list {
		line, err := r.kind.line(f, today)
		if err != nil {
			line = kit.Task{Title: form.Title(f.Form), Caption: app.Sentence(err)}
		}
		if name := b.policies[f.About]; name != "" {
			line.Title = "Policy: " + name
		}
		line.Action = "Correct"
		r.lines = append(r.lines, line)
	}
	r.note.Objects = nil
	if len(b.amiss) > 0 {
		r.note.Add(kit.Pad(0, 22, 12, 22, kit.Note(kit.Amber, kit.NewText(strings.Join(b.amiss, "\n")))))
	}
	r.none.(*fyne.Container).Hidden = len(list) > 0
	r.rows.Reload()
	if r.rows.Selected() < 0 && len(list) > 0 {
		r.rows.Select(0)
	}
	r.body.Refresh()
}

func (r *register) add() {
	sheet.Open(r.desk, sheet.Ask{Client: record.Book, Form: r.kind.form, Done: func(record.Entry) { kit.Focus(r.rows) }})
}

func (r *register) correct(f record.Filed) {
	sheet.Open(r.desk, sheet.Ask{Client: record.Book, Form: f.Form, Supersedes: f.ID, Done: func(record.Entry) { kit.Focus(r.rows) }})
}

// showEntry shows an entry of the book whole, and what can be done with it.
func showEntry(d desk.Desk, id record.EntryID) {
	var e record.Entry
	d.Load(func(ctx context.Context) (err error) {
		e, err = d.Practice().Entry(ctx, id)
		return err
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		var dialog *kit.Dialog
		correct := kit.NewPrimary("Correct", func() {
			dialog.Close()
			sheet.Open(d, sheet.Ask{Client: record.Book, Form: e.Form, Supersedes: e.ID})
		})
		strike := kit.NewLink("Strike through", func() {
			dialog.Close()
			askStrike(d, e)
		})
		written := "Written " + record.DateOf(e.Written).Long()
		if e.Author != "" {
			written += " by " + e.Author
		}
		dialog = kit.NewDialog(e.Subject, kit.Column(10, kit.NewBody(e.Body), kit.NewSmall(written)), correct).Width(560).Cancel("Close").More(strike)
		dialog.Open(d.Window())
	})
}

// askStrike marks an entry of the book as an error; it stays legible.
func askStrike(d desk.Desk, e record.Entry) {
	why := kit.NewField("Why it is an error").Must("Say why: it stands with the entry.")
	var dialog *kit.Dialog
	do := func() {
		reason, ok := why.Value()
		if !ok {
			return
		}
		d.Load(func(ctx context.Context) error { return d.Practice().Strike(ctx, e.ID, strings.TrimSpace(reason)) }, func(err error) {
			if err != nil {
				why.SetError(app.Sentence(err))
				return
			}
			dialog.Close()
			d.Toast("Struck through. It stays in the book.", "", nil)
			d.Changed(record.Book)
		})
	}
	why.OnEnter = func(string) { do() }
	dialog = kit.NewDialog("Strike through", kit.Column(10, kit.NewText(e.Subject), why), kit.NewDanger("Strike through", do))
	dialog.Open(d.Window())
}
