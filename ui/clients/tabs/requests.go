package tabs

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/app/standing"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Requests shows who asked for a client's record, until when that is to be
// answered, what became of it, and to whom the record was given (TSP 5.04; 45
// CFR 164.524, 164.526, 164.528).
type Requests struct {
	shelf
	produce func()
}

// NewRequests makes the tab; produce goes on to produce the record.
func NewRequests(d desk.Desk, a Acts, produce func()) *Requests {
	return &Requests{newShelf(d, a), produce}
}

// Name is the tab's.
func (t *Requests) Name() string { return "Requests" }

// Show reads the requests for a client's record, and its releases.
func (t *Requests) Show(c record.Client, zone string) {
	var requests []app.Request
	var released []record.Disclosure
	practice := t.Desk.Practice()
	in := record.LoadZone(zone)
	today := record.DateOf(practice.Now().In(in))
	t.Load(func(ctx context.Context) (err error) {
		if requests, err = practice.Requests(ctx, c.ID); err != nil {
			return err
		}
		released, err = practice.Disclosures(ctx, c.ID)
		return err
	}, func() { t.Fill(append(t.list(c, requests, today), t.disclosures(released, in)...)...) })
}

func (t *Requests) list(client record.Client, requests []app.Request, today record.Date) []fyne.CanvasObject {
	add := t.add(record.FormRequest, nil).Small()
	all := []fyne.CanvasObject{kit.Pad(0, 0, 8, 0, kit.Row(10, kit.Grow(kit.NewHeading("Requests for this record")), add))}
	if len(requests) == 0 {
		return append(all, none("Nobody has asked for this record yet. Write a request down on the day it comes, also one that was only spoken: to see it, for a copy, "+
			"to change it, or who received it. Today says until when it is to be answered."))
	}
	for _, r := range requests {
		all = append(all, t.request(client, r, today).object())
	}
	return all
}

func (t *Requests) request(client record.Client, r app.Request, today record.Date) card {
	c := card{title: form.RequestKind(r.Kind), caption: joined("Received "+phrase.ShortDate(r.On), "by "+form.Requester(r.Request.Request), strings.ToLower(answer(record.FormRequest, "how", r.How))),
		lines: some(r.Asked, fact("It rests on", r.Rests), fact("Form and format", r.Format), fact("Send it to", r.SendTo), fact("Fee told", r.FeeTold), heldBack(r.Request.Request))}
	if r.Open() {
		c.lines = append(c.lines, "To be answered by "+phrase.ShortDate(r.Due)+": "+r.Within()+".")
	}
	for _, a := range r.Answers {
		c.lines = append(c.lines, answered(a)...)
	}
	c.lines = append(c.lines, some(r.Note)...)
	c.tone, c.state = stateOf(r.Request, today)
	last := r.Last()
	if last == nil {
		c.acts = append(c.acts, kit.NewLink("Answer", func() { t.acts.Fill(record.FormRequestAnswered, r.ID, nil) }))
		if producible(r.Kind) {
			c.acts = append(c.acts, kit.NewLink("Produce record", t.produce))
		}
		if keep.CallsForHold(r.Request.Request) {
			c.acts = append(c.acts, kit.NewLink("Place a legal hold", func() { keep.AskHoldFor(t.Desk, client.ID, client.Name, r.Request.Request) }))
		}
	}
	c.acts = t.links(record.Filed{ID: r.ID, Form: record.FormRequest}, c.acts...)
	if last != nil {
		c.acts = append(c.acts, kit.NewLink("Correct the answer", func() { t.acts.Correct(record.Filed{ID: last.ID, Form: record.FormRequestAnswered}) }))
	}
	return c
}

// producible reports whether producing the record answers a request.
func producible(kind string) bool {
	return kind == record.RequestAccess || kind == record.RequestCopy || kind == record.RequestTransfer
}

// stateOf says where a request stands.
func stateOf(r standing.Request, today record.Date) (kit.Tone, string) {
	last := r.Last()
	switch {
	case last == nil && r.Due.Before(today):
		return kit.Red, "was due " + phrase.ShortDate(r.Due)
	case last == nil:
		return kit.Amber, "due " + phrase.ShortDate(r.Due)
	case last.Outcome == record.AnswerGiven:
		return kit.Green, "given"
	}
	return kit.Neutral, strings.ToLower(form.Outcome(last.Outcome))
}

// answered says what became of a request, a line each.
func answered(a standing.RequestAnswer) []string {
	line := form.Outcome(a.Outcome) + " " + phrase.ShortDate(a.On)
	if a.Outcome == record.AnswerExtended {
		line = "More time until " + phrase.ShortDate(a.Until) + ", said in writing " + phrase.ShortDate(a.Told)
	}
	for _, more := range some(a.Sent, a.To, a.Reason) {
		line += ": " + more
	}
	var grounds string
	for i, ground := range a.Grounds {
		if i > 0 {
			grounds += "; "
		}
		grounds += answer(record.FormRequestAnswered, "grounds", ground)
	}
	letter := ""
	if a.Letter == "no" {
		letter = "The denial was not given in writing yet."
	}
	return some(line, fact("On the ground", grounds), letter, fact("Fee", a.Fee), fact("What the person says to it", a.Disagreement), a.Note)
}

// heldBack says which disclosures an accounting does not name for a time.
func heldBack(r record.Request) string {
	if r.SuspendedUntil.IsZero() {
		return ""
	}
	return "Disclosures held back until " + phrase.ShortDate(r.SuspendedUntil) + ": " + r.SuspendedBy
}
