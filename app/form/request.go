package form

import (
	"slices"
	"strings"
	"time"

	"casekeep/vault/record"
)

// strangers are those who ask for the record of somebody else, without being
// the client's representative.
var strangers = []string{"third-person", "court"}

var requesters = []Option{
	{"client", "The client"}, {"guardian", "A guardian"}, {"representative", "A personal representative"},
	{"third-person", "Somebody else"}, {"court", "A court or agency"},
}

var outcomes = []Option{
	{record.AnswerGiven, "Given"}, {record.AnswerInPart, "Given in part"}, {record.AnswerDenied, "Denied"},
	{record.AnswerExtended, "More time is needed"}, {record.AnswerWithdrawn, "Withdrawn"}, {record.AnswerTransferred, "Passed on"},
}

var requestKinds = []Option{
	{record.RequestCopy, "A copy of the record"}, {record.RequestAccess, "To see the record"}, {record.RequestAmendment, "To change the record"},
	{record.RequestAccounting, "Who received it (an accounting)"}, {record.RequestTransfer, "To send it to somebody else"},
	{record.RequestRestriction, "To restrict who sees it"},
}

// grounds are those on which HIPAA lets a request be denied, in words of ours:
// 45 CFR 164.524(a)(1) to (3), 164.526(a)(2).
var (
	accessGrounds = []Option{
		{"psychotherapy-notes", "Psychotherapy notes, kept apart"},
		{"proceeding", "Compiled for a lawsuit or a proceeding"},
		{"custody", "A copy would endanger safety in custody"},
		{"research", "Research under way, agreed to beforehand"},
		{"privacy-act", "The Privacy Act forbids it"},
		{"confidence", "Told in confidence; the source would be known"},
		{"endangers", "Likely to endanger somebody’s life or safety"},
		{"harms-another", "Likely to harm seriously another whom it names"},
		{"harms-through-representative", "A representative asks; serious harm is likely"},
	}
	amendmentGrounds = []Option{
		{"not-ours", "Change: another wrote it and can be asked"},
		{"not-in-record", "Change: it is not part of the record"},
		{"not-open", "Change: the person may not see it either"},
		{"accurate", "Change: it is accurate and complete"},
	}
	otherGround = Option{"other", "Another law, said below"}
)

// SuitsRequest reports whether a ground can be that of a denial of what a
// request asks for.
func SuitsRequest(ground, kind string) bool {
	of := func(list []Option) bool {
		return slices.ContainsFunc(list, func(o Option) bool { return o.Value == ground })
	}
	switch kind {
	case record.RequestAmendment:
		return !of(accessGrounds)
	case record.RequestAccess, record.RequestCopy, record.RequestTransfer:
		return !of(amendmentGrounds)
	}
	return ground == otherGround.Value
}

