package app

import (
	"strings"

	"casekeep/app/release"
	"casekeep/vault/record"
)

// ReachLine is a line about how a client is reached, or what to mind.
type ReachLine struct {
	Says string
	Risk bool
}

// ReachLines gives what somebody must know who calls a client in the
// practitioner's place: first what to mind, then how, then whom else.
func ReachLines(c release.FallbackClient) []ReachLine {
	var lines []ReachLine
	add := func(risk bool, before, text string) {
		if text = strings.TrimSpace(text); text != "" {
			lines = append(lines, ReachLine{before + text, risk})
		}
	}
	add(true, "Risk: ", c.Client.Risk)
	add(false, "Safe contact: ", c.Client.SafeContact)
	for _, p := range c.Client.Contacts {
		if p.System == record.Phone {
			add(false, "Telephone: ", strings.Join(filledParts(p.Value, p.Use, p.Safe), " · "))
		}
	}
	for _, m := range c.Client.Members {
		add(false, "With: ", strings.Join(filledParts(m.Name, m.Role), ", "))
	}
	e := c.Emergency
	if e.Contact != "" {
		add(false, "In an emergency: ", strings.Join(filledParts(e.Contact, e.Relation, e.Reach, e.MayTell), " · "))
	}
	add(true, "Do not call: ", e.Not)
	return lines
}

func filledParts(parts ...string) []string {
	var all []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}
