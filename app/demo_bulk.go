package app

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"casekeep/vault"
	"casekeep/vault/record"
)

const (
	demoDay = 24 * time.Hour
	// bulkEach is how many contacts a made-up client has where no number is
	// asked for.
	bulkEach = 40
	// bulkYears is how far back made-up clients go.
	bulkYears = 6
)

// resize makes the practice smaller or larger. What is made up is the same
// every time.
func (s *demoScript) resize(size DemoSize) error {
	if size.Clients > 0 && size.Clients < len(s.clients) {
		s.clients = s.clients[:size.Clients]
	}
	if size.Contacts > 0 {
		s.drop(size.Contacts)
	}
	written := s.clients
	rest := max(size.Contacts-s.contacts(), 0)
	for i := range size.Clients - len(written) {
		s.clients = append(s.clients, inventClient(i))
	}
	invented := s.clients[len(written):]
	switch {
	case size.Contacts == 0:
		for _, c := range invented {
			c.bulk = bulkEach
		}
	case len(invented) > 0:
		share(rest, invented)
	default:
		share(rest, inService(written))
	}
	for i, c := range s.clients {
		if i >= len(written) || c.bulk > 0 {
			s.place(c, i-len(written), len(invented))
		}
	}
	for i, c := range invented {
		if err := s.note(c, i); err != nil {
			return err
		}
	}
	return nil
}

// inService leaves out old records from paper.
func inService(clients []*demoClient) []*demoClient {
	return slices.DeleteFunc(slices.Clone(clients), func(c *demoClient) bool { return !c.entered.IsZero() })
}

// share spreads contacts over clients: as in a real practice, a few have very
// many. The largest of 2,000 clients with a million has some 11,000.
func share(contacts int, clients []*demoClient) {
	if contacts == 0 {
		return
	}
	weights, sum := make([]float64, len(clients)), 0.0
	for i := range clients {
		weights[i] = 1 / float64(20+i)
		sum += weights[i]
	}
	left := contacts
	for i, c := range clients {
		c.bulk = int(float64(contacts) * weights[i] / sum)
		left -= c.bulk
	}
	clients[0].bulk += left
}

// place gives a client's made-up contacts their years: those of written
// clients before the first moment that is written, the invented ones' years
// side by side.
func (s *demoScript) place(c *demoClient, i, of int) {
	long := min(max(time.Duration(c.bulk)*3*time.Hour, 90*demoDay), 4*365*demoDay)
	until := s.calendar.now.Add(-15 * demoDay)
	if i >= 0 {
		until = until.Add(-time.Duration(float64(i) / float64(of) * bulkYears * 365 * float64(demoDay)))
	} else if len(c.moments) > 0 {
		until = c.Since.In(s.calendar.zone).Add(-demoDay)
	}
	last := record.DateOf(until.In(s.calendar.zone))
	c.Since = record.DateOf(until.Add(-long).In(s.calendar.zone))
	c.bulkUntil = last
	if i >= 0 && s.calendar.now.Sub(until) > 365*demoDay {
		c.ClosedOn, c.Reason = last.Next(), "goals reached"
	}
}

// planBulk plans the filing of a client's made-up contacts, as one import.
func (d *demo) planBulk(c *demoClient) {
	zone := d.script.calendar.zone
	from, until := demoMorning(c.Since, 9, zone), demoMorning(c.bulkUntil, 9, zone)
	d.step(until, func(ctx context.Context) error {
		im, err := d.p.v.BeginImport(ctx, d.ids[c])
		if err != nil {
			return err
		}
		name := "sms-" + until.Format("20060102150405") + ".xml"
		if err := im.OpenSource(ctx, name, ""); err != nil {
			return err
		}
		talk := newSmallTalk(c.Name)
		step := until.Sub(from) / time.Duration(c.bulk)
		for i := range c.bulk {
			at := from.Add(time.Duration(i) * step)
			if _, err := im.Add(ctx, talk.message(c, at, i)); err != nil {
				return err
			}
			if i%1000 == 999 {
				d.count(1000)
			}
		}
		d.count(c.bulk % 1000)
		source := record.Source{Name: name, Format: "SMS Backup & Restore texts", Parser: "sample/1", Size: talk.size,
			SHA256: sha256.Sum256([]byte(name + c.Name)), Declared: c.bulk}
		if err := im.CloseSource(ctx, source); err != nil {
			return err
		}
		_, err = im.Finish(ctx, record.Batch{Found: c.bulk})
		return err
	})
}

// smallTalk makes up texts.
type smallTalk struct {
	random *rand.Rand
	seed   string
	size   int64 // bytes of what was said so far
}

func newSmallTalk(seed string) *smallTalk {
	sum := sha256.Sum256([]byte(seed))
	return &smallTalk{random: rand.New(rand.NewChaCha8(sum)), seed: seed}
}

func (t *smallTalk) message(c *demoClient, at time.Time, i int) vault.Message {
	direction := record.In
	if i%2 == 1 {
		direction = record.Out
	}
	body := t.text(direction)
	t.size += int64(len(body)) + 200
	at = awake(at).Add(time.Duration(t.random.IntN(600)) * time.Second)
	m := demoMoment{entry: record.Entry{Direction: direction}, contact: c.bulkAddress()}
	key := sha256.Sum256([]byte(t.seed + strconv.Itoa(i)))
	return vault.Message{
		Entry: record.Entry{
			Channel: record.Text, Direction: direction, At: at, Zone: demoZone, ZoneBasis: record.ZoneAssumed,
			Parties: m.parties(c), Body: body,
			Provenance: &record.Provenance{Locator: "message " + strconv.Itoa(i+1), Raw: key, Original: strconv.FormatInt(at.UnixMilli(), 10)},
		},
		Dedupe: key, Content: sha256.Sum256([]byte(body)),
	}
}

// awake moves the times of a day into the hours from eight in the morning to
// nine in the evening, in their order.
func awake(at time.Time) time.Time {
	midnight := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
	return midnight.Add(8*time.Hour + at.Sub(midnight)*13/24).Truncate(time.Second)
}

func (c *demoClient) bulkAddress() string {
	if len(c.Contacts) == 0 {
		return ""
	}
	return c.Contacts[0].Normal
}

func (t *smallTalk) text(direction record.Direction) string {
	parts := clientTalk
	if direction == record.Out {
		parts = ownTalk
	}
	var b strings.Builder
	for i, choices := range parts {
		if i > 0 {
			b.WriteByte(' ')
		}
		said := choices[t.random.IntN(len(choices))]
		b.WriteString(said)
		if i == 1 && !strings.HasSuffix(said, "?") {
			b.WriteByte('.')
		}
	}
	return strings.TrimSpace(b.String())
}

// inventClient makes up the i-th client.
func inventClient(i int) *demoClient {
	first, last := bulkFirst[i%len(bulkFirst)], bulkLast[i/len(bulkFirst)%len(bulkLast)]
	name := first + " " + last
	if again := i / (len(bulkFirst) * len(bulkLast)); again > 0 {
		name = fmt.Sprintf("%s %c. %s", first, 'A'+(again-1)%26, last)
	}
	phone := fmt.Sprintf("+1 %d 555 01%02d", 201+i/100%700, i%100)
	return &demoClient{invented: true, Client: record.Client{
		Name: name, Kind: record.Individual, Status: record.Active, Jurisdiction: "US-MS", Language: "English",
		Contacts: []record.ContactPoint{demoContact(record.Phone, []string{phone, "mobile", ""})},
	}}
}
