package standing

import (
	"fmt"
	"strings"

	"casekeep/app/form"
	"casekeep/assets"
	"casekeep/vault/record"
)

// Request is a request for a client's record, with its clock.
type Request struct {
	ID record.EntryID
	record.Request
	Answers []RequestAnswer // oldest first
	Days    int             // within which it is answered
	Rule    string          // that says so; "": none does, and Days is the practice's own
	First   record.Date     // the day by which it is answered at first
	Due     record.Date     // the same once it was extended
}

// RequestAnswer is an answer to a Request.
type RequestAnswer struct {
	ID record.EntryID
	record.RequestAnswered
}

// MoreDays is by how many days at most a request can be put off, once (45 CFR
// 164.524(b)(2)(ii), 164.526(b)(2)(ii), 164.528(c)(1)(ii)).
const MoreDays = 30

// ownDays is within how many days the practice answers where no rule binds it.
const ownDays = 30

// RequestClock gives within how many days a request is answered, and the rule
// that says so. HIPAA's clocks run for the client and who stands for him or
// her; where it does not apply, and for everybody else, the practice sets
// itself 30 days.
func RequestClock(r record.Request, hipaa string) (days int, rule string) {
	if hipaa == "no" || r.By == "third-person" || r.By == "court" {
		return ownDays, ""
	}
	switch r.Kind {
	case record.RequestAccess, record.RequestCopy:
		return 30, "45 CFR 164.524(b)(2)"
	case record.RequestAmendment:
		return 60, "45 CFR 164.526(b)(2)"
	case record.RequestAccounting:
		return 60, "45 CFR 164.528(c)(1)"
	}
	return ownDays, ""
}

// Last gives the answer that closed the request, or nil while it is open.
func (r Request) Last() *RequestAnswer {
	for i := len(r.Answers) - 1; i >= 0; i-- {
		if r.Answers[i].Outcome != record.AnswerExtended {
			return &r.Answers[i]
		}
	}
	return nil
}

// Open reports whether it is still to be answered.
func (r Request) Open() bool { return r.Last() == nil }

// Extended gives the answer that put it off, or nil.
func (r Request) Extended() *RequestAnswer {
	for i := range r.Answers {
		if r.Answers[i].Outcome == record.AnswerExtended {
			return &r.Answers[i]
		}
	}
	return nil
}

// Within says how long it may take: "30 days, 45 CFR 164.524(b)(2)".
func (r Request) Within() string {
	switch {
	case !r.Until.IsZero() && r.First == r.Until:
		return "the day that they gave"
	case r.Rule != "":
		return plural(r.Days, "day", "days") + ", " + r.Rule
	}
	return plural(r.Days, "day", "days") + ", the practice’s own default"
}

// Requests gives the requests for the record, oldest first.
func (c *File) Requests() []Request {
	all := make([]Request, len(c.requests))
	for i, e := range c.requests {
		r := Request{ID: e.ID, Request: e.Data}
		r.Days, r.Rule = RequestClock(e.Data, c.p.Settings.HIPAA)
		r.First = after(r.On, r.Days)
		if !r.Until.IsZero() && num(r.Until) < num(r.First) {
			r.First = r.Until
		}
		r.Due = r.First
		for _, a := range c.answers {
			if a.About == e.ID {
				r.Answers = append(r.Answers, RequestAnswer{a.ID, a.Data})
			}
		}
		if more := r.Extended(); more != nil && num(more.Until) > num(r.First) {
			r.Due = dateOf(min(num(more.Until), num(after(r.First, MoreDays))))
		}
		all[i] = r
	}
	return all
}

// requestTasks: each request that is open, by its day.
func (c *File) requestTasks() []Task {
	var all []Task
	for _, r := range c.Requests() {
		if !r.Open() {
			continue
		}
		caption := "Asked for on " + r.On.Long() + by(r.Request) + " · " + r.Within()
		if r.Extended() != nil {
			caption += " · extended once"
		}
		all = append(all, Task{
			Key: key("request", r.ID), Title: "Answer the client’s request: " + strings.ToLower(form.RequestKind(r.Kind)), IDs: []string{"TSP 5.04"},
			Due: r.Due, Since: r.On, Icon: "document", Caption: caption, Act: following(record.FormRequestAnswered, r.ID),
		})
	}
	return all
}

// by names whoever asks, unless it is the client.
func by(r record.Request) string {
	if r.By == "client" {
		return ""
	}
	return " by " + form.Requester(r)
}

// recordKnown: TSP 5.04. Beside what the client was told it says which requests
// are on record, and where their clocks stand.
func recordKnown(c *File, s assets.Standard) verdict {
	parts := []verdict{told(c, s)}
	answered := 0
	var evidence []record.EntryID
	for _, r := range c.Requests() {
		switch {
		case !r.Open():
			answered++
			evidence = append(evidence, r.ID, r.Last().ID)
		case num(r.Due) < num(c.p.Today):
			parts = append(parts, open(fmt.Sprintf("A request of %s was to be answered by %s.", r.On.Long(), r.Due.Long()), following(record.FormRequestAnswered, r.ID), r.ID))
		default:
			v := stale(fmt.Sprintf("A request of %s is to be answered by %s.", r.On.Long(), r.Due.Long()), following(record.FormRequestAnswered, r.ID), r.ID)
			v.by = r.Due
			parts = append(parts, v)
		}
	}
	if answered > 0 {
		parts = append(parts, documented(capital(plural(answered, "request for the record was", "requests for the record were"))+" answered.", evidence...))
	}
	return together(parts...)
}
