package app

import (
	"errors"
	"strings"
	"time"

	"casekeep/app/form"
	"casekeep/vault/record"
)

func (a *FirstAnswers) tidy() {
	for _, text := range []*string{&a.Name, &a.Credential, &a.Number, &a.Backups} {
		*text = strings.TrimSpace(*text)
	}
}

// check gives the answers of the license's form, nil where it is entered later.
func (a FirstAnswers) check(today record.Date) (form.Values, error) {
	var problems form.Problems
	say := func(key, text string) { problems = append(problems, form.Problem{Key: key, Text: text}) }
	if a.Credential != "" && a.Name == "" {
		say("name", "Give your name too: it stands on every record.")
	}
	if a.Jurisdiction != "" && !record.KnownJurisdiction(a.Jurisdiction) {
		say("jurisdiction", "Choose the state, as US-MS for Mississippi.")
	}
	if err := checkHours(a.Hours); err != nil {
		say("hours", Sentence(err))
	}
	license := a.license()
	if license != nil {
		spec, _ := form.Find(record.FormLicense)
		_, err := spec.Check(license, form.Situation{Today: today})
		var wrong form.Problems
		if errors.As(err, &wrong) {
			problems = append(problems, wrong...)
		} else if err != nil {
			return nil, err
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return license, nil
}

// license gives the form of the license, nil where there is nothing for it yet.
func (a FirstAnswers) license() form.Values {
	if a.Number == "" && a.Expires.IsZero() {
		return nil
	}
	title := a.Credential
	if title == "" {
		title = "License"
	}
	return form.Values{
		"kind": "license", "title": title, "jurisdiction": a.Jurisdiction, "number": a.Number, "expires": a.Expires.String(),
	}
}

// checkHours refuses hours that end before they begin.
func checkHours(h record.Hours) error {
	if h.From == "" && h.To == "" {
		return nil
	}
	from, err := time.Parse("15:04", h.From)
	if err != nil {
		return errors.New("write the hour from which you work as 09:00")
	}
	to, err := time.Parse("15:04", h.To)
	if err != nil {
		return errors.New("write the hour until which you work as 17:00")
	}
	switch {
	case !from.Before(to):
		return errors.New("the hours end before they begin: check both")
	case len(h.Days) == 0:
		return errors.New("say on which days you work these hours")
	}
	return nil
}

// settle writes what was answered into the settings, and leaves the rest.
func (a FirstAnswers) settle(s *record.Practice) {
	if a.Name != "" {
		s.Owner = strings.Join(withoutEmpty([]string{a.Name, a.Credential}), ", ")
	}
	if a.Jurisdiction != "" {
		s.Jurisdiction = a.Jurisdiction
		if s.Ages == (record.Ages{}) {
			s.Ages = AgesOf(a.Jurisdiction)
		}
	}
	if a.Number != "" {
		s.License = strings.Join(withoutEmpty([]string{a.Credential + " " + a.Number, record.JurisdictionName(a.Jurisdiction)}), ", ")
	}
	if len(a.Hours.Days) > 0 {
		s.Hours = a.Hours
	}
	if a.Answers > 0 {
		s.Answers = a.Answers
	}
	if len(a.Channels) > 0 {
		s.Channels = a.Channels
	}
	if a.Secure != "" {
		s.Secure = a.Secure
	}
	for _, answer := range []struct{ to, from *string }{
		{&s.HIPAA, &a.HIPAA}, {&s.SocialMedia, &a.SocialMedia}, {&s.EPayments, &a.EPayments}, {&s.Backups, &a.Backups},
	} {
		if *answer.from != "" {
			*answer.to = *answer.from
		}
	}
}

// AgesOf gives the ages that change who decides in a state, as far as they are
// known: majority (Miss. Code 1-3-27; Ala. Code 26-1-1; Neb. Rev. Stat.
// 43-2101; 18 elsewhere), and a parent's access to the record, which ends at
// 18. The age of consent to care differs too much to be presumed.
func AgesOf(jurisdiction string) record.Ages {
	majority := 18
	switch jurisdiction {
	case "US-MS":
		majority = 21
	case "US-AL", "US-NE":
		majority = 19
	}
	return record.Ages{Majority: majority, ParentAccess: 18}
}
