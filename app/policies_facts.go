package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"casekeep/app/form"
	"casekeep/app/policy"
	"casekeep/vault/record"
)

// policyFacts gives what the policies are filled from: the practice's settings
// and the licenses in its book.
func (p *Practice) policyFacts(ctx context.Context, book record.Facts) (policy.Facts, error) {
	s, err := p.v.Practice(ctx)
	if err != nil {
		return policy.Facts{}, err
	}
	licenses, err := licenseLines(book)
	if err != nil {
		return policy.Facts{}, err
	}
	if len(licenses) == 0 && s.License != "" {
		licenses = []string{s.License}
	}
	return policy.Facts{
		Practice: s.Name, Practitioner: s.Owner, Qualifications: s.Qualifications, Services: s.Services, Fees: s.Fees,
		Licenses: licenses, Contact: s.Contact,
		Board: policy.Board{
			Name: s.Regulator.Name, Address: s.Regulator.Address, Phone: s.Regulator.Phone,
			Email: s.Regulator.Email, Site: s.Regulator.Site,
		},
		Jurisdiction: s.Jurisdiction, Hours: HoursWords(s.Hours), Channels: s.Channels, Secure: s.Secure,
		AnswerWithin: s.Answers, Successor: s.Successor, Emergency: s.Emergency,
		HIPAA: s.HIPAA == "yes", SocialMedia: s.SocialMedia == "yes", ElectronicPayments: s.EPayments == "yes",
		Backups: s.Backups, Retention: s.Retention, LockAfter: s.IdleLock,
		AgeOfMajority: s.Ages.Majority, AgeOfConsent: s.Ages.Consent, AgeOfParentAccess: s.Ages.ParentAccess,
	}, nil
}

// licenseLines gives each license as a client reads it: "LCSW, Mississippi
// C1234, expires March 31, 2027".
func licenseLines(book record.Facts) ([]string, error) {
	var lines []string
	for _, f := range book.Forms {
		if f.Form != record.FormLicense {
			continue
		}
		l, err := form.Decode[record.License](f.Data)
		if err != nil {
			return nil, err
		}
		parts := []string{l.Title, strings.TrimSpace(record.JurisdictionName(l.Jurisdiction) + " " + l.Number)}
		if !l.Expires.IsZero() {
			parts = append(parts, "expires "+l.Expires.Long())
		}
		lines = append(lines, strings.Join(withoutEmpty(parts), ", "))
	}
	return lines, nil
}

func withoutEmpty(parts []string) []string {
	var all []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// HoursWords says when the practice answers, "Monday to Friday, 9 AM to 5 PM",
// or "" where it is not stated.
func HoursWords(h record.Hours) string {
	if len(h.Days) == 0 {
		return ""
	}
	on := dayWords(h.Days)
	if h.From == "" || h.To == "" {
		return on
	}
	return fmt.Sprintf("%s, %s to %s", on, clockWords(h.From), clockWords(h.To))
}

// dayWords joins days that follow one another: "Monday to Thursday, Saturday".
// A week begins with Monday in it.
func dayWords(days []int) string {
	open := [7]bool{}
	for _, d := range days {
		open[((d%7)+6)%7] = true // from Monday on
	}
	name := func(i int) string { return time.Weekday((i + 1) % 7).String() }
	var runs []string
	for first := 0; first < 7; first++ {
		if !open[first] {
			continue
		}
		last := first
		for last < 6 && open[last+1] {
			last++
		}
		switch last - first {
		case 0:
			runs = append(runs, name(first))
		case 1:
			runs = append(runs, name(first), name(last))
		default:
			runs = append(runs, name(first)+" to "+name(last))
		}
		first = last
	}
	if n := len(runs); n == 2 {
		return runs[0] + " and " + runs[1]
	}
	return strings.Join(runs, ", ")
}

// clockWords gives "17:00" as "5 PM" and "08:30" as "8:30 AM".
func clockWords(hour string) string {
	at, err := time.Parse("15:04", hour)
	switch {
	case err != nil:
		return hour
	case at.Minute() == 0:
		return at.Format("3 PM")
	}
	return at.Format("3:04 PM")
}
