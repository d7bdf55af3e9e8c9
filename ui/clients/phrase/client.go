package phrase

import (
	"strings"

	"casekeep/vault/record"
)

// ClientLine gives the line under a client's name: pronouns, birth, kind and
// members, jurisdiction, number. Where the record stands comes after it.
func ClientLine(c record.Client) string {
	var parts []string
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	if c.Kind != record.Individual {
		add(string(c.Kind))
		if len(c.Members) > 0 {
			add(Count(len(c.Members), "member", "members"))
		}
	}
	add(c.Pronouns)
	if !c.Born.IsZero() {
		add("born " + ShortDate(c.Born))
	}
	if c.Jurisdiction != "" {
		add("in " + Jurisdiction(c.Jurisdiction))
	}
	if c.Status == record.Screening {
		add(string(c.Status))
	}
	add("record " + c.Number)
	return strings.Join(parts, " · ")
}

// Status gives where a client stands, with the day.
func Status(c record.Client) string {
	switch {
	case c.Status == record.Closed:
		return "Closed " + ShortDate(c.ClosedOn)
	case !c.Since.IsZero():
		return Capital(string(c.Status)) + " since " + ShortDate(c.Since)
	}
	return Capital(string(c.Status))
}
