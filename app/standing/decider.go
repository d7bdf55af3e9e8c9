package standing

import (
	"slices"
	"strings"

	"casekeep/vault/record"
)

// Who consents for one person, as record.Minor names it.
const (
	byClient   = "client"
	byGuardian = "guardian"
	byBoth     = "both"
	byCourt    = "court"
)

// decider is a person who decides about services: the client, each member of
// a couple, family or group, or a guardian (TSP 2.01, 3.07).
type decider struct {
	name    string
	accepts func(s record.Signer, on record.Date) bool
}

// deciders gives whose decision is needed, as of the day of the file.
func (c *File) deciders() []decider {
	client := c.facts.Client
	switch client.Kind {
	case record.Couple, record.Family, record.Group:
		return c.members()
	case record.Individual, "":
		return c.individual()
	}
	return []decider{{client.Name, func(record.Signer, record.Date) bool { return true }}}
}

// individual gives who decides for one person. A guardian's signature from
// before the client came of age counts no more.
func (c *File) individual() []decider {
	client := decider{c.facts.Client.Name, func(s record.Signer, on record.Date) bool {
		ofAge := c.ofAge(c.facts.Client.Born)
		return s.Role != "guardian" || ofAge.IsZero() || num(on) >= num(ofAge)
	}}
	guardian := c.guardian()
	self := decider{client.name, func(s record.Signer, _ record.Date) bool { return s.Role != "guardian" }}
	switch c.consenting() {
	case byGuardian, byCourt:
		return []decider{guardian}
	case byBoth:
		return []decider{self, guardian}
	}
	return []decider{client}
}

// guardian is whoever decides for a person under age: nobody of whom it is on
// record that he may not.
func (c *File) guardian() decider {
	return decider{"a guardian", func(s record.Signer, _ record.Date) bool {
		return (s.Role == "guardian" || s.Role == "representative") && !c.mayNot(s.Name)
	}}
}

func (c *File) mayNot(name string) bool {
	stated := last(c.minors)
	return stated != nil && slices.ContainsFunc(stated.Data.Guardians, func(g record.Guardian) bool {
		return plainName(g.Name) == plainName(name) && g.MayConsent == "no"
	})
}

// members gives each member of age; a guardian or another member signs for one
// who is not, a guardian alone where none is. Where no member is on record the
// whole is one.
func (c *File) members() []decider {
	var all []decider
	for _, m := range c.facts.Client.Members {
		if c.underAge(m.Born) {
			continue
		}
		name := plainName(m.Name)
		all = append(all, decider{m.Name, func(s record.Signer, _ record.Date) bool { return plainName(s.Name) == name }})
	}
	switch {
	case len(all) > 0:
		return all
	case len(c.facts.Client.Members) > 0:
		return []decider{c.guardian()}
	}
	return []decider{{c.facts.Client.Name, func(record.Signer, record.Date) bool { return true }}}
}

func plainName(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// consenting says who consents for the client as of the day of the file: of a
// minor a guardian, unless the record says otherwise. Where the age of consent
// is not confirmed nothing is derived from a birthday.
func (c *File) consenting() string {
	stated := last(c.minors)
	switch minor := c.underAge(c.facts.Client.Born); {
	case minor && stated != nil:
		return stated.Data.ConsentBy
	case minor:
		return byGuardian
	case stated != nil && c.ofAge(c.facts.Client.Born).IsZero():
		return stated.Data.ConsentBy
	}
	return byClient
}

// ofAge gives the day from which on a person consents alone, or the unknown
// day.
func (c *File) ofAge(born record.Date) record.Date {
	if born.IsZero() || c.p.Settings.Ages.Consent == 0 {
		return record.Date{}
	}
	return years(born, c.p.Settings.Ages.Consent)
}

// underAge reports whether a person is known to be too young to consent.
func (c *File) underAge(born record.Date) bool { return num(c.ofAge(born)) > num(c.day) }
