package form

import (
	"context"

	"casekeep/app"
	"casekeep/ui/clients/ask"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// AskClose asks for the day and the reason and closes a client's record. zone
// is the practice's.
func AskClose(d desk.Desk, c record.Client, zone string, done func()) {
	today := record.DateOf(d.Practice().Now().In(record.LoadZone(zone)))
	day := kit.NewField("Last day of service")
	day.SetText(phrase.ShortDate(today))
	reason := kit.NewField("Reason").Placeholder("goals reached, moved away, referred")
	practice := d.Practice()
	var on record.Date
	q := ask.Open(d, "Close the record", ask.Question{
		Title: "Close the record of " + c.Name + "?",
		Body: kit.Column(12, kit.NewNote("Everything stays and can be read. What comes in later can still be logged. The record can be reopened."),
			day, reason),
		Check: func() (string, bool) {
			var err error
			on, err = phrase.ParseDate(day.Text(), today)
			if err != nil {
				day.SetError(app.Sentence(err))
			}
			return "", err == nil
		},
		Do:   func(ctx context.Context) error { return practice.CloseClient(ctx, c.ID, on, text(reason)) },
		Done: done,
	})
	reason.OnEnter = func(string) { q.Press() }
}

// AskReopen takes a closed record up again.
func AskReopen(d desk.Desk, c record.Client, done func()) {
	askActive(d, c, "Reopen the record of "+c.Name+"?", "Reopen the record",
		"The client becomes active again. The day and the reason of the closing leave the record’s details; the audit trail keeps that it was closed.", done)
}

// AskTakeUp ends the screening of a client.
func AskTakeUp(d desk.Desk, c record.Client, done func()) {
	askActive(d, c, "Take up "+c.Name+"?", "Take up",
		"The screening ends, and the client becomes active.", done)
}

func askActive(d desk.Desk, c record.Client, title, act, text string, done func()) {
	practice := d.Practice()
	ask.Open(d, act, ask.Question{
		Title: title, Body: kit.NewNote(text),
		Do:   func(ctx context.Context) error { return practice.SetActive(ctx, c.ID) },
		Done: done,
	})
}
