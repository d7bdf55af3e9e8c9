// Package find looks for clients by their names and for anything that was
// said, in every record, as it is typed.
package find

import (
	"context"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// rest is how long typing must pause before the search begins.
const rest = 50 * time.Millisecond

// How much is shown.
const (
	mostClients = 5
	mostHits    = 50
)

// Finder is an overlay with one field.
type Finder struct {
	// Hidden keeps names from sight until something is typed.
	Hidden bool

	desk desk.Desk
	open func(record.ClientID, record.EntryID)

	all     []record.ClientSummary
	zone    *time.Location
	results []result
	query   string
	asked   atomic.Int64 // counts the searches; a late answer is dropped

	search *kit.Search
	rows   *kit.List
	note   *kit.Text
	panel  *panel
}

// New makes a finder. open is called with what was chosen: a client, and an
// entry or 0.
func New(d desk.Desk, open func(record.ClientID, record.EntryID)) *Finder {
	f := &Finder{desk: d, open: open, zone: time.Local}
	f.search = kit.NewSearch("Find a client, or anything that was said", "")
	f.search.OnChanged = f.changed
	f.search.OnMove = func(ev *fyne.KeyEvent) { f.rows.Key(ev) }
	f.search.OnEnter = func(string) { f.choose(f.rows.Selected()) }
	f.rows = kit.NewList(kit.Rows{
		Count:  func() int { return len(f.results) },
		Height: func(i int, _ float32) float32 { return f.results[i].height() },
		Kind:   func(i int) int { return f.results[i].kind() },
		New:    newRow,
		Bind: func(i int, o fyne.CanvasObject, selected bool) {
			f.results[i].fill(o, selected, f.desk.Practice().Now(), f.zone)
		},
		Skip:   func(i int) bool { return f.results[i].title != "" },
		Chosen: func(int) { f.search.Focus() },
		Open:   f.choose,
	})
	f.note = kit.NewNote("")
	f.panel = newPanel(f.search, f.note, f.rows)
	return f
}

// Open shows the finder over the window, with what was typed last selected.
func (f *Finder) Open() {
	f.panel.open(f.desk.Window(), f.Close)
	f.search.Focus()
	practice := f.desk.Practice()
	var settings record.Practice
	var all []record.ClientSummary
	f.desk.Load(func(ctx context.Context) error {
		var err error
		if settings, err = practice.Settings(ctx); err != nil {
			return err
		}
		all, err = practice.Clients(ctx)
		return err
	}, func(err error) {
		if err != nil {
			f.desk.Fail(err)
			return
		}
		f.all, f.zone = all, record.LoadZone(settings.Zone)
		f.changed(f.search.Text())
	})
}

// Close takes the finder away.
func (f *Finder) Close() { f.panel.close() }

// changed shows the clients at once, and searches what was said once typing
// rests.
func (f *Finder) changed(query string) {
	f.query = query
	mine := f.asked.Add(1)
	clients := f.clients(query)
	if query == "" && f.Hidden {
		f.show(nil, nil, "Names are hidden. What you find will show them.")
		return
	}
	f.show(clients, nil, "")
	if query == "" {
		return
	}
	practice := f.desk.Practice()
	var hits []record.Hit
	f.desk.Load(func(ctx context.Context) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(rest):
		}
		if f.asked.Load() != mine {
			return nil
		}
		var err error
		hits, err = practice.Search(ctx, app.Search{Query: query, Limit: mostHits})
		return err
	}, func(err error) {
		if f.asked.Load() != mine {
			return
		}
		note := ""
		if err != nil {
			note = app.Sentence(err)
		} else if len(hits)+len(clients) == 0 {
			note = "Nothing found. Each word must stand in the same entry; the last one may be the beginning of a word."
		}
		f.show(clients, hits, note)
	})
}

func (f *Finder) clients(query string) []record.ClientSummary {
	found := app.FilterClients(f.all, query)
	return found[:min(len(found), mostClients)]
}

func (f *Finder) show(clients []record.ClientSummary, hits []record.Hit, note string) {
	f.rows.Select(-1)
	f.results = arrange(clients, hits, f.query == "")
	f.note.SetText(note)
	f.rows.Reload()
	f.rows.Top()
	f.panel.fit(f.height())
	for i := range f.results {
		if f.results[i].title == "" {
			f.rows.Select(i)
			break
		}
	}
}

func (f *Finder) choose(i int) {
	if i < 0 || i >= len(f.results) || f.results[i].title != "" {
		return
	}
	r := f.results[i]
	f.Close()
	f.open(r.client.ID, r.hit.Entry)
}

func (f *Finder) height() float32 {
	var height float32
	for _, r := range f.results {
		height += r.height()
	}
	return height
}
