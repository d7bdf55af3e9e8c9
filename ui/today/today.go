// Package today is the page of what needs the practitioner: soonest first, each
// line done in place or a jump to where it is done.
package today

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/act"
	"casekeep/ui/desk"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// page is the page.
type page struct {
	desk    desk.Desk
	counted func(int) // is told how many things need the practitioner

	day     record.Date
	rows    []row
	run     int  // counts readings: a late one is dropped
	focused bool // the keyboard belongs to the list once it has rows

	title    *kit.Label
	subtitle *kit.Label
	list     *kit.List
	none     fyne.CanvasObject // nothing is to be done
	whole    fyne.CanvasObject
	cover    fyne.CanvasObject
	content  *fyne.Container
}

// New makes the page. counted is told how many things need the practitioner,
// whenever that changes.
func New(d desk.Desk, counted func(int)) desk.View {
	p := &page{desk: d, counted: counted, title: kit.NewTitle(""), subtitle: kit.NewSubtitle("")}
	p.list = kit.NewList(kit.Rows{
		Count:  func() int { return len(p.rows) },
		Height: p.height,
		Kind:   func(i int) int { return boolInt(p.rows[i].head != "") },
		New:    newRow,
		Bind:   p.bind,
		Skip:   func(i int) bool { return p.rows[i].head != "" },
		Open:   func(i int) { p.do(p.rows[i]) },
		Menu:   p.menu,
	})
	p.none = kit.Empty("Nothing needs you now", "What becomes due by the rules you set will stand here: consents and releases to renew, "+
		"policies to review, clients to be told, licenses that end.")
	p.cover = kit.Empty("Names are hidden", "Press Ctrl H to show them again.")
	p.whole = kit.Frame(kit.Pad(16, 22, 12, 22, kit.Column(2, p.title, p.subtitle)), nil, nil, nil, container.NewStack(p.list, p.none))
	p.none.Hide()
	p.content = container.NewStack(p.whole)
	return p
}

const headGap = 12 // above a heading

func (p *page) height(i int, _ float32) float32 {
	if p.rows[i].head != "" {
		return kit.HeadHeight + headGap
	}
	return kit.TaskHeight
}

func newRow(kind int) fyne.CanvasObject {
	if kind == 1 {
		return kit.Pad(headGap, 0, 0, 0, kit.NewHead(""))
	}
	return kit.NewTaskRow()
}

func (p *page) bind(i int, o fyne.CanvasObject, selected bool) {
	r := p.rows[i]
	if r.head != "" {
		o.(*fyne.Container).Objects[0].(*kit.Head).SetText(r.head)
		return
	}
	o.(*kit.TaskRow).Set(r.show(p.day), selected, func() { p.do(r) }, func() { p.askPutOff(r) })
}

// Content is what stands in the window.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Show reads what there is to do.
func (p *page) Show(desk.Place) {
	p.focused = true
	p.load()
}

// Refresh reads it anew: any change can end a task or begin one.
func (p *page) Refresh(record.ClientID) { p.load() }

// Key hides what stands on the page.
func (p *page) Key(name string) bool {
	if name != desk.KeyHide {
		return false
	}
	if p.content.Objects[0] == p.whole {
		p.content.Objects[0] = p.cover
	} else {
		p.content.Objects[0] = p.whole
	}
	p.content.Refresh()
	return true
}

func (p *page) load() {
	p.run++
	run := p.run
	var found app.Today
	var left []app.StartQuestion
	var started bool
	var held keep.Held
	practice := p.desk.Practice()
	p.desk.Load(func(ctx context.Context) (err error) {
		if found, err = practice.Today(ctx); err != nil {
			return err
		}
		if held, err = keep.ReadHeld(ctx, practice); err != nil {
			return err
		}
		left, started, err = practice.StartLeft(ctx)
		return err
	}, func(err error) {
		if run != p.run {
			return
		}
		if err != nil {
			p.desk.Fail(err)
			return
		}
		rows := arrange(found, left, started)
		for i, r := range rows {
			rows[i].held = len(held.On(r.task.Client)) > 0
		}
		p.show(found, rows)
	})
}

func (p *page) show(found app.Today, rows []row) {
	key := p.selected()
	p.day, p.rows = found.Day, rows
	p.list.Reload() // before anything draws it again: its rows are of two kinds
	n := count(rows)
	p.title.SetText(found.Day.In(time.UTC).Format("Monday, January 2"))
	p.subtitle.SetText(words(n))
	p.counted(n)
	p.list.Hidden, p.none.(*fyne.Container).Hidden = len(rows) == 0, len(rows) > 0
	p.list.Reload() // first: what is in sight may be of another kind now
	p.whole.Refresh()
	p.list.Select(p.find(key))
	if p.focused && len(rows) > 0 {
		p.focused = false
		kit.Focus(p.list)
	}
}

// words never says that all is in order: only that nothing else is due by the
// rules that are set.
func words(n int) string {
	switch n {
	case 0:
		return "Nothing needs you. Nothing is due by the rules you set."
	case 1:
		return "1 thing needs you. Nothing else is due by the rules you set."
	}
	return strconv.Itoa(n) + " things need you. Nothing else is due by the rules you set."
}

// selected gives what names the row that is selected.
func (p *page) selected() string {
	if i := p.list.Selected(); i >= 0 && i < len(p.rows) {
		return p.rows[i].key()
	}
	return ""
}

func (r row) key() string { return r.task.Key + string(r.start) }

// find gives the row of a key, or else the first that can be selected.
func (p *page) find(key string) int {
	for i, r := range p.rows {
		if r.head == "" && key != "" && r.key() == key {
			return i
		}
	}
	if len(p.rows) > 1 {
		return 1 // after the first heading
	}
	return -1
}

// do does what a row asks for.
func (p *page) do(r row) {
	switch {
	case r.head != "":
	case r.off != nil:
		p.takeUp(r)
	case r.start != "":
		p.desk.Go(desk.Place{Page: desk.Start, Part: string(r.start)})
	default:
		act.Do(p.desk, r.task.Client, r.task.Act)
	}
}

func (p *page) menu(i int, at fyne.PointEvent) {
	r := p.rows[i]
	items := []*fyne.MenuItem{fyne.NewMenuItem(r.show(p.day).Action, func() { p.do(r) })}
	if r.task.Client > 0 {
		items = append(items, fyne.NewMenuItem("Go to the record", func() {
			p.desk.Go(desk.Place{Page: desk.Clients, Client: r.task.Client, Entry: r.task.Act.About})
		}))
	}
	if r.off == nil && r.start == "" {
		items = append(items, fyne.NewMenuItem("Put off", func() { p.askPutOff(r) }))
	}
	kit.MenuAt(p.list, at.Position, items...)
}
