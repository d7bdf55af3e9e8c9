package people

import (
	"strings"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/days"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// show gives what a row of the list shows.
func (p *page) task(r app.PeopleRow) kit.Task {
	t := kit.Task{Icon: look.Person, Title: r.Client.Name, Caption: details(r.Client), Action: "Add"}
	if p.take[r.Line] {
		t.Icon, t.Action = look.Check, "Leave out"
	}
	switch r.State {
	case app.RowRefused:
		t.Icon, t.Caption, t.Due, t.Tone, t.Action = look.Warning, r.Problem, "refused", kit.Red, ""
		if t.Title == "" {
			t.Title = "No name"
		}
	case app.RowKnown:
		t.Due, t.Tone = "on record", kit.Neutral
		t.Caption = "Shares " + r.Share + " with " + r.Of.Name + " (" + r.Of.Number + ")"
	case app.RowSimilar:
		t.Due, t.Tone = "perhaps on record", kit.Amber
		t.Caption = "Shares " + r.Share + " with " + r.Of.Name + " (" + r.Of.Number + ")"
	default:
		t.Due, t.Tone = "new", kit.Green
	}
	if r.State != app.RowRefused && !p.take[r.Line] && r.State == app.RowNew {
		t.Due, t.Tone = "left out", kit.Neutral
	}
	return t
}

// details says what a row holds beside the name.
func details(c record.Client) string {
	var parts []string
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	if !c.Born.IsZero() {
		add("born " + days.Short(c.Born))
	}
	for _, point := range c.Contacts {
		add(phrase.Address(point.Normal))
	}
	if c.Jurisdiction != "" {
		add(record.JurisdictionName(c.Jurisdiction))
	}
	if !c.Since.IsZero() {
		add("since " + days.Short(c.Since))
	}
	if c.Status == record.Closed {
		add("closed")
	}
	if c.Kind != record.Individual && c.Kind != "" {
		add(string(c.Kind))
	}
	if len(parts) == 0 {
		return "The name alone"
	}
	return strings.Join(parts, " · ")
}
