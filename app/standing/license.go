package standing

import (
	"cmp"
	"slices"
	"strings"

	"casekeep/vault/record"
)

// readReach gives when something permits to work in each jurisdiction. What
// reaches all stands under "".
func (p *Practice) readReach() map[string][]days {
	reach := map[string][]days{}
	for _, l := range p.licenses {
		d := days{num(l.Data.Issued), never}
		if !l.Data.Expires.IsZero() {
			d.until = num(l.Data.Expires.Next())
		}
		for _, j := range reaches(l.Data) {
			reach[j] = append(reach[j], d)
		}
	}
	for j, list := range reach {
		reach[j] = joined(append(list, reach[""]...))
	}
	return reach
}

// reaches gives the jurisdictions that a license covers, "" for all.
func reaches(l record.License) []string {
	var all []string
	if l.Jurisdiction != "" {
		all = append(all, l.Jurisdiction)
	}
	if strings.EqualFold(strings.TrimSpace(l.Covers), "all") {
		return append(all, "")
	}
	for _, name := range strings.FieldsFunc(l.Covers, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if j := record.JurisdictionOf(name); j != "" {
			all = append(all, j)
		}
	}
	return all
}

// permitted gives the days on which something permits to work in a
// jurisdiction.
func (p *Practice) permitted(jurisdiction string) []days {
	if list, ok := p.reach[jurisdiction]; ok {
		return list
	}
	return p.reach[""]
}

// Permitted reports whether something permits to work in a jurisdiction on a
// day.
func (p *Practice) Permitted(jurisdiction string, day record.Date) bool {
	return covers(p.permitted(jurisdiction), num(day))
}

// stay is where a client was served for some days.
type stay struct {
	jurisdiction string
	days         days
}

// stays gives where the client was served, from the first place on for all
// time before it. Of two stated for the same day the later statement holds.
func (c *File) stays() []stay {
	places := slices.Clone(c.facts.Places)
	slices.SortStableFunc(places, func(a, b record.Place) int { return cmp.Compare(num(a.Since), num(b.Since)) })
	var all []stay
	for i, p := range places {
		d := days{num(p.Since), never}
		if len(all) == 0 {
			d.from = always
		}
		if i+1 < len(places) {
			d.until = num(places[i+1].Since)
		}
		if !d.empty() {
			all = append(all, stay{p.Jurisdiction, d})
		}
	}
	return all
}

// Place gives the jurisdiction in which the client was served on a day, or "".
func (c *File) Place(day record.Date) string {
	for _, s := range c.stays() {
		if s.days.from <= num(day) && num(day) < s.days.until {
			return s.jurisdiction
		}
	}
	return ""
}

// Where gives the jurisdictions in which a contact took place: the client's,
// as it was stated, else where the client was served on that day; and the
// practitioner's own, as it was stated, else the practice's. "" is unknown.
func (c *File) Where(location, own string, day record.Date) (client, practitioner string) {
	client = record.JurisdictionOf(location)
	if client == "" {
		client = c.Place(day)
	}
	practitioner = record.JurisdictionOf(own)
	if practitioner == "" {
		practitioner = c.p.Settings.Jurisdiction
	}
	return client, practitioner
}

// uncovered is a jurisdiction with remote contacts that nothing permitted.
type uncovered struct {
	jurisdiction string
	contacts     int
}

// remote judges the remote service contacts: how many there are, in which
// jurisdictions nothing permitted how many of them, and how many took place
// nobody knows where.
func (c *File) remote() (contacts int, list []uncovered, nowhere int) {
	stays := c.stays()
	found := map[string]int{}
	for _, t := range c.facts.Tally {
		if t.Kind != record.TallyService || !t.Channel.Remote() {
			continue
		}
		contacts += t.Contacts
		gaps, known := c.gaps(t, stays)
		if !known {
			nowhere += t.Contacts
		}
		for j, stretches := range gaps {
			for _, d := range joined(stretches) {
				found[j] += c.counted(t, d)
			}
		}
	}
	for j, n := range found {
		if n > 0 {
			list = append(list, uncovered{j, n})
		}
	}
	slices.SortFunc(list, func(a, b uncovered) int { return cmp.Compare(a.jurisdiction, b.jurisdiction) })
	return contacts, list, nowhere
}

// gaps gives the days on which the contacts of a row of the tally took place
// where nothing permitted them, by jurisdiction, and whether it is known where
// the client was.
func (c *File) gaps(t record.Tally, stays []stay) (gaps map[string][]days, known bool) {
	gaps = map[string][]days{}
	add := func(jurisdiction string, when days) {
		gaps[jurisdiction] = append(gaps[jurisdiction], within(outside(c.p.permitted(jurisdiction)), when)...)
	}
	whole := days{always, never}
	stated := record.JurisdictionOf(t.Location)
	switch {
	case stated != "":
		add(stated, whole)
	default:
		for _, s := range stays {
			add(s.jurisdiction, s.days)
		}
	}
	own := record.JurisdictionOf(t.OwnLocation)
	if own == "" {
		own = c.p.Settings.Jurisdiction
	}
	if own != "" {
		add(own, whole)
	}
	return gaps, stated != "" || len(stays) > 0
}
