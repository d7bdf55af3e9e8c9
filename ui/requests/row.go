package requests

import (
	"strings"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/days"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// shown gives what a row shows of a request.
func shown(r app.Request, today record.Date) kit.Task {
	t := kit.Task{Icon: look.Document, Title: names.In(r.Name) + ": " + strings.ToLower(form.RequestKind(r.Kind))}
	if last := r.Last(); last != nil {
		t.Caption = asked(r) + " · " + joined(": ", form.Outcome(last.Outcome)+" "+days.Short(last.On), last.Sent, last.To, last.Reason)
		t.Due, t.Tone = strings.ToLower(form.Outcome(last.Outcome)), kit.Neutral
		if last.Outcome == record.AnswerGiven {
			t.Tone = kit.Green
		}
		return t
	}
	t.Caption, t.Action = asked(r)+" · "+r.Within(), "Answer"
	t.Due, t.Tone = "by "+days.Short(r.Due), kit.Neutral
	switch {
	case r.Due.Before(today):
		t.Due, t.Tone = "was due "+days.Short(r.Due), kit.Red
	case r.Due.Before(days.Add(today, 0, 0, week)):
		t.Tone = kit.Amber
	}
	if r.Extended() != nil {
		t.Caption += " · extended once"
	}
	return t
}

// week is within how many days a request presses.
const week = 7

// asked says when a request came and from whom.
func asked(r app.Request) string {
	if r.By == "client" {
		return "Received " + days.Short(r.On)
	}
	return "Received " + days.Short(r.On) + " from " + form.Requester(r.Request.Request)
}

func joined(with string, parts ...string) string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, with)
}
