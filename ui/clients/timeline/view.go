// Package timeline shows what was said and done with a client, by days, and
// loads it as it is needed.
package timeline

import (
	"context"
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// How much is loaded: a first page at once, the rest in the background as far
// as ahead, and what lies beyond when the list is scrolled there.
const (
	firstPage = 120
	nextPage  = 500
	ahead     = 10_000
)

// View is the timeline of one client.
type View struct {
	// Open shows an entry whole.
	Open func(record.Entry)
	// OpenFile shows one of an entry's attachments.
	OpenFile func(e record.Entry, file int)
	// Menu gives the acts that an entry offers.
	Menu func(record.Entry) []*fyne.MenuItem

	desk   desk.Desk
	rows   *rows
	list   *kit.List
	empty  fyne.CanvasObject
	stack  *fyne.Container
	run    int            // counts what was asked for: a late answer is dropped
	oldest record.EntryID // of what is loaded
	loaded int            // entries
	more   bool           // there is more to load
	busy   bool           // more is on its way
	want   record.EntryID // to be selected once it is loaded
}

// New makes an empty timeline. empty is shown for a client without entries.
func New(d desk.Desk, empty fyne.CanvasObject) *View {
	v := &View{desk: d, rows: newRows(record.Client{}), empty: empty}
	v.list = kit.NewList(kit.Rows{
		Count:  func() int { return len(v.rows.all) },
		Height: v.height,
		Kind:   v.kind,
		New:    newRow,
		Bind:   v.bind,
		Skip:   func(i int) bool { return v.rows.all[i].day != "" },
		Open:   v.open,
		Menu:   v.menu,
		More:   v.loadMore,
	})
	empty.Hide()
	v.stack = container.NewStack(v.list, empty)
	return v
}

// Content is what stands in the window.
func (v *View) Content() fyne.CanvasObject { return v.stack }

// List gives what takes the keyboard.
func (v *View) List() *kit.List { return v.list }

// Show loads a client's timeline from the newest entry on, and brings one
// entry into view; 0: the newest.
func (v *View) Show(c record.Client, entry record.EntryID) {
	v.list.Select(-1)
	v.rows = newRows(c)
	v.list.Reload()
	v.list.Top()
	v.empty.Hide()
	v.want = entry
	v.load(firstPage, true)
}

// Reload reads anew what is shown, keeps the place and selects entry; 0 keeps
// what is selected, or asked for.
func (v *View) Reload(c record.Client, entry record.EntryID) {
	if selected, ok := v.Selected(); entry != 0 {
		v.want = entry
	} else if ok && v.want == 0 { // else one is asked for already
		v.want = selected.ID
	}
	v.rows.client = c
	v.load(v.loaded+firstPage, true)
}

// Reveal brings an entry into view, and loads what is needed for it.
func (v *View) Reveal(entry record.EntryID) {
	if i := v.rows.find(entry); i >= 0 {
		v.list.Select(i)
		return
	}
	v.Reload(v.rows.client, entry)
}

// Selected gives the entry that is selected.
func (v *View) Selected() (record.Entry, bool) { return v.rows.entryAt(v.list.Selected()) }

// load asks for a page; afresh drops what was loaded when it comes.
func (v *View) load(limit int, afresh bool) {
	v.run++
	v.busy = true
	run, client := v.run, v.rows.client
	page := app.Page{Limit: limit}
	if !afresh {
		page.Before = v.oldest
	}
	var list []record.Entry
	var marks map[record.EntryID][]app.Mark
	v.desk.Load(func(ctx context.Context) error {
		var err error
		if list, err = v.desk.Practice().Timeline(ctx, client.ID, page); err != nil {
			return err
		}
		marks, err = v.desk.Practice().Marks(ctx, client.ID, list)
		return err
	}, func(err error) {
		if run != v.run {
			return
		}
		v.busy = false
		if err != nil {
			v.desk.Fail(err)
			return
		}
		v.take(list, marks, limit, afresh)
	})
}

func (v *View) take(list []record.Entry, marks map[record.EntryID][]app.Mark, limit int, afresh bool) {
	if afresh {
		v.list.Select(-1)
		v.rows = newRows(v.rows.client)
		v.loaded = 0
	}
	maps.Copy(v.rows.marks, marks)
	v.loaded += len(list)
	v.more = len(list) == limit
	if len(list) > 0 {
		v.oldest = list[len(list)-1].ID
	}
	changed := v.rows.add(list, v.more, v.desk.Practice().Now())
	if afresh || changed {
		v.list.Reload()
	} else {
		v.list.Grew()
	}
	setShown(v.empty, v.loaded == 0)
	setShown(v.list, v.loaded > 0)
	v.stack.Refresh()
	v.reveal()
	if v.more && (v.want != 0 || v.loaded < ahead) {
		v.load(nextPage, false)
	}
}

// reveal selects the entry that was asked for, if it is loaded by now.
func (v *View) reveal() {
	if v.want == 0 {
		return
	}
	if i := v.rows.find(v.want); i >= 0 {
		v.list.Select(i)
		v.want = 0
	} else if !v.more {
		v.want = 0
	}
}

func (v *View) loadMore() {
	if v.more && !v.busy {
		v.load(nextPage, false)
	}
}

// kinds of rows
const (
	dayRow = iota
	entryRow
)

func (v *View) kind(i int) int {
	if v.rows.all[i].day != "" {
		return dayRow
	}
	return entryRow
}

func (v *View) height(i int, width float32) float32 {
	if v.rows.all[i].day != "" {
		return kit.DayHeight
	}
	return v.rows.all[i].message.Height(width)
}

func newRow(kind int) fyne.CanvasObject {
	if kind == dayRow {
		return kit.NewDay("")
	}
	return kit.NewMessageRow()
}

func (v *View) bind(i int, o fyne.CanvasObject, selected bool) {
	r := &v.rows.all[i]
	switch o := o.(type) {
	case *kit.Day:
		o.SetText(r.day)
	case *kit.MessageRow:
		o.Set(r.message, selected, func(file int) { v.OpenFile(r.entry, file) })
	}
}

func (v *View) open(i int) {
	if e, ok := v.rows.entryAt(i); ok {
		v.Open(e)
	}
}

func (v *View) menu(i int, at fyne.PointEvent) {
	if e, ok := v.rows.entryAt(i); ok {
		showMenu(v.list, at, v.Menu(e))
	}
}

func setShown(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
