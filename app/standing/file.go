package standing

import (
	"slices"
	"time"

	"casekeep/app/policy"
	"casekeep/vault/record"
)

// Span asks for a client's contacts of one kind over a channel, within a time.
type Span struct {
	Client      record.ClientID
	Channel     record.Channel
	Kind        string    // record.TallyService and the rest
	Location    *string   // nil: any
	OwnLocation *string   // nil: any
	From, Until time.Time // From is included, Until is not; zero: open
}

// Counter counts the contacts of a span where the tally alone cannot tell.
type Counter func(Span) (int, error)

// File is one client's record as the rules read it.
type File struct {
	p     *Practice
	facts record.Facts
	count Counter // while it is judged
	err   error   // the first error of counting

	day     record.Date // as of which it is judged: today, or the day it was closed
	horizon int         // the last day that counts as due

	whole         bool           // also what Open does not read was read
	unread        []record.Filed // entries whose data cannot be read
	safe          []entry[record.Contacting]
	intakes       []entry[record.Intake]
	acks          []entry[record.Acknowledgment] // in the order of their days
	consents      []entry[record.Consent]
	channels      []entry[record.ChannelConsent]
	searches      []entry[record.SearchNote]
	tolds         []entry[record.SearchTold]
	minors        []entry[record.Minor]
	collaterals   []entry[record.Collateral]
	revocations   []entry[record.ReleaseRevoked]
	suitabilities []entry[record.Suitability]
	identities    []entry[record.IdentityCheck]
	referrals     []entry[record.Referral]
	cards         []entry[record.EmergencyCard]
	plans         []entry[record.SafetyPlan]
	interruptions []entry[record.InterruptionPlan]
	boundaries    []entry[record.Boundary]
	reports       []entry[record.MandatedReport]
	notices       []entry[record.BreachNotice]
	consultations []entry[record.Consultation]
	requests      []entry[record.Request]
	answers       []entry[record.RequestAnswered]

	who   []decider
	heard map[string][]hearing // by topic, one of each decider
}

// Open reads a client's record for the rules. An entry whose data cannot be
// read shows nothing; Tasks names it.
func (p *Practice) Open(facts record.Facts) *File {
	c := &File{p: p, facts: facts, day: p.Today}
	if facts.Client.Status == record.Closed && num(facts.Client.ClosedOn) > 0 && num(facts.Client.ClosedOn) < num(p.Today) {
		c.day = facts.Client.ClosedOn
	}
	c.horizon = num(after(c.day, Lead))
	for _, f := range facts.Forms {
		if !findingsOnly[f.Form] {
			c.take(f)
		}
	}
	// What is of a day to come was entered while the clock was wrong.
	c.acks = slices.DeleteFunc(c.acks, func(a entry[record.Acknowledgment]) bool { return num(a.Data.On) > num(p.Today) })
	slices.SortStableFunc(c.acks, func(a, b entry[record.Acknowledgment]) int { return num(a.Data.On) - num(b.Data.On) })
	c.who = c.deciders()
	return c
}

// findingsOnly are the forms that no task of Today asks about. They are read
// when it is asked where the client stands.
var findingsOnly = map[record.Form]bool{
	record.FormIntake: true, record.FormIdentity: true, record.FormReferral: true, record.FormInterruption: true,
	record.FormBoundary: true, record.FormReport: true, record.FormConsultation: true,
}

// readRest reads the entries that Open did not.
func (c *File) readRest() {
	if c.whole {
		return
	}
	for _, f := range c.facts.Forms {
		if findingsOnly[f.Form] {
			c.take(f)
		}
	}
	c.whole = true
}

// take reads an entry, or keeps it as one that cannot be read.
func (c *File) take(f record.Filed) {
	if c.add(f) != nil {
		c.unread = append(c.unread, f)
	}
}

