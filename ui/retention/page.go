// Package retention is the page of how long records are kept: which are due,
// which are held, by which rules, what was put out of sight and what was
// destroyed, and what is to be done when the practice closes.
package retention

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// part is a part of the page.
type part interface {
	content() fyne.CanvasObject
	show(keys bool) // reads what it shows; with keys the keyboard belongs to it once there are rows
	refresh()       // reads it anew after a change
	key(name string) bool
}

// page is the page.
type page struct {
	desk    desk.Desk
	counted func(int) // is told how many records are due
	run     int       // counts countings: a late one is dropped
	shown   bool

	records *records
	rules   *rules
	names   []string
	keys    []string
	parts   []part

	tabs    *kit.SideTabs
	host    *fyne.Container
	cover   fyne.CanvasObject
	whole   fyne.CanvasObject
	content *fyne.Container // the page, or the cover that hides it
}

const tabsWidth = 196

// New makes the page. counted is told how many records are due, whenever that
// may have changed.
func New(d desk.Desk, counted func(int)) desk.View {
	p := &page{desk: d, counted: counted, host: container.NewStack()}
	p.records = newRecords(d)
	add := func(key, name string, one part) {
		p.keys, p.names, p.parts = append(p.keys, key), append(p.names, name), append(p.parts, one)
		p.host.Add(one.content())
	}
	add("due", "Records", p.records)
	add("closing", "No contact for a year", newOffer(d))
	p.rules = newRules(d)
	add("rules", "Rules", p.rules)
	add("holds", "Legal holds", newHolds(d))
	add("sequestered", "Out of sight", newSequestered(d))
	add("destroyed", "Destroyed", newDestroyed(d))
	add("practice", "Closing the practice", newClosing(d))
	p.tabs = kit.NewSideTabs(p.names, func(int) { p.open(false) })
	left := kit.Wide(tabsWidth, kit.Frame(kit.Pad(18, 12, 10, 16, kit.NewTitle("Retention")), nil, nil, kit.Edge(), kit.Pad(0, 8, 0, 8, p.tabs)))
	p.whole = kit.Frame(nil, nil, left, nil, p.host)
	p.cover = kit.Empty("Names are hidden", "Press Ctrl H to show them again.")
	p.content = container.NewStack(p.whole)
	p.put()
	return p
}

// Content is what stands in the window.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Show brings the page to a part, to the review of a client's record, or where
// it was.
func (p *page) Show(place desk.Place) {
	p.shown = true
	if i := slices.Index(p.keys, place.Part); i >= 0 {
		p.tabs.Choose(i)
	}
	if place.Client > 0 {
		p.tabs.Choose(0)
		p.records.want(place.Client)
	}
	if place.Topic != "" {
		p.rules.want(place.Topic)
	}
	kit.Focus(p.tabs)
	p.open(true)
	p.count()
}

// open shows the part that is chosen. Whoever goes through the parts by keys
// keeps the keyboard there.
func (p *page) open(keys bool) {
	p.put()
	p.parts[p.tabs.Chosen()].show(keys)
}

func (p *page) put() {
	for i, o := range p.host.Objects {
		if i == p.tabs.Chosen() {
			o.Show()
		} else {
			o.Hide()
		}
	}
	p.host.Refresh()
}

// Refresh reads anew what a change touched.
func (p *page) Refresh(record.ClientID) {
	if p.shown {
		p.parts[p.tabs.Chosen()].refresh()
	}
	p.count()
}

// count tells how many records are due.
func (p *page) count() {
	p.run++
	run := p.run
	due := 0
	p.desk.Load(func(ctx context.Context) (err error) {
		due, err = p.desk.Practice().Due(ctx)
		return err
	}, func(err error) {
		if run == p.run && err == nil { // whoever looks at Today is told why it failed
			p.counted(due)
			note := ""
			if due > 0 {
				note = kit.Number(due)
			}
			p.tabs.SetNote(0, note, kit.Amber)
		}
	})
}

// Key offers an act to the part on show, and hides what names clients.
func (p *page) Key(name string) bool {
	if name == desk.KeyHide {
		if p.content.Objects[0] == p.whole {
			p.content.Objects[0] = p.cover
		} else {
			p.content.Objects[0] = p.whole
		}
		p.content.Refresh()
		return true
	}
	return p.parts[p.tabs.Chosen()].key(name)
}
