package form

import (
	"strings"

	"casekeep/vault/record"
)

var factor = []Option{{"fits", "Fits"}, {"concern", "A concern"}, {"no", "Speaks against"}}

func judged(key, label string) Field {
	return Field{Key: key, Label: label, Input: Choice, Options: factor, Required: true}
}

var intakeSpecs = []Spec{{
	Form: record.FormIntake, Title: "Intake", Act: "Do the intake",
	About:     "What is asked first.",
	Standards: []string{"TSP 1.03", "TSP 1.04", "TSP 1.06", "TSP 4.01", "TSP 4.02", "TSP 4.11"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		choice("prior", "Do you know, or are you tied to, this person outside the work?", yesNo),
		when("prior", []string{"yes"}, need(area("prior_what", "How", ""))),
		when("prior", []string{"yes"}, need(line("decided", "What you decided", "referred; or: discussed, and why it is no conflict"))),
		choice("preference", "How does the client want to be served?", []Option{{"electronic", "Electronically"},
			{"in-person", "In person"}, {"both", "Either"}}),
		line("language", "Language", "English"),
		line("needs", "What helps communication", "large print; interpreter; no jargon"),
		area("culture", "Culture, faith, family: what matters to how you work together", ""),
		line("referred_by", "Referred by", ""),
		area("concern", "What brings the client", ""),
	}}},
	empty:   func() any { return new(record.Intake) },
	subject: func(any, Naming) string { return "" },
}, {
	Form: record.FormMinor, Title: "Consent for a minor", Act: "Say who decides for a minor",
	About:     "Who may consent, who may see the record, and what a court has said.",
	Standards: []string{"TSP 2.08", "TSP 2.01"},
	Sections: []Section{{Fields: []Field{
		choice("consent_by", "Who consents?", []Option{{"client", "The client"}, {"guardian", "A guardian"},
			{"both", "The client and a guardian"}, {"court", "A court or agency"}}),
		{Key: "guardians", Label: "Guardians", Input: Guardians, Required: true},
		choice("custody", "Custody order", []Option{{"no-order", "There is none"}, {"on-file", "A copy is on file"},
			{"not-seen", "There is one, not seen yet"}}),
		when("custody", []string{"on-file", "not-seen"}, line("custody_what", "What it says", "mother decides on health care alone")),
		need(area("may_see", "Who may see the record, and what not", "")),
		line("not_to_be_told", "What the client asked to keep private, and from whom", ""),
		line("assent", "What the client said to all this", ""),
		ahead("review_by", "Look at it again by", "A birthday can change who decides."),
	}}},
	empty: func() any { return new(record.Minor) },
	subject: func(data any, _ Naming) string {
		m := data.(*record.Minor)
		return map[string]string{"client": "the client consents", "guardian": "a guardian consents",
			"both": "the client and a guardian consent", "court": "a court or agency consents"}[m.ConsentBy]
	},
}, {
	Form: record.FormCollateral, Title: "Collateral contact", Act: "Add a collateral contact",
	About:     "A third person, and the release of information that permits talking.",
	Standards: []string{"TSP 3.08"},
	Sections: []Section{{Fields: []Field{
		need(line("name", "Name", "Dr. Lena Müller")),
		need(line("relation", "Relation to the client", "physician")),
		line("organization", "Organization", ""),
		line("reach", "Number or address", "+1 601 555 0133"),
		choice("release", "Is there a release of information?", []Option{{"yes", "Yes"}, {"no", "No: listen, and say nothing"}}),
		when("release", []string{"yes"}, need(area("scope", "What may be said or asked", ""))),
		when("release", []string{"yes"}, need(line("purpose", "What for", "coordination of care"))),
		when("release", []string{"yes"}, choice("way", "Which way", []Option{{"both", "Both ways"}, {"to", "To this person"},
			{"from", "From this person"}})),
		when("release", []string{"yes"}, need(past("signed", "Signed on"))),
		when("release", []string{"yes"}, need(line("signed_by", "Signed by", "the client"))),
		when("release", []string{"yes"}, choice("how", "How", hows)),
		when("release", []string{"yes"}, Field{Key: "expires", Label: "Expires on", Input: Day, Required: true, Ahead: true}),
		area("note", "Note", ""),
	}}},
	empty: func() any { return new(record.Collateral) },
	subject: func(data any, _ Naming) string {
		c := data.(*record.Collateral)
		text := c.Name + ", " + c.Relation
		if c.Release == "yes" {
			return text + "; release until " + c.Expires.Long()
		}
		return text + "; no release"
	},
}, {
	Form: record.FormReleaseRevoked, Title: "Release revoked", Act: "Revoke the release",
	About:     "From this day on nothing more may be said.",
	Standards: []string{"TSP 3.08"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		need(line("by", "By whom", "the client")),
		choice("how", "How", hows[:3]),
	}}},
	empty:   func() any { return new(record.ReleaseRevoked) },
	subject: func(data any, _ Naming) string { return "by " + data.(*record.ReleaseRevoked).By },
}, {
	Form: record.FormSuitability, Title: "Suitability assessment", Act: "Assess suitability",
	About:     "Whether electronic services suit this client, now.",
	Standards: []string{"TSP 2.07", "TSP 2.08", "TSP 1.05", "NASW 2.05", "NASW 2.21"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		judged("age", "Age, and who may consent where the client lives"),
		judged("clinical", "Clinical picture"),
		judged("skill", "Skill with the technology"),
		judged("disability", "Disability"),
		judged("language", "Language and reading"),
		judged("culture", "Culture"),
		judged("safety", "Safety where the client is"),
	}}, {"Weighing", []Field{
		area("strengths", "What electronic services would make better", ""),
		area("risks", "What they would put at risk", ""),
		line("access", "What stands between the client and the technology", "no data plan; shares the laptop"),
		choice("first", "A first consultation of another kind is needed", []Option{{"none", "No"}, {"in-person", "In person"},
			{"video", "By video"}, {"phone", "By telephone"}}),
		choice("outcome", "Outcome", []Option{{"electronic", "Electronic services suit"}, {"in-person-first", "In person first"},
			{"refer", "Refer"}}),
		area("reason", "Why", ""),
		{Key: "reassess", Label: "Assess again by", Input: Day, Required: true, Ahead: true},
	}}},
	empty: func() any { return new(record.Suitability) },
	check: func(c *checker, data any) {
		s := data.(*record.Suitability)
		against := []string{s.Age, s.Clinical, s.Skill, s.Disability, s.Language, s.Culture, s.Safety}
		if s.Outcome == "electronic" && strings.TrimSpace(s.Reason) == "" {
			for _, f := range against {
				if f == "no" {
					c.say("reason", "A factor speaks against it: say why electronic services suit all the same.")
				}
			}
		}
	},
	subject: func(data any, _ Naming) string {
		return map[string]string{"electronic": "electronic services suit", "in-person-first": "in person first",
			"refer": "refer"}[data.(*record.Suitability).Outcome]
	},
}, {
	Form: record.FormIdentity, Title: "Identity and location", Act: "Verify identity and location",
	About:     "Who the client is and where; or why that could not be verified.",
	Standards: []string{"TSP 2.04", "NASW 2.01"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		choice("verified", "Verified?", []Option{{"yes", "Yes"}, {"no", "Not possible"}}),
		when("verified", []string{"yes"}, need(line("how", "How", "in person, on video"))),
		when("verified", []string{"yes"}, need(line("seen", "What was seen", "Mississippi driver’s license"))),
		when("verified", []string{"yes"}, need(line("location", "Where the client is", "at home in Jackson, Mississippi"))),
		when("verified", []string{"no"}, need(area("why_not", "Why not", ""))),
		when("verified", []string{"no"}, choice("limits", "Were the limits that follow explained?", yesNo)),
	}}},
	empty: func() any { return new(record.IdentityCheck) },
	subject: func(data any, _ Naming) string {
		c := data.(*record.IdentityCheck)
		if c.Verified == "yes" {
			return "verified, " + c.Seen + " seen"
		}
		return "not verified"
	},
}, {
	Form: record.FormReferral, Title: "Referral", Act: "Refer the client",
	About:     "To whom the client was referred, and why.",
	Standards: []string{"TSP 1.06"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		need(line("to", "To whom", "")),
		need(area("reason", "Why", "")),
		line("outcome", "What came of it", ""),
	}}},
	empty:   func() any { return new(record.Referral) },
	subject: func(data any, _ Naming) string { return "to " + data.(*record.Referral).To },
}, {
	Form: record.FormPlace, Title: "Where the client is", Act: "The client moved",
	About:     "The state in which the client is served, from a day on. Your license must reach there.",
	Standards: []string{"MS 3.4.B", "TSP 7.01"},
	Sections: []Section{{Fields: []Field{
		{Key: "jurisdiction", Label: "State", Input: Jurisdiction, Required: true},
		line("town", "Town", "Memphis"),
		{Key: "since", Label: "From which day on", Input: Day, Required: true, Past: true, Dated: true},
		line("note", "Note", ""),
	}}},
	empty: func() any { return new(record.Served) },
	subject: func(data any, _ Naming) string {
		s := data.(*record.Served)
		return joinedBy(", ", s.Town, record.JurisdictionName(s.Jurisdiction))
	},
}}

func joinedBy(with string, parts ...string) string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, with)
}
