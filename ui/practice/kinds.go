package practice

import (
	"fmt"
	"strings"

	"casekeep/app/form"
	"casekeep/ui/days"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// reading gives a line out of what an entry states.
func reading[T any](line func(v T, today record.Date) kit.Task) func(record.Filed, record.Date) (kit.Task, error) {
	return func(f record.Filed, today record.Date) (kit.Task, error) {
		v, err := form.Decode[T](f.Data)
		if err != nil {
			return kit.Task{}, err
		}
		return line(v, today), nil
	}
}

// the registers of the practice's book
var (
	licenses = kind{record.FormLicense, "Licenses", "What permits you to work, and where",
		"Licenses, temporary permits, compacts and federal authority. Each contact from a distance is judged against them at its date.",
		reading(func(l record.License, today record.Date) kit.Task {
			where := record.JurisdictionName(l.Jurisdiction)
			if l.Covers != "" {
				where = joined("; ", where, "reaches "+l.Covers)
			}
			return ending(kit.Task{Icon: look.Certificate, Title: joined(", ", l.Title, l.Number), Caption: joined(" · ", where, l.Note)}, l.Expires, today)
		})}
	vendors = kind{record.FormVendor, "Vendors", "Who handles information for you, and under which agreement",
		"Telephone, text, video, payment and backup services. Under HIPAA they need a business associate agreement.",
		reading(func(v record.Vendor, today record.Date) kit.Task {
			agreement := map[string]string{"baa": "Business associate agreement", "other": "Another agreement", "none": "No agreement"}[v.Agreement]
			if !v.Signed.IsZero() {
				agreement += ", signed " + days.Short(v.Signed)
			}
			return ending(kit.Task{Icon: look.Handshake, Title: v.Name, Caption: joined(" · ", upper(v.Service), agreement)}, v.Expires, today)
		})}
	training = kind{record.FormCompetence, "Training", "What you learned about working with technology",
		"Courses with their hours. What is to be done again comes back on Today.",
		reading(func(c record.Competence, today record.Date) kit.Task {
			hours := ""
			if c.Hours > 0 {
				hours = fmt.Sprintf("%g hours", c.Hours)
			}
			return again(kit.Task{Icon: look.Graduation, Title: c.Course, Caption: joined(" · ", days.Short(c.On), c.Provider, hours)}, c.Again, today)
		})}
	consultations = kind{record.FormConsultation, "Consultations", "Advice that you sought, and supervision",
		"With whom, about what, and whether the client was named. One about a single client can also stand in the record.",
		reading(func(c record.Consultation, _ record.Date) kit.Task {
			t := kit.Task{Icon: look.People, Title: "With " + c.With, Caption: joined(" · ", consultation(c.Kind), first(c.About)), Due: days.Short(c.On)}
			if c.Named == "yes" {
				t.Due, t.Tone = "client named, "+t.Due, kit.Amber
			}
			return t
		})}
	reviews = kind{record.FormReview, "Reviews", "Looks at yourself and the practice, done on a day",
		"Your online presence, ethics, protection, and under HIPAA the risk analysis, a restore and the rules.",
		reading(func(r record.Review, today record.Date) kit.Task {
			return again(kit.Task{Icon: look.Checklist, Title: reviewed(r.What), Caption: joined(" · ", days.Short(r.On), first(r.Found))}, r.Next, today)
		})}
	journal = kind{record.FormJournal, "Private journal", "For yourself, apart from every client’s record",
		"Such as a colleague’s unsafe practice, talked about first and then reported (TSP 6.05). It is in no client’s record and no release.",
		reading(func(j record.Journal, _ record.Date) kit.Task {
			t := kit.Task{Icon: look.Journal, Title: j.Topic, Caption: first(j.Text), Due: days.Short(j.On)}
			if !j.Reported.IsZero() {
				t.Caption = joined(" · ", "reported "+days.Short(j.Reported), t.Caption)
			}
			return t
		})}
)

// near is from how many days before its end on something is amber.
const near = 60

// ending says until when something is in effect.
func ending(t kit.Task, day, today record.Date) kit.Task {
	switch {
	case day.IsZero():
		return t
	case day.Before(today):
		t.Due, t.Tone = "ended "+days.Short(day), kit.Red
	case day.Before(days.Add(today, 0, 0, near)):
		t.Due, t.Tone = "until "+days.Short(day), kit.Amber
	default:
		t.Due = "until " + days.Short(day)
	}
	return t
}

// again says by when something is to be done again.
func again(t kit.Task, day, today record.Date) kit.Task {
	switch {
	case day.IsZero():
		return t
	case day.Before(today):
		t.Due, t.Tone = "again since "+days.Short(day), kit.Red
	case day.Before(days.Add(today, 0, 0, near)):
		t.Due, t.Tone = "again by "+days.Short(day), kit.Amber
	default:
		t.Due = "again by " + days.Short(day)
	}
	return t
}

// reviewed names what was looked at, as the form does.
func reviewed(what string) string { return optionOf(record.FormReview, "what", what) }

func consultation(kind string) string { return optionOf(record.FormConsultation, "kind", kind) }

// optionOf gives the label of an answer.
func optionOf(f record.Form, key, value string) string {
	spec, _ := form.Find(f)
	field, _ := spec.Field(key)
	for _, o := range field.Options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

// first gives the first line of a text.
func first(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func joined(by string, parts ...string) string {
	var all []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, by)
}
