package app

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"casekeep/assets"
	"casekeep/vault/record"
)

// demoScript is the sample practice, its days turned into days round now.
type demoScript struct {
	calendar demoCalendar
	clients  []*demoClient
	book     *demoClient               // what stands in the practice's own book
	saved    []time.Time               // when the practitioner saved the phone and the mailbox
	files    map[string]demoAttachment // by name
}

// demoSaves are the days on which the practitioner saved the phone and the
// mailbox.
var demoSaves = []struct{ day, clock string }{{"-12", "18:05"}, {"-1", "18:10"}}

// demoClient is a client of the sample practice and what happened.
type demoClient struct {
	record.Client
	moments   []demoMoment
	notes     []demoNote  // structured entries; they count as no contact
	entered   record.Date // the day on which a record from paper was entered; unknown: with the first service
	hold      *demoHold
	invented  bool
	bulk      int         // contacts to be made up besides
	bulkUntil record.Date // the last day of these
}

// demoMoment is a line of a timeline.
type demoMoment struct {
	entry   record.Entry // At, channel, direction and what was said
	contact string       // the client's address it was said over, normalized; "": none
	written time.Time    // when it was written down
	files   []string     // names of attachments
	amend   []record.Amendment
	strike  *record.Strike
}

// demoBook is the script of the practice's own book.
const demoBook = "demo/practice.txt"

// readDemo reads the scripts. Each begins with the client, a field a line
// ("phone: NUMBER | use | safe"; an old record from paper with the day on which
// it was "entered"), followed by moments:
//
//	@ DAY TIME CHANNEL DIRECTION | for=50m | location=Office | ...
//	what was said, on lines of its own
//	>>amend DAY TIME | reason | text
//	>>strike DAY TIME | reason
//
// and by structured entries, an answer a line, by the keys of the form. What is
// left out is as the form begins:
//
//	@ DAY TIME form NAME | as=LABEL | about=LABEL | file=NAME
//	key: answer
//	  that goes on here
//
// The book has two more, for its policies:
//
//	@ DAY TIME form policy | topic=KEY | changed=WHAT
//	what is put behind the text there is
//	@ DAY TIME form policy-review | except=TOPIC
//	what was found when they were looked at again
func readDemo(calendar demoCalendar) (*demoScript, error) {
	script := &demoScript{calendar: calendar}
	for _, on := range demoSaves {
		at, err := calendar.moment(on.day, on.clock)
		if err != nil {
			return nil, err
		}
		script.saved = append(script.saved, at)
	}
	names, err := fs.Glob(assets.Demo, "demo/*.txt")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := fs.ReadFile(assets.Demo, name)
		if err != nil {
			return nil, err
		}
		c, err := readDemoClient(calendar, string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if name == demoBook {
			script.book = c
			continue
		}
		script.clients = append(script.clients, c)
	}
	return script, nil
}

func readDemoClient(calendar demoCalendar, text string) (*demoClient, error) {
	text, err := calendar.fill(text)
	if err != nil {
		return nil, err
	}
	blocks := strings.Split("\n"+text, "\n@ ")
	c := &demoClient{Client: record.Client{Kind: record.Individual, Status: record.Active}}
	for line := range strings.Lines(blocks[0]) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := c.field(calendar, line); err != nil {
			return nil, err
		}
	}
	for _, block := range blocks[1:] {
		head, body, _ := strings.Cut(block, "\n")
		title, options, _ := strings.Cut(head, " | ")
		if words := strings.Fields(title); len(words) == 4 && words[2] == "form" {
			if err := c.note(calendar, words, options, body); err != nil {
				return nil, err
			}
			continue
		}
		m, err := c.moment(calendar, block)
		if err != nil {
			return nil, err
		}
		c.moments = append(c.moments, m)
	}
	return c, nil
}

// field reads a line of the client's own.
func (c *demoClient) field(calendar demoCalendar, line string) (err error) {
	name, value, _ := strings.Cut(line, ": ")
	parts := demoParts(value, 3)
	switch name {
	case "name":
		c.Name = value
	case "kind":
		c.Kind = record.Kind(value)
	case "status":
		c.Status = record.Status(value)
	case "pronouns":
		c.Pronouns = value
	case "language":
		c.Language = value
	case "needs":
		c.Needs = value
	case "jurisdiction":
		c.Jurisdiction = value
	case "safe":
		c.SafeContact = value
	case "risk":
		c.Risk = value
	case "born":
		c.Born, err = record.ParseDate(value)
	case "entered":
		c.entered, err = calendar.day(value)
	case "since":
		c.Since, err = calendar.past(value)
	case "closed":
		c.Reason = parts[1]
		c.ClosedOn, err = calendar.past(parts[0])
	case "hold":
		c.hold = &demoHold{matter: parts[1], source: parts[2]}
		c.hold.on, err = calendar.day(parts[0])
	case "phone", "email":
		c.Contacts = append(c.Contacts, demoContact(record.System(name), parts))
	case "member":
		m := record.Member{Name: parts[0], Role: parts[1]}
		m.Born, err = record.ParseDate(parts[2])
		c.Members = append(c.Members, m)
	default:
		err = fmt.Errorf("there is no field %q", name)
	}
	return err
}

// demoParts cuts "a | b | c" into n parts.
func demoParts(s string, n int) []string {
	parts := strings.SplitN(s, "|", n)
	for len(parts) < n {
		parts = append(parts, "")
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// contacts counts the contacts of all clients.
func (s *demoScript) contacts() int {
	n := 0
	for _, c := range s.clients {
		n += len(c.moments) + c.bulk
	}
	return n
}

// drop takes away the oldest moments until n are left.
func (s *demoScript) drop(n int) {
	var all []time.Time
	for _, c := range s.clients {
		for _, m := range c.moments {
			all = append(all, m.entry.At)
		}
	}
	if len(all) <= n {
		return
	}
	slices.SortFunc(all, time.Time.Compare)
	first := all[len(all)-n]
	for _, c := range s.clients {
		c.moments = slices.DeleteFunc(c.moments, func(m demoMoment) bool { return m.entry.At.Before(first) })
	}
	// Of several moments at the very time of the first that stays, some go too.
	for i := 0; s.contacts() > n; i++ {
		c := s.clients[i%len(s.clients)]
		if at := slices.IndexFunc(c.moments, func(m demoMoment) bool { return m.entry.At.Equal(first) }); at >= 0 {
			c.moments = slices.Delete(c.moments, at, at+1)
		}
	}
}

// demoHold is a legal hold on a client's record.
type demoHold struct {
	on             record.Date
	matter, source string
}
