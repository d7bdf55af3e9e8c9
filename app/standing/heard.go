package standing

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casekeep/app/policy"
	"casekeep/vault/record"
)

// How much one person's decision about a topic shows.
const (
	heardNothing = iota
	heardUnknown // a text that is none of the practice's versions
	heardRefused // declined or withdrawn, where an agreement is asked for
	heardEarlier // an earlier version, or an earlier policy on paper
	heardCurrent
)

// hearing is what one person last decided about a topic.
type hearing struct {
	level    int
	decision string
	version  int // 0: an earlier policy from before Casekeep
	what     string
	on       record.Date // the unknown day only of what was decided before Casekeep
	about    string      // then: about when
	review   record.Date
	capacity string
	entry    record.EntryID
}

// hear gives what each decider last decided about a topic.
func (c *File) hear(topic string) []hearing {
	if known, ok := c.heard[topic]; ok {
		return known
	}
	all := make([]hearing, len(c.who))
	for i, d := range c.who {
		for _, a := range c.acks {
			if h, ok := c.read(a, topic, d); ok {
				all[i] = h
			}
		}
	}
	if c.heard == nil {
		c.heard = make(map[string][]hearing, len(c.p.topics))
	}
	c.heard[topic] = all
	return all
}

// read gives what an acknowledgment says of a topic, where a decider signed
// it.
func (c *File) read(a entry[record.Acknowledgment], topic string, d decider) (hearing, bool) {
	h := hearing{decision: a.Data.Decision, on: a.Data.On, about: a.Data.About, review: a.Data.ReviewBy, entry: a.ID}
	signed := false
	for _, s := range a.Data.Signers {
		if d.accepts(s, a.Data.On) {
			signed, h.capacity = true, s.Capacity
			break
		}
	}
	if !signed {
		return h, false
	}
	for _, ref := range a.Data.Policies {
		if ref.Topic == topic {
			h.what, h.version = ref.Title, c.p.version(topic, ref.Hash)
			h.level = c.level(topic, h.version)
			return h, true
		}
	}
	for _, earlier := range a.Data.Earlier {
		if earlier == topic {
			h.what, h.level = a.Data.EarlierWhat, heardEarlier
			if c.p.current(topic, c.day) == nil {
				h.level = heardCurrent // there is nothing newer to go through
			}
			return h, true
		}
	}
	return h, false
}

func (c *File) level(topic string, version int) int {
	current := c.p.current(topic, c.day)
	switch {
	case version == 0:
		return heardUnknown
	case current != nil && version < current.Data.Version:
		return heardEarlier
	}
	return heardCurrent
}

// best gives what a decider decided about the topic of several that shows
// most. Where an agreement is asked for, only one that was given shows it.
func (c *File) best(topics []policy.Topic, who int, agree bool) (hearing, policy.Topic) {
	var best hearing
	of := topics[0]
	for _, t := range slices.Backward(topics) {
		if c.p.current(t.Key, c.day) != nil {
			of = t // the first one with a text that can be gone through
		}
	}
	for _, t := range topics {
		h := c.hear(t.Key)[who]
		if agree && h.decision != "" && h.decision != record.Given {
			h.level = heardRefused
		}
		if h.level > best.level {
			best, of = h, t
		}
	}
	return best, of
}

// told judges whether every decider went through the current version of one of
// several topics. With agree set it must have been agreed to.
func (c *File) told(topics []policy.Topic, agree bool) verdict {
	if len(topics) == 0 {
		return notApplicable("The practice has nothing that this is about.")
	}
	if c.unnamedMembers() {
		return open("The members of "+c.facts.Client.Name+" are not on record, so nobody can say who was told.", Act{Page: "client", Label: "Add the members"})
	}
	parts := make([]verdict, 0, len(c.who))
	for i, d := range c.who {
		h, topic := c.best(topics, i, agree)
		parts = append(parts, c.toldOne(d, h, topic))
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return together(parts...)
}

func (c *File) unnamedMembers() bool {
	switch c.facts.Client.Kind {
	case record.Couple, record.Family, record.Group:
		return len(c.facts.Client.Members) == 0
	}
	return false
}

func (c *File) toldOne(d decider, h hearing, topic policy.Topic) verdict {
	act := doing(record.FormAcknowledgment)
	act.Topic = topic.Key
	switch h.level {
	case heardCurrent:
		return documented(d.name+" went through "+h.named()+" on "+h.day()+h.outcome()+".", h.entry)
	case heardEarlier:
		now := c.p.current(topic.Key, c.day)
		return stale(fmt.Sprintf("%s went through %s on %s; version %d is in effect since %s.", d.name, h.named(), h.day(),
			now.Data.Version, now.Data.Effective.Long()), act, h.entry)
	case heardRefused:
		return open(d.name+" has "+h.decision+" "+h.named()+" on "+h.day()+".", act, h.entry)
	case heardUnknown:
		return open("The text of "+h.what+" that "+d.name+" went through on "+h.day()+" is none of the practice’s versions.", act, h.entry)
	}
	if c.p.current(topic.Key, c.day) == nil {
		return open("The practice has no policy in effect: "+topic.Title+".", Act{Page: "policies", Topic: topic.Key, Label: "Write the policy"})
	}
	return open("Nothing shows that "+d.name+" went through it: "+topic.Title+".", act)
}

// day gives when it was decided, to be read after "on".
func (h hearing) day() string { return dayOr(h.on, h.about) }

func (h hearing) named() string {
	if h.version == 0 {
		return h.what + " (before Casekeep)"
	}
	return h.what + ", version " + strconv.Itoa(h.version) + ","
}

func (h hearing) outcome() string {
	if h.decision == record.Given {
		return ""
	}
	return " and has " + strings.ToLower(h.decision) + " it"
}
