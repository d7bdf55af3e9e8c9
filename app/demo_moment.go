package app

import (
	"fmt"
	"strings"
	"time"

	"casekeep/app/intake"
	"casekeep/vault/record"
)

// demoWriting is how long after a contact its note is written.
const demoWriting = 4 * time.Minute

func demoContact(system record.System, parts []string) record.ContactPoint {
	p := record.ContactPoint{System: system, Value: parts[0], Use: parts[1], Safe: parts[2]}
	p.Normal = intake.Normalize(p.Value, demoPractice.Region)
	return p
}

// moment reads a block of a script after its "@ ".
func (c *demoClient) moment(calendar demoCalendar, block string) (demoMoment, error) {
	head, body, _ := strings.Cut(block, "\n")
	title, options, _ := strings.Cut(head, " | ")
	words := strings.Fields(title)
	if len(words) != 4 {
		return demoMoment{}, fmt.Errorf("%q is no day, time, channel and direction", title)
	}
	at, err := calendar.moment(words[0], words[1])
	if err != nil {
		return demoMoment{}, err
	}
	m := demoMoment{entry: record.Entry{At: at, Channel: record.Channel(words[2]), Direction: record.Direction(words[3]),
		Zone: demoZone, ZoneBasis: record.ZoneComputer}}
	by := ""
	if options != "" {
		for _, option := range strings.Split(options, " | ") {
			if err := m.option(calendar, option, &by); err != nil {
				return m, err
			}
		}
	}
	if m.written.IsZero() {
		m.written = at.Add(m.entry.Duration + demoWriting)
	}
	if err := m.text(calendar, body); err != nil {
		return m, err
	}
	return m, c.route(&m, by)
}

func (m *demoMoment) option(calendar demoCalendar, option string, by *string) (err error) {
	name, value, _ := strings.Cut(strings.TrimSpace(option), "=")
	switch name {
	case "for":
		m.entry.Duration, err = time.ParseDuration(value)
	case "location":
		m.entry.Location = value
	case "identity":
		m.entry.Identity = record.Identity(value)
	case "own":
		m.entry.OwnLocation = value
	case "purpose":
		m.entry.Purpose = record.Purpose(value)
	case "outcome":
		m.entry.Outcome = value
	case "subject":
		m.entry.Subject = value
	case "party":
		who, role, _ := strings.Cut(value, ", ")
		m.entry.Parties = []record.Party{{Name: who, Role: role}}
	case "file":
		m.files = append(m.files, value)
	case "by":
		*by = value
	case "written":
		day, clock, _ := strings.Cut(value, " ")
		m.written, err = calendar.moment(day, clock)
	default:
		err = fmt.Errorf("there is no option %q", name)
	}
	return err
}

// route finds the address over which the client was reached.
func (c *demoClient) route(m *demoMoment, by string) error {
	system := record.Phone
	if m.entry.Channel == record.Mail {
		system = record.Email
	}
	for _, point := range c.Contacts {
		if point.System == system && (by == "" || point.Use == by) {
			m.contact = point.Normal
			return nil
		}
	}
	if m.imported() {
		return fmt.Errorf("%s has no %s for a message by %q", c.Name, system, by)
	}
	return nil
}

// imported tells whether a moment comes out of a phone's or a mailbox's export
// rather than from the practitioner's own hand.
func (m *demoMoment) imported() bool {
	return m.entry.Channel == record.Text || m.entry.Channel == record.Mail || m.missed()
}

// missed tells a call of which the phone's list says everything.
func (m *demoMoment) missed() bool { return m.entry.Channel == record.Call && m.entry.Body == "" }

// text reads what was said, and what was done to it later.
func (m *demoMoment) text(calendar demoCalendar, body string) error {
	said, acts, _ := strings.Cut(body, "\n>>")
	m.entry.Body = strings.TrimSpace(said)
	for _, act := range strings.Split(acts, "\n>>") {
		if strings.TrimSpace(act) == "" {
			continue
		}
		parts := demoParts(act, 3)
		words := strings.Fields(parts[0])
		if len(words) != 3 {
			return fmt.Errorf("%q is no act, day and time", parts[0])
		}
		at, err := calendar.moment(words[1], words[2])
		switch {
		case err != nil:
			return err
		case words[0] == "amend":
			m.amend = append(m.amend, record.Amendment{At: at, Reason: parts[1], Text: parts[2]})
		case words[0] == "strike":
			m.strike = &record.Strike{At: at, Reason: parts[1]}
		default:
			return fmt.Errorf("there is no act %q", words[0])
		}
	}
	return nil
}
