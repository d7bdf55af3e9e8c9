package form

import (
	"fmt"
	"strings"

	"casekeep/vault/record"
)

// channels are those for which something can be agreed.
var channels = func() []Option {
	var all []Option
	for _, c := range []record.Channel{record.Text, record.Mail, record.Call, record.Voicemail, record.Video, record.Chat,
		record.Social, record.Portal, record.Letter} {
		all = append(all, Option{string(c), ChannelName(c)})
	}
	return all
}()

var consentSpecs = []Spec{{
	Form: record.FormAcknowledgment, Title: "Acknowledgment", Act: "Record an acknowledgment",
	About:     "Policies gone through with the client, and what the client decided.",
	Standards: []string{"TSP 2.01", "TSP 2.02", "TSP 2.03", "TSP 3.05", "TSP 5.01"},
	Sections: []Section{{Fields: []Field{
		{Key: "policies", Label: "Policies", Input: Policies, Help: "The versions in effect are ticked."},
		{Key: "earlier_what", Label: "Or: an earlier policy, from before Casekeep", Paper: "Earlier policy", Input: Line,
			Example: "Informed consent form of 2019, on paper"},
		when("earlier_what", nil, Field{Key: "earlier", Label: "What it covered", Input: Several, Required: true, Options: earlierTopics}),
		choice("decision", "Decision", decisions),
		choice("how", "How", hows),
		{Key: "signers", Label: "Who decided", Input: Signers, Required: true},
		{Key: "on", Label: "On which day", Input: Day, Past: true, Dated: true},
		when("earlier_what", nil, Field{Key: "about_when", Label: "Or about when, where the day is not known", Paper: "About when", Input: Line,
			Example: "before 2020"}),
	}}, {"More", []Field{
		{Key: "channels", Label: "Channels agreed on with it", Input: Channels, Options: channels},
		line("language", "Language it was gone through in", "Spanish"),
		line("interpreter", "Interpreter", "Ana Ruiz, court-certified"),
		area("questions", "Questions asked, and answers", ""),
		ahead("review_by", "Go through it again by", ""),
		line("paper_kept_at", "Where the signed paper lies", "blue binder, second shelf"),
		area("note", "Note", ""),
	}}},
	empty: func() any { return new(record.Acknowledgment) },
	check: checkAcknowledgment,
	subject: func(data any, _ Naming) string {
		a := data.(*record.Acknowledgment)
		return strings.ToLower(optionLabel(decisions, a.Decision)) + ", " + acknowledged(*a)
	},
}, {
	Form: record.FormChannel, Title: "Channel consent", Act: "Agree on a channel",
	About:     "What the client agreed to for one way of contact.",
	Standards: []string{"TSP 4.03", "TSP 3.09", "TIP 10", "NASW 2.11"},
	Sections: []Section{{Fields: []Field{
		choice("channel", "Channel", channels),
		choice("decision", "Agreed?", []Option{{"allowed", "Allowed"}, {"not-allowed", "Not allowed"}, {"revoked", "Revoked"}}),
		{Key: "since", Label: "From which day on", Input: Day, Past: true, Dated: true},
		{Key: "about_when", Label: "Or about when, where it was agreed before Casekeep and the day is not known", Paper: "About when",
			Input: Line, Example: "before 2020"},
		when("decision", []string{"allowed"}, choice("how", "How it was agreed", hows)),
		past("warned", "Told that others may read messages on their way, on"),
		line("scope", "What for", "appointments only"),
		line("device", "Your number or device for it", "practice phone, +1 601 555 0100"),
		{Key: "preferred", Label: "Preferred secure channel", Input: Choice, Options: yesNo},
		ahead("review_by", "Ask again by", ""),
		area("note", "Note", ""),
	}}},
	empty: func() any { return new(record.ChannelConsent) },
	check: func(c *checker, data any) {
		k := data.(*record.ChannelConsent)
		c.dayOr("since", k.Since, k.About, k.Decision == "allowed")
	},
	subject: func(data any, _ Naming) string {
		c := data.(*record.ChannelConsent)
		return ChannelName(c.Channel) + " " + strings.ToLower(strings.ReplaceAll(c.Decision, "-", " "))
	},
}, {
	Form: record.FormConsent, Title: "Other consent", Act: "Record another consent",
	About:     "To an evaluation with technology, a recording, a photograph, or anything beside the policies.",
	Standards: []string{"NASW 2.22"},
	Sections: []Section{{Fields: []Field{
		choice("what", "To what", []Option{{"evaluation", "Evaluation or survey with technology"}, {"recording", "Recording"},
			{"photograph", "Photograph"}, {"search", "Online search"}, {"other", "Something else"}}),
		need(area("scope", "What exactly, for what, and who will see it", "")),
		choice("decision", "Decision", decisions),
		choice("how", "How", hows),
		{Key: "signers", Label: "Who decided", Input: Signers, Required: true},
		happened("On which day"),
		ahead("expires", "Ends on", ""),
		area("note", "Note", ""),
	}}},
	empty: func() any { return new(record.Consent) },
	subject: func(data any, _ Naming) string {
		c := data.(*record.Consent)
		return c.What + ", " + c.Decision
	},
}}

// earlierTopics are what a policy from before Casekeep may have covered, by the
// topics of the library.
var earlierTopics = []Option{
	{"informed-consent", "Services and informed consent"}, {"confidentiality", "Confidentiality"},
	{"records", "Records and retention"}, {"searching", "Online searches"}, {"social-media", "Social media"},
	{"communication", "Between appointments"}, {"texting", "Texting and email"}, {"emergencies", "Emergencies"},
	{"interruption", "Interruption"}, {"breach", "Breach notification"}, {"payment", "Payment privacy"},
	{"telehealth", "Telehealth"}, {"privacy-notice", "Notice of Privacy Practices"},
}

func checkAcknowledgment(c *checker, data any) {
	a := data.(*record.Acknowledgment)
	if len(a.Policies) == 0 && a.EarlierWhat == "" {
		c.say("policies", "Tick a policy, or name an earlier one from before Casekeep.")
	}
	if a.EarlierWhat != "" && len(a.Policies) == 0 {
		c.dayOr("on", a.On, a.About, a.Decision == record.Given)
	} else if a.On.IsZero() {
		c.say("on", "Give the day.")
	}
	if a.How == "scan" && c.at.Files == 0 && a.Paper == "" {
		c.say("how", "Attach the scanned page, or say where the paper lies.")
	}
}

// dayOr asks for a day, or for about when it was: nobody has to invent a date
// for what was agreed before Casekeep. What was refused or taken back has one:
// it ends what was agreed before it.
func (c *checker) dayOr(key string, day record.Date, about string, agreed bool) {
	switch {
	case day.IsZero() && !agreed:
		c.say(key, "Give the day: nothing is agreed from then on. Where it is not known, give the earliest that it can be.")
	case day.IsZero() && strings.TrimSpace(about) == "":
		c.say(key, "Give the day, or say below about when it was.")
	}
}

// acknowledged names the policies of an acknowledgment.
func acknowledged(a record.Acknowledgment) string {
	var names []string
	for _, p := range a.Policies {
		names = append(names, fmt.Sprintf("%s (version %d)", p.Title, p.Version))
	}
	if a.EarlierWhat != "" {
		names = append(names, a.EarlierWhat+" (before Casekeep)")
	}
	const most = 3
	if len(names) > most {
		return fmt.Sprintf("%d policies", len(names))
	}
	return strings.Join(names, ", ")
}

func optionLabel(options []Option, value string) string {
	return Field{Options: options}.label(value)
}

func joined(parts []string) string {
	var all []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, "; ")
}
