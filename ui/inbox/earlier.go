package inbox

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// earlier lists the imports of before, newest first.
type earlier struct {
	desk   desk.Desk
	all    []record.Batch
	names  map[record.ClientID]string
	zone   *time.Location
	view   *kit.List
	none   *kit.Text
	chosen func(record.Batch)
}

func newEarlier(d desk.Desk, chosen func(record.Batch)) *earlier {
	e := &earlier{desk: d, names: map[record.ClientID]string{}, zone: time.UTC, chosen: chosen,
		none: kit.NewNote("No imports yet.")}
	e.view = kit.NewList(kit.Rows{
		Count:  func() int { return len(e.all) },
		Height: func(int, float32) float32 { return kit.ItemHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewItem() },
		Bind:   func(i int, o fyne.CanvasObject, on bool) { o.(*kit.Item).Set(e.text(e.all[i]), on) },
		Chosen: func(i int) { e.chosen(e.all[i]) },
	})
	return e
}

// load reads the imports and who the clients are.
func (e *earlier) load(done func()) {
	var batches []record.Batch
	var clients []record.ClientSummary
	var settings record.Practice
	e.desk.Load(func(ctx context.Context) (err error) {
		p := e.desk.Practice()
		if batches, err = p.Imports(ctx, 0); err != nil {
			return err
		}
		if settings, err = p.Settings(ctx); err != nil {
			return err
		}
		clients, err = p.Clients(ctx)
		return err
	}, func(err error) {
		if err != nil {
			e.desk.Fail(err)
			return
		}
		e.all, e.zone = batches, record.LoadZone(settings.Zone)
		for _, c := range clients {
			e.names[c.ID] = c.Name
		}
		e.none.Hidden = len(batches) > 0
		e.view.Reload()
		done()
	})
}

// selected gives the import that is chosen.
func (e *earlier) selected() (record.Batch, bool) {
	if i := e.view.Selected(); i >= 0 && i < len(e.all) {
		return e.all[i], true
	}
	return record.Batch{}, false
}

func (e *earlier) text(b record.Batch) kit.ItemText {
	caption := phrase.Count(b.Imported, "message", "messages") + " · " + sourcesOf(b)
	if !b.Undone.IsZero() {
		caption = "undone · " + caption
	}
	return kit.ItemText{Title: e.names[b.Client], Caption: caption, Right: phrase.Lately(b.At, e.desk.Practice().Now(), e.zone),
		Faint: !b.Undone.IsZero()}
}

// sourcesOf names the files of an import.
func sourcesOf(b record.Batch) string {
	if n := len(b.Sources); n > 2 {
		return phrase.Count(n, "file", "files")
	}
	var all []string
	for _, s := range b.Sources {
		all = append(all, s.Name)
	}
	return strings.Join(all, ", ")
}
