package standing

import (
	"cmp"
	"slices"
	"time"

	"casekeep/vault/record"
)

// The decisions about a channel.
const (
	Allowed    = "allowed"
	NotAllowed = "not-allowed"
	Revoked    = "revoked"
)

// Agreement is what was agreed for one channel from a day on.
type Agreement struct {
	record.ChannelConsent
	Entry   record.EntryID
	written time.Time
}

// Agreements gives what was agreed for a channel, in the order of the days,
// of one day in the order in which it was written, by channel consents of their own and together with policies.
func (c *File) Agreements(channel record.Channel) []Agreement {
	var all []Agreement
	for _, e := range c.channels {
		if e.Data.Channel == channel {
			all = append(all, Agreement{e.Data, e.ID, e.Written})
		}
	}
	for _, a := range c.acks {
		if !slices.Contains(a.Data.Channels, channel) {
			continue
		}
		decision := map[string]string{record.Given: Allowed, record.Declined: NotAllowed, record.Withdrawn: Revoked}[a.Data.Decision]
		consent := record.ChannelConsent{Channel: channel, Decision: decision, Since: a.Data.On, About: a.Data.About, How: a.Data.How}
		all = append(all, Agreement{consent, a.ID, a.Written})
	}
	slices.SortStableFunc(all, func(a, b Agreement) int { return cmp.Or(num(a.Since)-num(b.Since), a.written.Compare(b.written)) })
	return all
}

// Agreed gives what was agreed for a channel last, as of the day of the file,
// and whether anything was.
func (c *File) Agreed(channel record.Channel) (Agreement, bool) {
	var agreed Agreement
	found := false
	for _, a := range c.Agreements(channel) {
		if num(a.Since) <= num(c.day) {
			agreed, found = a, true
		}
	}
	return agreed, found
}

// allowed gives the days on which a channel was allowed.
func (c *File) allowed(channel record.Channel) []days {
	var list []days
	all := c.Agreements(channel)
	for i, a := range all {
		if a.Decision != Allowed {
			continue
		}
		until := never
		if i+1 < len(all) {
			until = num(all[i+1].Since)
		}
		list = append(list, days{num(a.Since), until})
	}
	return joined(list)
}

// ChannelUse is how a channel that needs consent was used with a client.
type ChannelUse struct {
	Channel  record.Channel
	Contacts int // service contacts
	Outside  int // those on days for which it was not allowed
}

// Uses counts the service contacts over each channel that needs consent, and
// those of them without it (TSP 4.03).
func (c *File) Uses(count Counter) ([]ChannelUse, error) {
	var all []ChannelUse
	err := c.counting(count, func() { all = c.uses() })
	return all, err
}

func (c *File) uses() []ChannelUse {
	var all []ChannelUse
	for _, channel := range record.Channels() {
		if !channel.NeedsConsent() {
			continue
		}
		use := ChannelUse{Channel: channel}
		rows := c.rows(channel)
		if len(rows) == 0 {
			continue
		}
		gaps := outside(c.allowed(channel))
		for _, t := range rows {
			use.Contacts += t.Contacts
			for _, gap := range gaps {
				use.Outside += c.counted(t, gap)
			}
		}
		all = append(all, use)
	}
	return all
}

// rows gives the tally of the service contacts over a channel.
func (c *File) rows(channel record.Channel) []record.Tally {
	var rows []record.Tally
	for _, t := range c.facts.Tally {
		if t.Channel == channel && t.Kind == record.TallyService {
			rows = append(rows, t)
		}
	}
	return rows
}

// unagreed gives the day of the first contact over a channel since it was last
// not allowed, as far as the tally alone tells; the unknown day where there is
// none, or it is allowed now.
func (c *File) unagreed(channel record.Channel) record.Date {
	gaps := outside(c.allowed(channel))
	if len(gaps) == 0 || gaps[len(gaps)-1].until < never {
		return record.Date{}
	}
	now := gaps[len(gaps)-1]
	from := c.first(now.from)
	var day record.Date
	for _, t := range c.rows(channel) {
		if t.Last < from {
			continue
		}
		first := c.p.dayOf(max(t.First, from))
		if day.IsZero() || num(first) < num(day) {
			day = first
		}
	}
	return day
}

// Services counts the service contacts over a channel.
func (c *File) Services(channel record.Channel) int {
	n := 0
	for _, t := range c.rows(channel) {
		n += t.Contacts
	}
	return n
}

// Consented reports whether any consent was given by a day (TSP 2.01).
func (c *File) Consented(by record.Date) bool {
	first, found := c.firstConsent()
	return found && first <= num(by)
}

// AllowedOn reports whether a channel that needs consent was allowed on a day.
func (c *File) AllowedOn(channel record.Channel, day record.Date) bool {
	return covers(c.allowed(channel), num(day))
}
