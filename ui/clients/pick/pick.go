// Package pick lets a client be chosen in a dialog.
package pick

import (
	"context"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Picker is a search with the clients that fit it.
type Picker struct {
	Entered func() // Enter was pressed with a client chosen; may be nil

	except     record.ClientID
	all, found []record.ClientSummary
	search     *kit.Search
	rows       *kit.List
	content    fyne.CanvasObject
}

// pickerRows is how many clients are in sight at once.
const pickerRows = 3

// New makes one; except is not offered, 0 leaves nobody out.
func New(d desk.Desk, except record.ClientID) *Picker {
	p := &Picker{except: except, search: kit.NewSearch("Find a client", "")}
	p.rows = kit.NewList(kit.Rows{
		Count:  func() int { return len(p.found) },
		Height: func(int, float32) float32 { return kit.ItemHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewItem() },
		Bind: func(i int, o fyne.CanvasObject, selected bool) {
			c := p.found[i]
			o.(*kit.Item).Set(kit.ItemText{Title: c.Name, Caption: phrase.Kind(c.Kind) + " · record " + c.Number}, selected)
		},
	})
	p.search.OnChanged = func(string) { p.filter() }
	p.search.OnEnter = func(string) { p.entered() }
	p.search.OnMove = func(ev *fyne.KeyEvent) { p.rows.Key(ev) }
	p.content = kit.Column(6, p.search, kit.Card(kit.Tall(pickerRows*kit.ItemHeight, p.rows)))
	practice := d.Practice()
	d.Load(func(ctx context.Context) error {
		var err error
		p.all, err = practice.Clients(ctx)
		return err
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		p.filter()
	})
	return p
}

func (p *Picker) filter() {
	p.rows.Select(-1)
	p.found = nil
	for _, c := range app.FilterClients(p.all, p.search.Text()) {
		if c.ID != p.except {
			p.found = append(p.found, c)
		}
	}
	p.rows.Reload()
	if p.search.Text() != "" && len(p.found) == 1 {
		p.rows.Select(0)
	}
}

// entered takes the first client that fits, where none is selected.
func (p *Picker) entered() {
	if p.rows.Selected() < 0 && len(p.found) > 0 {
		p.rows.Select(0)
	}
	if p.rows.Selected() >= 0 && p.Entered != nil {
		p.Entered()
	}
}

// Content is what stands in the dialog.
func (p *Picker) Content() fyne.CanvasObject { return p.content }

// Chosen gives the client that is selected, if one is.
func (p *Picker) Chosen() (record.ClientSummary, bool) {
	if i := p.rows.Selected(); i >= 0 {
		return p.found[i], true
	}
	return record.ClientSummary{}, false
}