var requestSpecs = []Spec{{
	Form: record.FormRequest, Title: "Request for the record", Act: "Record a request",
	About:     "Somebody asks for the record, or about it. Write it down on the day it comes: the clock runs from there.",
	Standards: []string{"TSP 5.04", "45 CFR 164.524", "45 CFR 164.526", "45 CFR 164.528"},
	Sections: []Section{{Fields: []Field{
		happened("Received on"),
		choice("kind", "What is asked for", requestKinds),
		choice("by", "Who asks", requesters),
		when("by", []string{"guardian", "representative", "third-person", "court"}, need(line("who", "Name", ""))),
		when("by", strangers, need(Field{Key: "rests", Label: "What it rests on", Example: "the client’s authorization of November 2; a court order",
			Help: "A subpoena is not a court order: look at what your state asks for, or ask counsel, before anything goes out."})),
		choice("how", "How it came", hows[:3]),
		need(area("asked", "What they ask for, in their words", "")),
		when("kind", []string{record.RequestAccess, record.RequestCopy, record.RequestTransfer}, line("format", "Form and format wanted", "a PDF by email")),
		when("kind", []string{record.RequestCopy, record.RequestTransfer}, line("send_to", "Send it to", "")),
		when("kind", []string{record.RequestAccess, record.RequestCopy, record.RequestTransfer, record.RequestAccounting},
			Field{Key: "fee_told", Label: "Fee that was told beforehand", Help: "No more than copying, supplies and postage cost; nothing for searching. The first accounting in 12 months is free."}),
		when("by", strangers, Field{Key: "until", Label: "They ask for it by", Input: Day}),
		when("kind", []string{record.RequestAccounting}, choice("suspended", "Has an agency or the police asked that the client is not told of its disclosures?",
			[]Option{{"no", "No"}, {"written", "In writing"}, {"oral", "Orally"}})),
		when("suspended", []string{"written", "oral"}, need(line("suspended_by", "Who asked, and what was said", ""))),
		when("suspended", []string{"written", "oral"}, need(Field{Key: "suspended_until", Label: "Held back until", Input: Day,
			Help: "In writing: as long as the statement says. Orally: 30 days at most."})),
		area("note", "Note", ""),
	}}},
	empty: func() any { return new(record.Request) },
	check: func(c *checker, data any) {
		r := data.(*record.Request)
		if !r.Until.IsZero() && r.Until.Before(r.On) {
			c.say("until", "That is before the request was received: check the day.")
		}
		switch most := record.DateOf(r.On.In(time.UTC).AddDate(0, 0, 30)); {
		case r.SuspendedUntil.IsZero():
		case r.SuspendedUntil.Before(r.On):
			c.say("suspended_until", "That is before the request was received: check the day.")
		case r.Suspended == "oral" && most.Before(r.SuspendedUntil):
			c.say("suspended_until", "What was asked orally holds for 30 days at most: until %s, or get it in writing.", most.Long())
		}
	},
	subject: func(data any, _ Naming) string {
		r := data.(*record.Request)
		return lower(RequestKind(r.Kind)) + ", by " + Requester(*r)
	},
}, {
	Form: record.FormRequestAnswered, Title: "Request answered", Act: "Answer the request",
	About:     "What became of a request. Only one that needs more time stays open.",
	Standards: []string{"TSP 5.04", "45 CFR 164.524", "45 CFR 164.526", "45 CFR 164.528"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		choice("outcome", "What became of it", outcomes),
		when("outcome", []string{record.AnswerGiven, record.AnswerInPart}, need(line("sent", "What was given or done, and how", "the whole record as a PDF, by email"))),
		when("outcome", []string{record.AnswerTransferred}, need(line("to", "To whom, who keeps what was asked for", ""))),
		when("outcome", []string{record.AnswerInPart, record.AnswerDenied}, need(Field{Key: "grounds", Label: "On what ground", Input: Several,
			Options: slices.Concat(accessGrounds, amendmentGrounds, []Option{otherGround})})),
		when("outcome", []string{record.AnswerInPart, record.AnswerDenied, record.AnswerExtended}, need(area("reason", "The reason, as it was told", "That it upsets somebody is no ground to deny. What is not denied is given."))),
		when("outcome", []string{record.AnswerInPart, record.AnswerDenied}, choice("letter", "Was it said in writing, with the reason, how to have it reviewed and where to complain?", yesNo)),
		when("outcome", []string{record.AnswerExtended}, need(ahead("until", "The new day", "At most 30 days after the first one, and only once."))),
		when("outcome", []string{record.AnswerExtended}, need(past("told", "Reason and new day were given in writing on"))),
		when("outcome", []string{record.AnswerGiven, record.AnswerInPart}, line("fee", "Fee that was charged", "none")),
		when("outcome", []string{record.AnswerDenied, record.AnswerInPart}, area("disagreement", "What the person says to it",
			"A statement of disagreement with a denied change is kept with the entry, and goes along whenever it is released.")),
		area("note", "Note", ""),
	}}},
	empty: func() any { return new(record.RequestAnswered) },
	check: func(c *checker, data any) {
		a := data.(*record.RequestAnswered)
		if a.Outcome == record.AnswerExtended && a.On.Before(a.Told) {
			c.say("told", "That is after the day of this answer: give the day on which you wrote.")
		}
	},
	subject: func(data any, _ Naming) string {
		a := data.(*record.RequestAnswered)
		if a.Outcome == record.AnswerExtended {
			return "more time, until " + a.Until.Long()
		}
		return lower(Outcome(a.Outcome))
	},
}}

// RequestKind says what a request asks for: "A copy of the record".
func RequestKind(kind string) string { return Field{Options: requestKinds}.label(kind) }

// Requester says who asks: "the client", "a guardian, Maria Quill".
func Requester(r record.Request) string {
	return joinedBy(", ", lower(Field{Options: requesters}.label(r.By)), r.Who)
}

// Outcome says what became of a request: "Given in part".
func Outcome(outcome string) string { return Field{Options: outcomes}.label(outcome) }

// lower begins a label in lower case.
func lower(label string) string {
	if label == "" {
		return ""
	}
	return strings.ToLower(label[:1]) + label[1:]
}
