package practice

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/sheet"
	"casekeep/vault/record"
)

// incidents is the register of breaches: each with its clocks, and under it the
// clients whose records it touched.
type incidents struct {
	desk  desk.Desk
	list  []app.Incident
	lines []incidentLine
	run   int

	rows *kit.List
	none fyne.CanvasObject
	body fyne.CanvasObject
}

// incidentLine is an incident, or a client under it.
type incidentLine struct {
	incident app.Incident
	client   *app.IncidentClient
}

func newIncidents(d desk.Desk) *incidents {
	p := &incidents{desk: d}
	p.rows = kit.NewList(kit.Rows{
		Count:  func() int { return len(p.lines) },
		Height: func(int, float32) float32 { return kit.TaskHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewTaskRow() },
		Bind: func(i int, o fyne.CanvasObject, on bool) {
			o.(*kit.TaskRow).Set(p.task(p.lines[i]), on, func() { p.do(p.lines[i]) }, nil)
		},
		Open: func(i int) { p.open(p.lines[i]) },
	})
	p.none = kit.Empty("No incident is on record",
		"A lost or stolen device, a message to the wrong person, somebody who had access: record it at once. Each client is told as soon as possible, whatever the risk is found to be.",
		kit.NewButton("Record an incident", p.add))
	head := kit.Row(12, kit.Grow(kit.Column(2, kit.NewTitle("Incidents"), kit.NewSubtitle("What exposed, or may have exposed, what clients told you"))),
		kit.NewPrimary("Record an incident", p.add))
	p.body = kit.Frame(kit.Pad(18, 22, 12, 22, head), nil, nil, nil, container.NewStack(p.rows, p.none))
	return p
}

func (p *incidents) content() fyne.CanvasObject { return p.body }

func (p *incidents) show() {
	p.refresh()
	kit.Focus(p.rows)
}

func (p *incidents) save() bool { return false }

func (p *incidents) refresh() {
	p.run++
	run := p.run
	var list []app.Incident
	p.desk.Load(func(ctx context.Context) (err error) {
		list, err = p.desk.Practice().Incidents(ctx)
		return err
	}, func(err error) {
		switch {
		case run != p.run:
		case err != nil:
			p.desk.Fail(err)
		default:
			p.fill(list)
		}
	})
}

func (p *incidents) fill(list []app.Incident) {
	p.list, p.lines = list, nil
	for _, i := range list {
		p.lines = append(p.lines, incidentLine{incident: i})
		for n := range i.Told {
			p.lines = append(p.lines, incidentLine{i, &i.Told[n]})
		}
	}
	p.none.(*fyne.Container).Hidden = len(list) > 0
	p.rows.Reload()
	if p.rows.Selected() < 0 && len(list) > 0 {
		p.rows.Select(0)
	}
	p.body.Refresh()
}

// task shows an incident with its clocks, or whether a client was told.
func (p *incidents) task(l incidentLine) kit.Task {
	if c := l.client; c != nil {
		if c.Gone {
			return kit.Task{Icon: look.Person, Title: c.Name}
		}
		if c.On.IsZero() {
			return kit.Task{Icon: look.Person, Title: c.Name, Caption: "To be told as soon as possible (MS 3.4.C.4; TSP 3.10)",
				Due: "not told yet", Tone: kit.Red, Action: "Record it"}
		}
		return kit.Task{Icon: look.Person, Title: c.Name, Caption: "Told: " + c.How, Due: "told " + days.Short(c.On), Tone: kit.Green}
	}
	i := l.incident
	t := kit.Task{Icon: look.Warning, Title: optionOf(record.FormIncident, "what", i.What) + ", discovered " + days.Short(i.Discovered),
		Caption: joined(" · ", optionOf(record.FormIncident, "finding", i.Finding), first(i.Story)), Action: "Correct"}
	switch {
	case !i.Closed.IsZero():
		t.Due = "closed " + days.Short(i.Closed)
	case !i.HIPAABy.IsZero() && untold(i) > 0:
		t.Due, t.Tone = "HIPAA: by "+days.Short(i.HIPAABy), kit.Amber
	case untold(i) > 0:
		t.Due, t.Tone = "clients to tell", kit.Red
	case len(i.Clients) == 0:
		t.Due, t.Tone = "whose records?", kit.Amber
	default:
		t.Due, t.Tone = "all told", kit.Green
	}
	return t
}

func (p *incidents) add() {
	sheet.Open(p.desk, sheet.Ask{Client: record.Book, Form: record.FormIncident, Done: func(record.Entry) { kit.Focus(p.rows) }})
}

// do corrects an incident, or records that a client was told.
func (p *incidents) do(l incidentLine) {
	ask := sheet.Ask{Client: record.Book, Form: record.FormIncident, Supersedes: l.incident.Entry}
	if l.client != nil {
		ask = sheet.Ask{Client: l.client.ID, Form: record.FormBreachNotice, About: l.incident.Entry}
	}
	ask.Done = func(record.Entry) {
		p.refresh()
		kit.Focus(p.rows)
	}
	sheet.Open(p.desk, ask)
}

// open shows an incident whole, or goes on to tell the client.
func (p *incidents) open(l incidentLine) {
	switch {
	case l.client == nil || l.client.Gone:
		showEntry(p.desk, l.incident.Entry)
	case l.client.On.IsZero():
		p.do(l)
	default:
		p.desk.Go(desk.Place{Page: desk.Clients, Client: l.client.ID})
	}
}

// untold counts the clients who were not told yet.
func untold(i app.Incident) int {
	n := 0
	for _, c := range i.Told {
		if c.On.IsZero() && !c.Gone {
			n++
		}
	}
	return n
}
