package form

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"casekeep/vault/record"
)

var safetySpecs = []Spec{{
	Form: record.FormEmergency, Title: "Emergency card", Act: "Fill in the emergency card",
	About:     "What you need at once when this client is in danger.",
	Standards: []string{"NASW 2.13"},
	Sections: []Section{{Fields: []Field{
		need(line("where", "Where the client is when you speak", "at home, Jackson, Mississippi")),
		line("address", "Address to send help to", "12 Elm Court, apartment 4"),
		need(line("services", "Emergency services there, with the number to dial from here", "Hinds County, +1 601 555 0199")),
		line("hospital", "Nearest emergency department", ""),
		line("contact", "Person the client authorized", "Maria Quill"),
		when("contact", nil, need(line("relation", "Relation", "mother"))),
		when("contact", nil, need(line("reach", "Number", "+1 601 555 0143"))),
		when("contact", nil, need(line("may_tell", "What may be said to that person", "that there is a crisis, and where she is"))),
		line("not", "Who must not be called", ""),
		past("shared", "988 and these numbers were shared with the client on"),
		area("note", "Note", ""),
	}}},
	empty:   func() any { return new(record.EmergencyCard) },
	subject: func(data any, _ Naming) string { return data.(*record.EmergencyCard).Where },
}, {
	Form: record.FormSafetyPlan, Title: "Safety plan", Act: "Write a safety plan",
	About:     "What was found of risk, and what was agreed on. The flag stands above the record.",
	Standards: []string{"NASW 2.13"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		choice("risk", "Risk", []Option{{"none", "None now"}, {"watch", "To watch"}, {"high", "High"}}),
		line("flag", "What must stand above the record", "do not call the house"),
		area("signs", "Warning signs", ""),
		area("coping", "What helps, alone and with others", ""),
		line("people", "Whom to call", "sister; 988"),
		line("means", "How means were made safer", ""),
		ahead("review_by", "Go through it again by", ""),
	}}},
	empty:   func() any { return new(record.SafetyPlan) },
	subject: func(data any, _ Naming) string { return RiskLine(*data.(*record.SafetyPlan)) },
}, {
	Form: record.FormInterruption, Title: "Interruption plan", Act: "Agree on an interruption plan",
	About:     "What each does when a contact breaks off, and who stands in.",
	Standards: []string{"NASW 2.12", "TSP 2.09"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		need(line("first", "Who calls whom, on which number", "I call the mobile")),
		{Key: "minutes", Label: "After how many minutes", Input: Number, Example: "5"},
		line("then", "If that fails", "the work phone, then a text"),
		line("away", "Who stands in when you cannot", ""),
		choice("told", "Was the client told?", yesNo),
	}}},
	empty: func() any { return new(record.InterruptionPlan) },
	check: func(c *checker, data any) {
		if m := data.(*record.InterruptionPlan).Minutes; m > 24*60 {
			c.say("minutes", "That is more than a day: give minutes.")
		}
	},
	subject: func(data any, _ Naming) string { return data.(*record.InterruptionPlan).First },
}, {
	Form: record.FormBoundary, Title: "Boundary note", Act: "Note a boundary question",
	About:     "Friend requests, reviews, gifts, double relationships.",
	Standards: []string{"TSP 4.01", "TSP 4.02", "TSP 4.08", "TSP 4.09", "TSP 4.10", "NASW 2.14", "TIP 1", "TIP 8"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		choice("what", "What", []Option{{"social-request", "Friend or contact request"}, {"testimonial", "Testimonial or review"},
			{"dual", "Double relationship"}, {"shared-network", "Network that you share"}, {"gift", "Gift"}, {"other", "Something else"}}),
		line("network", "Where", "Facebook"),
		need(area("happened", "What happened", "")),
		choice("decision", "What you did", []Option{{"declined", "Declined"}, {"accepted", "Accepted"},
			{"discussed", "Talked about it"}, {"none-needed", "Nothing was needed"}}),
		when("decision", []string{"accepted"}, need(area("exception", "Why this is an exception",
			"Only where it is part of how you treat, and your policy says so."))),
		past("discussed", "Talked about with the client on"),
	}}},
	empty: func() any { return new(record.Boundary) },
	subject: func(data any, _ Naming) string {
		b := data.(*record.Boundary)
		return map[string]string{"social-request": "social contact request", "testimonial": "testimonial or review",
			"dual": "double relationship", "shared-network": "shared network", "gift": "gift", "other": "other"}[b.What] +
			", " + map[string]string{"declined": "declined", "accepted": "accepted", "discussed": "discussed",
			"none-needed": "nothing needed"}[b.Decision]
	},
}, {
	Form: record.FormReport, Title: "Mandated report", Act: "Record a mandated report",
	About:     "What was reported, to whom, under which law.",
	Standards: []string{"NASW 2.03", "TSP 3.08"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		need(line("to", "To which agency, and to whom there", "")),
		choice("about", "About", []Option{{"child", "Child abuse or neglect"}, {"elder", "Elder abuse"},
			{"disabled", "Abuse of a person with a disability"}, {"duty-to-protect", "Duty to warn or protect"}, {"other", "Something else"}}),
		line("law", "Law", "Miss. Code 43-21-353"),
		need(area("said", "What was said", "")),
		line("reference", "Reference number", ""),
		{Key: "told", Label: "Was the client told?", Input: Choice, Options: yesNo},
		when("told", []string{"no"}, need(line("why_not", "Why not", "it would have raised the danger"))),
		area("follow_up", "What followed", ""),
	}}},
	empty:   func() any { return new(record.MandatedReport) },
	subject: func(data any, _ Naming) string { return "to " + data.(*record.MandatedReport).To },
}}

// RiskLine gives the line that stands above a client's record, or "" where
// there is no risk to see.
func RiskLine(p record.SafetyPlan) string {
	day := fmt.Sprintf("safety plan of %s", p.On.Long())
	switch {
	case p.Risk == "none" && p.Flag == "":
		return ""
	case p.Risk == "high":
		return joined([]string{"High risk", p.Flag, day})
	case p.Flag != "":
		return capital(joined([]string{p.Flag, day}))
	}
	return "Safety plan of " + p.On.Long()
}

// capital gives a line with its first letter large.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
