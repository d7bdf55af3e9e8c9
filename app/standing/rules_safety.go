package standing

import (
	"fmt"
	"strings"

	"casekeep/assets"
	"casekeep/vault/record"
)

// emergencyCard: NASW 2.13.
func emergencyCard(c *File, _ assets.Standard) verdict {
	act := doing(record.FormEmergency)
	card := last(c.cards)
	switch {
	case card == nil:
		return open("There is no emergency card.", act)
	case strings.TrimSpace(card.Data.Services) == "":
		return open("The emergency card names no services where the client is.", act, card.ID)
	case card.Data.Shared.IsZero():
		return open("Nothing shows that the emergency numbers were shared with the client.", act, card.ID)
	case card.Data.Contact == "" && card.Data.Note == "":
		return open("The emergency card names nobody whom the client authorized, nor why there is nobody.", act, card.ID)
	}
	if moved := c.moved(card.Day); !moved.IsZero() {
		return stale(fmt.Sprintf("The emergency card is from %s; the client moved on %s.", card.Day.Long(), moved.Long()), act, card.ID)
	}
	return documented("The emergency card was shared with the client on "+card.Data.Shared.Long()+".", card.ID)
}

// moved gives the day after another one on which the client moved elsewhere,
// or the unknown day.
func (c *File) moved(since record.Date) record.Date {
	for _, s := range c.stays() {
		if s.days.from > num(since) && s.days.from <= num(c.day) {
			return dateOf(s.days.from)
		}
	}
	return record.Date{}
}

// interruption: NASW 2.12.
func interruption(c *File, s assets.Standard) verdict {
	if plan := last(c.interruptions); plan != nil && plan.Data.Told == "yes" {
		return documented("The client was told on "+plan.Data.On.Long()+" what to do when a contact breaks off.", plan.ID)
	}
	v := c.told(c.tell(s.ID), false)
	if v.status == Open {
		v.act = doing(record.FormInterruption)
	}
	return v
}

// consumerInformation: both parts of TSP 2.09.
func consumerInformation(c *File, s assets.Standard) verdict {
	parts := []verdict{profile(c.p, s)}
	for _, topic := range c.tell(s.ID) {
		if topic.Key == "interruption" {
			parts = append(parts, interruption(c, s))
			continue
		}
		if topic.Key == "emergencies" && len(c.cards) > 0 && !last(c.cards).Data.Shared.IsZero() {
			parts = append(parts, documented("What to do in a crisis was shared with the client.", last(c.cards).ID))
			continue
		}
		parts = append(parts, c.told(topicOnly(topic), false))
	}
	return together(parts...)
}

// breach: MS 3.4.C.4; TSP 3.10. The client is told of any breach, also of one
// whose probability of compromise was found low.
func breach(c *File, s assets.Standard) verdict {
	var parts []verdict
	if !c.screening() {
		parts = append(parts, c.told(c.tell(s.ID), false))
	}
	for _, i := range c.p.incidents {
		if !touched(i.Data, c.facts.Client.ID) {
			continue
		}
		if n := c.notice(i.ID); n != nil {
			parts = append(parts, documented("The client was told on "+n.Data.On.Long()+" of the incident discovered on "+i.Data.Discovered.Long()+".", n.ID))
			continue
		}
		v := open("The client was not yet told of the incident discovered on "+i.Data.Discovered.Long()+".", following(record.FormBreachNotice, i.ID), i.ID)
		v.by = i.Data.Discovered
		parts = append(parts, v)
	}
	if len(parts) == 0 {
		return notApplicable("No incident touches this record.")
	}
	return together(parts...)
}

func touched(i record.Incident, client record.ClientID) bool {
	for _, id := range i.Clients {
		if id == client {
			return true
		}
	}
	return false
}

// notice gives the entry that says that the client was told of an incident.
func (c *File) notice(incident record.EntryID) *entry[record.BreachNotice] {
	for i := range c.notices {
		if c.notices[i].About == incident {
			return &c.notices[i]
		}
	}
	return nil
}

// disclosure: TSP 3.08.
func disclosure(c *File, _ assets.Standard) verdict {
	contacts, without := c.thirds()
	if contacts == 0 && len(c.collaterals) == 0 {
		return notApplicable("Nobody else was spoken with. Each produced record is noted by itself.")
	}
	parts := []verdict{documented("Collateral contacts are on record with what may be said.", ids(c.collaterals)...)}
	if without > 0 {
		parts = append(parts, open(plural(without, "contact with a third person falls", "contacts with third persons fall")+
			" on days on which no release of information was in force.", doing(record.FormCollateral)))
	}
	for _, r := range c.releases() {
		if r.revoked.IsZero() && !r.replaced && c.active() {
			v := documented("A release for "+r.Data.Name+" is on record.", r.ID)
			parts = append(parts, v.renewedBy(r.Data.Expires, c.horizon, "It expires on "+r.Data.Expires.Long()+".", doing(record.FormCollateral)))
		}
	}
	return together(parts...)
}

// release is a release of information, with what became of it.
type release struct {
	entry[record.Collateral]
	revoked  record.Date // unknown: it was not
	replaced bool        // a later entry is about the same person
}

func (c *File) releases() []release {
	var all []release
	for i, e := range c.collaterals {
		if e.Data.Release != "yes" {
			continue
		}
		r := release{entry: e}
		for _, v := range c.revocations {
			if v.About == e.ID && (r.revoked.IsZero() || num(v.Data.On) < num(r.revoked)) {
				r.revoked = v.Data.On
			}
		}
		for _, later := range c.collaterals[i+1:] {
			if plainName(later.Data.Name) != plainName(e.Data.Name) {
				continue
			}
			r.replaced = true
			if later.Data.Release == "no" && r.revoked.IsZero() {
				r.revoked = later.Day // there is none any more
			}
		}
		all = append(all, r)
	}
	return all
}

// inForce gives the days on which a release was in force. The day on which it
// was revoked is not one of them.
func (r release) inForce() days {
	d := days{num(r.Data.Signed), never}
	if !r.Data.Expires.IsZero() {
		d.until = num(r.Data.Expires.Next())
	}
	if !r.revoked.IsZero() {
		d.until = min(d.until, num(r.revoked))
	}
	return d
}

// thirds counts the contacts with third persons, and those on days on which no
// release was in force.
func (c *File) thirds() (contacts, without int) {
	var force []days
	for _, r := range c.releases() {
		force = append(force, r.inForce())
	}
	gaps := outside(force)
	for _, t := range c.facts.Tally {
		if t.Kind != record.TallyThird {
			continue
		}
		contacts += t.Contacts
		for _, gap := range gaps {
			without += c.counted(t, gap)
		}
	}
	return contacts, without
}
