package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"casekeep/app/form"
	"casekeep/app/standing"
	"casekeep/vault/record"
)

// Request is a request for a client's record, with its clock.
type Request struct {
	Client record.ClientID
	Name   string
	Number string // of the record
	standing.Request
}

// Requests gives the requests for one client's record, or with 0 for those of
// all: the open ones first, soonest due, then the answered ones, newest first.
func (p *Practice) Requests(ctx context.Context, client record.ClientID) ([]Request, error) {
	var files []*standing.File
	if client != 0 {
		_, file, err := p.open(ctx, client)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	} else {
		_, judged, _, err := p.judgeAll(ctx, func(*judgedFile) error { return nil })
		if err != nil {
			return nil, err
		}
		for _, f := range judged {
			files = append(files, f.File)
		}
	}
	var all []Request
	for _, f := range files {
		for _, r := range f.Requests() {
			all = append(all, Request{f.Client().ID, f.Client().Name, f.Client().Number, r})
		}
	}
	slices.SortStableFunc(all, func(a, b Request) int {
		switch {
		case a.Open() && b.Open():
			return cmp.Compare(a.Due.String(), b.Due.String())
		case a.Open():
			return -1
		case b.Open():
			return 1
		}
		return cmp.Compare(b.Last().On.String(), a.Last().On.String())
	})
	return all, nil
}

// checkAnswer refuses an answer that answers no request, or gives one more time
// than there is. Its fields were checked by themselves.
func (p *Practice) checkAnswer(ctx context.Context, req FormRequest, value any) error {
	answer, ok := value.(*record.RequestAnswered)
	if !ok {
		return nil
	}
	r, err := p.requestOf(ctx, req.Client, req.About)
	if err != nil {
		return err
	}
	r.Answers = slices.DeleteFunc(r.Answers, func(a standing.RequestAnswer) bool { return a.ID == req.Supersedes })
	var problems form.Problems
	say := func(key, format string, args ...any) {
		problems = append(problems, form.Problem{Key: key, Text: fmt.Sprintf(format, args...)})
	}
	if answer.On.Before(r.On) {
		say("on", "The request was received on %s: check the day.", r.On.Long())
	}
	for _, ground := range answer.Grounds {
		if !form.SuitsRequest(ground, r.Kind) {
			say("grounds", "A ground among these is none for what was asked for here: choose another one.")
			break
		}
	}
	if answer.Outcome == record.AnswerExtended {
		moreTime(r, *answer, say)
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

// moreTime says what keeps a request from being put off: it is once, before the
// first day has passed, and for 30 days at most (45 CFR 164.524(b)(2)(ii),
// 164.526(b)(2)(ii), 164.528(c)(1)(ii)).
func moreTime(r Request, a record.RequestAnswered, say func(key, format string, args ...any)) {
	most := daysAfter(r.First, standing.MoreDays)
	switch {
	case !r.Open():
		say("outcome", "This request was answered on %s: no more time is needed.", r.Last().On.Long())
	case r.Extended() != nil:
		say("outcome", "More time was taken once, until %s: answer the request now.", r.Due.Long())
	case r.First.Before(a.On):
		say("outcome", "The time to ask for more ended on %s: answer the request now, and note why it is late.", r.First.Long())
	}
	if r.First.Before(a.Told) {
		say("told", "Reason and new day have to be given in writing by %s.", r.First.Long())
	}
	if !r.First.Before(a.Until) || most.Before(a.Until) {
		say("until", "The new day lies after %s, and no later than %s.", r.First.Long(), most.Long())
	}
}

// requestOf gives the request that an entry is, or was before it was corrected.
func (p *Practice) requestOf(ctx context.Context, client record.ClientID, id record.EntryID) (Request, error) {
	list, err := p.Requests(ctx, client)
	if err != nil {
		return Request{}, err
	}
	for _, r := range list {
		versions, err := p.versionsOf(ctx, r.ID)
		if err != nil {
			return Request{}, err
		}
		if slices.Contains(versions, id) {
			return r, nil
		}
	}
	return Request{}, form.Problems{{Text: "Say which request this answers: choose it under Requests, and answer it there."}}
}
