package clients

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// listWidth is how wide the list of the clients is.
const listWidth = 268

// held is how soon one selection follows another where a key is held down.
const held = 300 * time.Millisecond

// list is the list of the clients with its search.
type list struct {
	desk    desk.Desk
	chosen  func(id record.ClientID, moving bool) // selected by the user
	entered func(record.ClientID)                 // Enter: on into the record

	read   bool // all is known
	all    []record.ClientSummary
	found  []record.ClientSummary // those that the search leaves
	held   keep.Held
	zone   *time.Location // of the practice
	hidden bool
	want   record.ClientID // to be selected

	search  *kit.Search
	rows    *kit.List
	note    *kit.Text       // what is there instead of rows
	empty   *fyne.Container // holds note
	notice  *fyne.Container
	content fyne.CanvasObject
	last    time.Time // when a row was selected last
	run     int
}

func newList(d desk.Desk, chosen func(record.ClientID, bool), entered func(record.ClientID)) *list {
	l := &list{desk: d, chosen: chosen, entered: entered, zone: time.Local}
	l.search = kit.NewSearch("Find a client", "Ctrl K")
	l.search.OnChanged = func(string) { l.filter() }
	l.search.OnMove = l.move
	l.search.OnEnter = func(string) { l.enter() }
	l.rows = kit.NewList(kit.Rows{
		Count:  func() int { return len(l.found) },
		Height: func(int, float32) float32 { return kit.ItemHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewItem() },
		Bind:   l.bind,
		Chosen: l.choseRow,
		Open:   func(i int) { l.entered(l.found[i].ID) },
	})
	l.note = kit.NewNote("")
	l.notice = kit.On(look.Ground, kit.Pad(8, 12, 8, 16, kit.Row(8, kit.NewPicture(look.EyeOff, look.Muted),
		kit.Grow(kit.NewCaption("Names hidden, Ctrl H shows them")))))
	l.notice.Hide()
	l.empty = kit.Pad(8, 12, 0, 16, l.note)
	top := kit.Column(0, kit.Pad(12, 12, 12, 12, l.search), l.empty)
	l.content = kit.Frame(top, l.notice, nil, nil, l.rows)
	return l
}

// load reads the clients anew, then calls done.
func (l *list) load(done func()) {
	l.run++
	run := l.run
	var all []record.ClientSummary
	var settings record.Practice
	var held keep.Held
	practice := l.desk.Practice()
	l.desk.Load(func(ctx context.Context) error {
		var err error
		if settings, err = practice.Settings(ctx); err != nil {
			return err
		}
		if held, err = keep.ReadHeld(ctx, practice); err != nil {
			return err
		}
		all, err = practice.Clients(ctx)
		return err
	}, func(err error) {
		if err != nil {
			l.desk.Fail(err)
			return
		}
		if run == l.run {
			l.read, l.all, l.held, l.zone = true, all, held, record.LoadZone(settings.Zone)
			l.filter()
		}
		done()
	})
}

func (l *list) total() int { return len(l.all) }

// none reports whether there is no client, as far as that was read.
func (l *list) none() bool { return l.read && len(l.all) == 0 }

// filter shows the clients that fit what was typed, and keeps the selection.
func (l *list) filter() {
	want := l.want
	if c, ok := l.selected(); ok && want == 0 {
		want = c.ID
	}
	l.rows.Select(-1)
	l.found = app.FilterClients(l.all, l.search.Text())
	l.rows.Reload()
	l.note.SetText(l.noteText())
	l.empty.Hidden = l.note.Text() == ""
	l.content.Refresh()
	l.choose(want)
}

func (l *list) noteText() string {
	switch {
	case len(l.all) == 0:
		return "No clients yet."
	case len(l.found) == 0:
		return "Nobody has this name, number or address. Press Ctrl K to look in what was said."
	}
	return ""
}

func (l *list) selected() (record.ClientSummary, bool) {
	if i := l.rows.Selected(); i >= 0 && i < len(l.found) {
		return l.found[i], true
	}
	return record.ClientSummary{}, false
}

// choose selects a client without opening the record; one that is not there
// yet is selected when it comes.
func (l *list) choose(id record.ClientID) {
	l.want = id
	i := slices.IndexFunc(l.found, func(c record.ClientSummary) bool { return c.ID == id })
	l.rows.Select(i)
}

func (l *list) choseRow(i int) {
	moving := time.Since(l.last) < held
	l.last = time.Now()
	l.want = l.found[i].ID
	l.chosen(l.want, moving)
}

// move moves the selection by a key that was pressed in the search field.
func (l *list) move(ev *fyne.KeyEvent) { l.rows.Key(ev) }

// enter opens the selected client, or the first that fits.
func (l *list) enter() {
	if c, ok := l.selected(); ok {
		l.entered(c.ID)
	} else if len(l.found) > 0 {
		l.entered(l.found[0].ID)
	}
}

func (l *list) clearSearch() { l.search.SetText("") }

func (l *list) focus() { l.search.Focus() }

// setHidden hides names and what was said, for when somebody looks on, or
// shows them again.
func (l *list) setHidden(on bool) {
	l.hidden = on
	l.notice.Hidden = !on
	l.rows.Reload()
	l.content.Refresh()
}

func (l *list) bind(i int, o fyne.CanvasObject, selected bool) {
	c := l.found[i]
	text := kit.ItemText{Title: c.Name, Caption: phrase.Preview(c), Faint: c.Status == record.Closed}
	if !c.LastContact.IsZero() {
		text.Right = phrase.Lately(c.LastContact, l.desk.Practice().Now(), l.zone)
	}
	if len(l.held.On(c.ID)) > 0 {
		text.Mark, text.Marked = look.Scale, "under a legal hold"
	}
	if l.hidden {
		text.Title, text.Caption, text.Right = "Record "+c.Number, "", ""
	}
	o.(*kit.Item).Set(text, selected)
}
