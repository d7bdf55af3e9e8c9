package form

import "casekeep/vault/record"

var incidentSpecs = []Spec{{
	Form: record.FormPolicy, Title: "Policy", Act: "Write a policy", Book: true,
	About:     "A version of one of the practice’s policies. It stays as it is.",
	Standards: []string{"TSP 5.01", "TSP 2.05", "NASW 2.10", "TIP 5"},
	empty:     func() any { return new(record.PolicyVersion) },
}, {
	Form: record.FormIncident, Title: "Incident", Act: "Record an incident", Book: true,
	About:     "Something that exposed, or may have exposed, what clients told you.",
	Standards: []string{"MS 3.4.C.4", "TSP 3.10"},
	Sections: []Section{{Fields: []Field{
		{Key: "discovered", Label: "Discovered on", Input: Day, Required: true, Past: true, Dated: true},
		past("happened", "Happened on"),
		choice("what", "What", []Option{{"lost-device", "Lost device"}, {"stolen-device", "Stolen device"},
			{"wrong-recipient", "Sent to the wrong person"}, {"access", "Somebody had access"}, {"malware", "Malware"}, {"other", "Something else"}}),
		need(area("story", "What happened", "")),
		need(area("data", "Which information", "")),
		{Key: "clients", Label: "Whose records", Input: Clients},
		when("what", []string{"lost-device", "stolen-device"}, Field{Key: "locked", Label: "Was the vault locked?", Input: Choice,
			Options: []Option{{"yes", "Yes"}, {"no", "No"}, {"unknown", "Not known"}}, Required: true}),
		line("backup", "Last backup, and where it is", ""),
	}}, {"Judging the risk", []Field{
		area("nature", "What kind of information, and can people be recognized by it", ""),
		area("who", "Who had it", ""),
		line("acquired", "Was it really taken or seen", ""),
		line("mitigated", "What was done to limit the harm", ""),
		choice("finding", "Finding", []Option{{"not-judged", "Not judged yet"}, {"breach", "A breach"},
			{"low-probability", "Low probability that it was compromised"}, {"excluded", "One of the three exclusions"}}),
		when("finding", []string{"low-probability", "excluded"}, need(area("why", "Why",
			"It ends HIPAA’s clock alone. The practice standard asks that clients are told of any breach."))),
	}}, {"What followed", []Field{
		past("hhs", "Reported to HHS on"),
		past("board", "Board or another authority told on"),
		area("changed", "What was changed so that it does not happen again", ""),
		past("closed", "Closed on"),
	}}},
	empty: func() any { return new(record.Incident) },
	check: func(c *checker, data any) {
		i := data.(*record.Incident)
		switch {
		case !i.Happened.IsZero() && i.Discovered.Before(i.Happened):
			c.say("happened", "It cannot have happened after it was discovered on %s.", i.Discovered.Long())
		case !i.Closed.IsZero() && i.Closed.Before(i.Discovered):
			c.say("closed", "It cannot have been closed before it was discovered on %s.", i.Discovered.Long())
		case !i.Closed.IsZero() && i.Finding == "not-judged":
			c.say("finding", "Judge the risk before the incident is closed.")
		}
	},
	subject: func(data any, _ Naming) string {
		return map[string]string{"lost-device": "lost device", "stolen-device": "stolen device", "wrong-recipient": "sent to the wrong person",
			"access": "somebody had access", "malware": "malware", "other": "other"}[data.(*record.Incident).What]
	},
}, {
	Form: record.FormBreachNotice, Title: "Told of a breach", Act: "Record that the client was told",
	About:     "The client was told of an incident, as soon as possible.",
	Standards: []string{"MS 3.4.C.4", "TSP 3.10"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		need(line("how", "How", "letter; by telephone, since the letter is not safe")),
		need(area("said", "What was said", "What happened and when, which information, what the client can do, what you do, whom to ask.")),
	}}},
	empty:   func() any { return new(record.BreachNotice) },
	subject: func(data any, _ Naming) string { return data.(*record.BreachNotice).How },
}}
