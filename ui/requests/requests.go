// Package requests is the practice's register of requests for records: the open
// ones of all clients, soonest due first, and those that were answered.
package requests

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/clients/ask"
	"casekeep/ui/clients/pick"
	"casekeep/ui/desk"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/ui/sheet"
	"casekeep/vault/record"
)

// page is the page.
type page struct {
	desk    desk.Desk
	counted func(int) // is told how many requests are open

	today   record.Date
	rows    []row
	run     int  // counts readings: a late one is dropped
	focused bool // the keyboard belongs to the list once it has rows

	subtitle *kit.Label
	list     *kit.List
	none     fyne.CanvasObject
	whole    fyne.CanvasObject
	cover    fyne.CanvasObject
	content  *fyne.Container
}

// row is a heading, or a request.
type row struct {
	head string
	app.Request
}

// New makes the page. counted is told how many requests are open, whenever that
// changes.
func New(d desk.Desk, counted func(int)) desk.View {
	p := &page{desk: d, counted: counted, subtitle: kit.NewSubtitle("")}
	p.list = kit.NewList(kit.Rows{
		Count:  func() int { return len(p.rows) },
		Height: p.height,
		Kind:   func(i int) int { return map[bool]int{true: 1}[p.rows[i].head != ""] },
		New:    newRow,
		Bind:   p.bind,
		Skip:   func(i int) bool { return p.rows[i].head != "" },
		Open:   func(i int) { p.open(p.rows[i].Request) },
	})
	p.none = kit.Empty("No request for a record yet",
		"A client, a guardian or a court asks to see a record, for a copy, to change it, or who received it: write it down on the day it comes. The clock stands here and in Today.",
		kit.NewButton("Record a request", p.record))
	p.cover = kit.Empty("Names are hidden", "Press Ctrl H to show them again.")
	head := kit.Row(12, kit.Grow(kit.Column(2, kit.NewTitle("Requests"), p.subtitle)), kit.NewPrimary("Record a request", p.record))
	p.whole = kit.Frame(kit.Pad(16, 22, 12, 22, head), nil, nil, nil, container.NewStack(p.list, p.none))
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
	o.(*kit.TaskRow).Set(shown(r.Request, p.today), selected, func() { p.answer(r.Request) }, nil)
}

// Content is what stands in the window.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Show reads the register.
func (p *page) Show(desk.Place) {
	p.focused = true
	p.load()
}

// Refresh reads it anew.
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
	var list []app.Request
	var today record.Date
	practice := p.desk.Practice()
	p.desk.Load(func(ctx context.Context) error {
		settings, err := practice.Settings(ctx)
		if err != nil {
			return err
		}
		today = record.DateOf(practice.Now().In(record.LoadZone(settings.Zone)))
		list, err = practice.Requests(ctx, 0)
		return err
	}, func(err error) {
		switch {
		case run != p.run:
		case err != nil:
			p.desk.Fail(err)
		default:
			p.fill(list, today)
		}
	})
}

// fill shows the requests, which come with the open ones first.
func (p *page) fill(list []app.Request, today record.Date) {
	p.rows, p.today = nil, today
	open := slices.IndexFunc(list, func(r app.Request) bool { return !r.Open() })
	if open < 0 {
		open = len(list)
	}
	p.add("Open", list[:open])
	p.add("Answered", list[open:])
	p.counted(open)
	p.subtitle.SetText(words(open))
	p.list.Reload()
	p.list.Hidden, p.none.(*fyne.Container).Hidden = len(list) == 0, len(list) > 0
	p.whole.Refresh()
	if p.list.Selected() < 1 && len(list) > 0 {
		p.list.Select(1) // after the first heading
	}
	if p.focused && len(list) > 0 {
		p.focused = false
		kit.Focus(p.list)
	}
}

// add puts requests under a heading.
func (p *page) add(head string, list []app.Request) {
	if len(list) == 0 {
		return
	}
	p.rows = append(p.rows, row{head: head})
	for _, r := range list {
		p.rows = append(p.rows, row{Request: r})
	}
}

func words(open int) string {
	switch open {
	case 0:
		return "No request is open."
	case 1:
		return "1 request is open."
	}
	return strconv.Itoa(open) + " requests are open, the one that is due soonest at the top."
}

// open goes to a request in the client's record.
func (p *page) open(r app.Request) {
	p.desk.Go(desk.Place{Page: desk.Clients, Client: r.Client, Entry: r.ID})
}

func (p *page) answer(r app.Request) {
	sheet.Open(p.desk, sheet.Ask{Client: r.Client, Form: record.FormRequestAnswered, About: r.ID, Done: func(record.Entry) { kit.Focus(p.list) }})
}

// record asks whose record was asked for, then what.
func (p *page) record() {
	picker := pick.New(p.desk, 0)
	var of record.ClientSummary
	ask.Open(p.desk, "Go on", ask.Question{
		Title: "Whose record was asked for?", Width: 520, Body: picker.Content(),
		Check: func() (string, bool) {
			var ok bool
			if of, ok = picker.Chosen(); !ok {
				return "Choose the client whose record it is.", false
			}
			return "", true
		},
		Do: func(context.Context) error { return nil },
		Done: func() {
			sheet.Open(p.desk, sheet.Ask{Client: of.ID, Form: record.FormRequest, Done: func(e record.Entry) {
				kit.Focus(p.list)
				keep.OfferHold(p.desk, e, of.Name)
			}})
		},
	})
}
