// Package executor is the page that meets somebody who looks at the records in
// the practitioner's place: whom to reach first, how, and what to mind.
package executor

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/app/release"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// page is the page.
type page struct {
	desk    desk.Desk
	run     int // counts readings: a late one is dropped
	title   *kit.Label
	about   *kit.Text
	chosen  *kit.Text
	list    *fyne.Container
	cover   fyne.CanvasObject
	whole   fyne.CanvasObject
	content *fyne.Container
}

// New makes the page.
func New(d desk.Desk) desk.View {
	p := &page{desk: d, title: kit.NewTitle("Whom to reach first"), about: kit.NewNote(""), chosen: kit.NewNote(""), list: container.NewVBox()}
	head := kit.Pad(16, 22, 12, 22, kit.Column(4, p.title, p.chosen, p.about))
	p.whole = kit.Frame(head, nil, nil, nil, kit.NewScroll(kit.Pad(0, 22, 22, 22, p.list)))
	p.cover = kit.Empty("Names are hidden", "Press Ctrl H to show them again.")
	p.content = container.NewStack(p.whole)
	return p
}

// Content is what stands in the window.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Show reads whom to reach.
func (p *page) Show(desk.Place) { p.load() }

// Refresh reads it anew.
func (p *page) Refresh(record.ClientID) {}

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
	var week release.Fallback
	p.desk.Load(func(ctx context.Context) (err error) {
		week, err = p.desk.Practice().ThisWeek(ctx)
		return err
	}, func(err error) {
		switch {
		case run != p.run:
		case err != nil:
			p.desk.Fail(err)
		default:
			p.put(week)
		}
	})
}

func (p *page) put(week release.Fallback) {
	if e := p.desk.Practice().Executor(); e != nil {
		p.about.SetText(fmt.Sprintf("Open for looking only, by %s, until %s. Which records you open is written down in your name.",
			e.Who, e.Until.Format("3:04 PM")))
	}
	p.chosen.SetText(week.Chosen)
	p.list.Objects = nil
	group := ""
	for _, c := range week.Clients {
		head := "Before that"
		if app.InLastWeek(week, c) {
			head = "In contact this week"
		}
		if head != group {
			group = head
			p.list.Add(kit.Pad(10, 0, 4, 0, kit.NewSection(head)))
		}
		p.list.Add(p.client(c))
	}
	if len(week.Clients) == 0 {
		p.list.Add(kit.Empty("Nobody was in contact these two weeks", "All records are under Clients."))
	}
	p.list.Refresh()
}

// client shows one client: who, what to mind, and how to reach them.
func (p *page) client(c release.FallbackClient) fyne.CanvasObject {
	name := kit.NewLink(c.Client.Name, func() { p.desk.Go(desk.Place{Page: desk.Clients, Client: c.Client.ID}) })
	lines := []fyne.CanvasObject{kit.Row(10, name, kit.NewCaption(summary(c)), kit.Space())}
	for _, line := range app.ReachLines(c) {
		text := kit.NewText(line.Says)
		if line.Risk {
			text.Color(look.Red)
		}
		lines = append(lines, text)
	}
	return kit.Column(0, kit.Pad(10, 0, 12, 0, kit.Column(3, lines...)), kit.Rule())
}

func summary(c release.FallbackClient) string {
	if c.Last.IsZero() {
		return "Record " + c.Client.Number
	}
	return "Record " + c.Client.Number + " · last contact " + c.Last.Format("January 2, 3:04 PM")
}