func (c *File) add(f record.Filed) error {
	switch f.Form {
	case record.FormSafeContact:
		return add(&c.safe, f)
	case record.FormAcknowledgment:
		return c.addAck(f)
	case record.FormConsent:
		return add(&c.consents, f)
	case record.FormChannel:
		return add(&c.channels, f)
	case record.FormSearch:
		return add(&c.searches, f)
	case record.FormSearchTold:
		return add(&c.tolds, f)
	case record.FormMinor:
		return add(&c.minors, f)
	case record.FormCollateral:
		return add(&c.collaterals, f)
	case record.FormReleaseRevoked:
		return add(&c.revocations, f)
	case record.FormSuitability:
		return add(&c.suitabilities, f)
	case record.FormEmergency:
		return add(&c.cards, f)
	case record.FormSafetyPlan:
		return add(&c.plans, f)
	case record.FormBreachNotice:
		return add(&c.notices, f)
	case record.FormRequest:
		return add(&c.requests, f)
	case record.FormRequestAnswered:
		return add(&c.answers, f)
	}
	return c.addMore(f)
}

func (c *File) addMore(f record.Filed) error {
	switch f.Form {
	case record.FormIntake:
		return add(&c.intakes, f)
	case record.FormIdentity:
		return add(&c.identities, f)
	case record.FormReferral:
		return add(&c.referrals, f)
	case record.FormInterruption:
		return add(&c.interruptions, f)
	case record.FormBoundary:
		return add(&c.boundaries, f)
	case record.FormReport:
		return add(&c.reports, f)
	case record.FormConsultation:
		return add(&c.consultations, f)
	}
	return nil
}

// active reports whether services go on or are about to begin.
func (c *File) active() bool { return c.facts.Client.Status != record.Closed }

// screening reports whether the client is being screened and no service has
// taken place yet.
func (c *File) screening() bool {
	return c.facts.Client.Status == record.Screening && c.contacts(record.TallyService) == 0
}

// contacts counts the contacts of a kind over every channel.
func (c *File) contacts(kind string) int {
	n := 0
	for _, t := range c.facts.Tally {
		if t.Kind == kind {
			n += t.Contacts
		}
	}
	return n
}

// counting sets who counts contacts while fn judges the record, and gives the
// first error of it.
func (c *File) counting(count Counter, fn func()) error {
	c.count, c.err = count, nil
	fn()
	return c.err
}

// began gives the day on which the record begins: the first day of service or
// contact, whichever is earlier, else the day it was opened.
func (c *File) began() record.Date {
	day := c.facts.Client.Since
	for _, t := range c.facts.Tally {
		if first := c.p.dayOf(t.First); day.IsZero() || num(first) < num(day) {
			day = first
		}
	}
	if day.IsZero() {
		return record.DateOf(c.facts.Client.Created.In(c.p.zone))
	}
	return day
}

// tell gives the topics whose policy tells a duty, those that apply.
func (c *File) tell(id string) []policy.Topic { return c.p.informs[id] }

// counted counts the contacts of one row of the tally that fall into a stretch
// of days, and asks for a precise count only where the row alone cannot tell.
func (c *File) counted(t record.Tally, d days) int {
	from, until := c.first(d.from), c.first(d.until)
	switch {
	case d.empty() || t.Last < from || t.First >= until:
		return 0
	case t.First >= from && t.Last < until:
		return t.Contacts
	case c.err != nil:
		return 0
	}
	span := Span{Client: c.facts.Client.ID, Channel: t.Channel, Kind: t.Kind, Location: &t.Location, OwnLocation: &t.OwnLocation}
	if d.from > always {
		span.From = c.p.moment(d.from)
	}
	if d.until < never {
		span.Until = c.p.moment(d.until)
	}
	n, err := c.count(span)
	if err != nil {
		c.err = err
	}
	return n
}

// first gives the lowest id that an entry of a day or a later one can have.
func (c *File) first(day int) record.EntryID {
	switch day {
	case always:
		return -1 << 63
	case never:
		return 1<<63 - 1
	}
	return record.EntryID(c.p.moment(day).UnixMilli() << 16)
}
