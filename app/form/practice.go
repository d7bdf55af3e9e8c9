package form

import (
	"strings"

	"casekeep/vault/record"
)

var practiceSpecs = []Spec{{
	Form: record.FormLicense, Title: "License", Act: "Add a license", Book: true,
	About:     "What permits you to work somewhere. Each remote contact is judged against it at its date.",
	Standards: []string{"MS 3.4.B", "TSP 1.09", "TSP 3.03", "TSP 7.01", "NASW 2.02"},
	Sections: []Section{{Fields: []Field{
		choice("kind", "What it is", []Option{{"license", "License"}, {"permit", "Temporary permit"},
			{"compact", "Compact"}, {"federal", "Federal authority"}}),
		need(line("title", "Title", "LCSW")),
		when("kind", []string{"license", "permit", "compact"}, Field{Key: "jurisdiction", Label: "State", Input: Jurisdiction, Required: true}),
		when("kind", []string{"compact", "federal"}, need(Field{Key: "covers", Label: "States it reaches", Input: Line, Example: "Tennessee, Alabama; or: all"})),
		when("kind", []string{"license", "permit", "compact"}, need(line("number", "Number", ""))),
		past("issued", "Issued on"),
		{Key: "expires", Label: "Expires on", Input: Day},
		area("note", "Note", ""),
	}}},
	empty: func() any { return new(record.License) },
	check: checkLicense,
	subject: func(data any, _ Naming) string {
		l := data.(*record.License)
		return joinedBy(", ", l.Title, record.JurisdictionName(l.Jurisdiction), l.Number)
	},
}, {
	Form: record.FormVendor, Title: "Vendor", Act: "Add a vendor", Book: true,
	About:     "Who handles information for you, and under which agreement.",
	Standards: []string{"NASW 2.08", "TIP 9", "TIP 10"},
	Sections: []Section{{Fields: []Field{
		need(line("name", "Name", "")),
		choice("service", "For what", []Option{{"phone", "Telephone"}, {"text", "Text messages"}, {"email", "Email"}, {"video", "Video"},
			{"payment", "Payments"}, {"claims", "Claims"}, {"backup", "Backups"}, {"other", "Something else"}}),
		choice("agreement", "Agreement", []Option{{"baa", "Business associate agreement"}, {"other", "Another agreement"}, {"none", "None"}}),
		when("agreement", []string{"baa", "other"}, need(past("signed", "Signed on"))),
		when("agreement", []string{"baa", "other"}, Field{Key: "expires", Label: "Ends on", Input: Day}),
		area("protects", "How it protects the information", ""),
		area("note", "Note", ""),
	}}},
	empty:   func() any { return new(record.Vendor) },
	subject: func(data any, _ Naming) string { return data.(*record.Vendor).Name },
}, {
	Form: record.FormCompetence, Title: "Training", Act: "Add training", Book: true,
	About:     "What you learned about working with technology.",
	Standards: []string{"TSP 1.01", "TSP 1.02", "TSP 1.08", "TSP 4.12", "NASW 2.06", "NASW 2.23"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		need(line("course", "Course", "")),
		line("provider", "By whom", ""),
		{Key: "hours", Label: "Hours", Input: Number},
		{Key: "tags", Label: "It also prepares for", Input: Several, Options: []Option{
			{"supervising-services", "Supervising electronic services"}, {"supervising-remotely", "Supervising remotely"}}},
		ahead("renew", "Do it again by", ""),
	}}},
	empty:   func() any { return new(record.Competence) },
	subject: func(data any, _ Naming) string { return data.(*record.Competence).Course },
}, {
	Form: record.FormConsultation, Title: "Consultation", Act: "Note a consultation", Book: true, Both: true,
	About:     "Advice that you sought, or supervision.",
	Standards: []string{"TSP 1.07", "TSP 4.13", "NASW 2.18"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		choice("kind", "What it was", []Option{{"consultation", "Consultation"}, {"supervision-received", "Supervision that you received"},
			{"supervision-given", "Supervision that you gave"}}),
		need(line("with", "With whom", "")),
		need(area("about", "About what", "")),
		choice("named", "Was the client named?", []Option{{"no", "No"}, {"yes", "Yes"}}),
		choice("safe", "Was the channel safe?", yesNo),
		line("channel", "Channel", "in person"),
		when("kind", []string{"supervision-received", "supervision-given"},
			Field{Key: "jurisdiction", Label: "State of the supervised person", Input: Jurisdiction, Required: true}),
		area("outcome", "What came of it", ""),
	}}},
	empty:   func() any { return new(record.Consultation) },
	subject: func(data any, _ Naming) string { return "with " + data.(*record.Consultation).With },
}, {
	Form: record.FormReview, Title: "Review", Act: "Record a review", Book: true,
	About:     "A look at yourself or the practice, done on a day.",
	Standards: []string{"TSP 1.10", "TIP 3", "NASW 2.01", "NASW 2.07", "TIP 7"},
	Sections: []Section{{Fields: []Field{
		choice("what", "What was reviewed", reviews),
		happened("On which day"),
		{Key: "checked", Label: "Looked at", Input: Several, Options: []Option{
			{"search", "My name in a search"}, {"privacy", "Privacy settings"}, {"location", "Location settings"},
			{"profile", "Professional profile"}, {"personal", "No personal details on professional sites"},
			{"separate", "Personal and professional accounts apart"}, {"encryption", "Disk encryption"},
			{"passwords", "Passwords"}, {"firewall", "Firewall"}, {"antivirus", "Antivirus"}, {"updates", "Updates"}}},
		need(area("found", "What you found", "")),
		area("done", "What you did about it", ""),
		ahead("next", "Again by", ""),
	}}},
	empty: func() any { return new(record.Review) },
	subject: func(data any, _ Naming) string {
		return strings.ToLower(optionLabel(reviews, data.(*record.Review).What))
	},
}, {
	Form: record.FormJournal, Title: "Private journal", Act: "Write in the journal", Book: true,
	About:     "For yourself, apart from every client’s record: such as a colleague’s unsafe practice.",
	Standards: []string{"TSP 6.05"},
	Sections: []Section{{Fields: []Field{
		happened("On which day"),
		need(line("topic", "Topic", "")),
		need(area("text", "Text", "")),
		past("discussed", "Talked about with the colleague on"),
		past("reported", "Reported on"),
	}}},
	empty:   func() any { return new(record.Journal) },
	subject: func(data any, _ Naming) string { return data.(*record.Journal).Topic },
}}

var reviews = []Option{
	{"online-presence", "My own online presence"}, {"ethics", "Ethics code and confidentiality online"},
	{"protection", "Encryption, passwords, firewall, antivirus"}, {"risk-analysis", "HIPAA risk analysis"},
	{"restore-drill", "Restoring from a backup"}, {"rules", "Rules and periods confirmed again"},
	{"policy", "A policy of the practice"},
}

func checkLicense(c *checker, data any) {
	l := data.(*record.License)
	if !l.Issued.IsZero() && !l.Expires.IsZero() && l.Expires.Before(l.Issued) {
		c.say("expires", "It expires before it was issued on %s.", l.Issued.Long())
	}
	if l.Covers == "" || strings.EqualFold(l.Covers, "all") {
		return
	}
	for _, name := range SplitList(l.Covers) {
		if record.JurisdictionOf(name) == "" {
			c.say("covers", "%q is no state: write them as Tennessee, Alabama, or write all.", name)
		}
	}
}

// SplitList gives the parts of a list that was typed with commas.
func SplitList(text string) []string {
	var all []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}
