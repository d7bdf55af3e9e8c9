// Package policies is the page of the practice's policies: each with its
// versions, what is to be done about it, and who has not been told.
package policies

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// page is the page.
type page struct {
	desk  desk.Desk
	list  []app.Policy
	today record.Date
	topic string // of the policy on show
	run   int    // counts readings: a late one is dropped
	moved bool   // the keyboard belongs to the list once it has rows

	rows    *kit.List
	view    *view
	editor  *editor
	library fyne.CanvasObject
	content *fyne.Container // the library, or the editor
}

const listWidth = 290

// New makes the page.
func New(d desk.Desk) desk.View {
	p := &page{desk: d}
	p.rows = kit.NewList(kit.Rows{
		Count:  func() int { return len(p.list) },
		Height: func(int, float32) float32 { return kit.ItemHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewItem() },
		Bind:   func(i int, o fyne.CanvasObject, on bool) { o.(*kit.Item).Set(p.item(p.list[i]), on) },
		Chosen: func(i int) { p.choose(p.list[i].Topic.Key) },
		Open:   func(int) { p.view.focus() },
	})
	p.view = newView(p)
	p.editor = newEditor(p)
	head := kit.Pad(18, 12, 10, 16, kit.Column(2, kit.NewTitle("Policies"), kit.NewSubtitle("What clients are told, and when")))
	left := kit.Wide(listWidth, kit.Frame(head, nil, nil, kit.Edge(), p.rows))
	p.library = kit.Frame(nil, nil, left, nil, p.view.content)
	p.content = container.NewStack(p.library)
	return p
}

func (p *page) item(one app.Policy) kit.ItemText {
	return kit.ItemText{Title: one.Topic.Title, Caption: caption(one, p.today), Faint: !one.Applies && len(one.Versions) == 0}
}

// Content is what stands in the window.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Show brings the page to a topic, or where it was.
func (p *page) Show(place desk.Place) {
	if p.editing() {
		p.editor.text.Focus()
		return
	}
	if place.Topic != "" {
		p.topic = place.Topic
	}
	p.moved = true
	p.load()
}

// Refresh reads everything anew.
func (p *page) Refresh(record.ClientID) { p.load() }

// Key saves what is being written, or leaves it.
func (p *page) Key(name string) bool {
	if !p.editing() {
		return false
	}
	switch name {
	case desk.KeySave:
		p.editor.publish()
	case desk.KeyEscape:
		p.editor.leave()
	default:
		return false
	}
	return true
}

func (p *page) editing() bool { return p.content.Objects[0] == p.editor.content }

func (p *page) put(o fyne.CanvasObject) {
	p.content.Objects[0] = o
	p.content.Refresh()
}

func (p *page) load() {
	p.run++
	run := p.run
	var list []app.Policy
	var settings record.Practice
	practice := p.desk.Practice()
	p.desk.Load(func(ctx context.Context) (err error) {
		if settings, err = practice.Settings(ctx); err != nil {
			return err
		}
		list, err = practice.Policies(ctx)
		return err
	}, func(err error) {
		if run != p.run {
			return
		}
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.list, p.today = list, record.DateOf(practice.Now().In(record.LoadZone(settings.Zone)))
		p.arrange()
	})
}

// arrange shows what was read.
func (p *page) arrange() {
	at := p.index(p.topic)
	p.topic = p.list[at].Topic.Key
	p.rows.Reload()
	p.rows.Select(at)
	p.view.show(p.list[at])
	if p.moved && !p.editing() {
		p.moved = false
		kit.Focus(p.rows)
	}
}

// index gives the row of a topic, the first for one that is unknown.
func (p *page) index(topic string) int {
	for i, one := range p.list {
		if one.Topic.Key == topic {
			return i
		}
	}
	return 0
}

func (p *page) choose(topic string) {
	p.topic = topic
	p.view.show(p.list[p.index(topic)])
}

// Drafts gives what was written and not published, so that it is there again
// after a lock.
func (p *page) Drafts() []desk.Draft {
	if !p.editing() {
		return nil
	}
	return p.editor.drafts()
}
