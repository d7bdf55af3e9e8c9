package form

import "casekeep/vault/record"

var searchSpecs = []Spec{{
	Form: record.FormSearch, Title: "Search note", Act: "Note an online search",
	About:     "Every search about a client is noted, also one that should not have been made.",
	Standards: []string{"TSP 2.06", "TSP 3.04", "TIP 4", "NASW 2.26"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		need(line("where", "Where you searched", "Google, county court records")),
		need(line("terms", "What you searched for", "name and town")),
		need(Field{Key: "reason", Label: "Professional reason", Input: Area,
			Help: "Before you search: what do you need to know, and why? Would you tell the client that you looked? Could you ask instead?"}),
		line("alternatives", "Why asking the client was not enough", ""),
		choice("basis", "It rests on", []Option{{"consent", "The client’s consent"}, {"emergency", "An emergency"},
			{"neither", "Neither: a departure from the standard"}}),
		when("basis", []string{"consent"}, Field{Key: "consent", Label: "Which consent", Input: Link, Required: true,
			Links: []record.Form{record.FormAcknowledgment, record.FormConsent}}),
		when("basis", []string{"emergency"}, need(area("emergency", "Why it could not wait", "Who was in danger, and of what."))),
		when("basis", []string{"neither"}, need(area("departure", "What happened",
			"It stays flagged in the record. Saying so plainly protects you more than leaving it out."))),
	}}, {"What came of it", []Field{
		area("findings", "What you found", ""),
		line("verified", "How you checked that it is true", "asked the client"),
		line("effect", "What it changes in the work or the relationship", ""),
	}}, {"Telling the client", []Field{
		choice("told", "Was the client told?", []Option{{"yes", "Yes"}, {"no", "Not yet"}}),
		when("told", []string{"yes"}, need(past("told_on", "On which day"))),
		when("told", []string{"yes"}, need(line("told_how", "How", "at the start of the session"))),
	}}},
	empty: func() any { return new(record.SearchNote) },
	check: func(c *checker, data any) {
		n := data.(*record.SearchNote)
		if n.Told == "yes" && n.ToldOn.Before(n.On) {
			c.say("told_on", "The client cannot have been told before the search of %s.", n.On.Long())
		}
	},
	subject: func(data any, _ Naming) string {
		n := data.(*record.SearchNote)
		basis := map[string]string{record.BasisConsent: "with consent", record.BasisEmergency: "in an emergency",
			record.BasisNeither: "without consent or emergency"}[n.Basis]
		return n.Where + ", " + basis
	},
}, {
	Form: record.FormSearchTold, Title: "Told of a search", Act: "Record that the client was told",
	About:     "The client was told of an online search.",
	Standards: []string{"TSP 2.06"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		need(line("how", "How", "at the start of the session")),
		area("reaction", "What the client said to it", ""),
	}}},
	empty:   func() any { return new(record.SearchTold) },
	subject: func(data any, _ Naming) string { return data.(*record.SearchTold).How },
}}
