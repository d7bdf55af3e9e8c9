package standing

import (
	"strings"

	"casekeep/app/form"
	"casekeep/vault/record"
)

// renewalTasks: what is to be renewed or looked at again by a day.
func (c *File) renewalTasks() []Task {
	var all []Task
	add := func(t Task, by record.Date) {
		if by.IsZero() || num(by) > c.horizon {
			return
		}
		t.Due, t.Since = by, after(by, -Lead)
		all = append(all, t)
	}
	if a := last(c.acks); a != nil && a.Data.Decision == record.Given {
		add(Task{Key: key("review", a.ID), Title: "Go through the consents again", IDs: []string{"TSP 2.03"}, Icon: "document",
			Caption: "Given on " + dayOr(a.Data.On, a.Data.About), Act: doing(record.FormAcknowledgment)}, a.Data.ReviewBy)
	}
	for _, channel := range record.Channels() {
		if agreed, ok := c.Agreed(channel); ok {
			add(Task{Key: key("review", agreed.Entry, channel), Title: "Ask again: " + form.ChannelName(channel), IDs: []string{"TSP 4.03"},
				Caption: "Agreed on " + dayOr(agreed.Since, agreed.About), Icon: channelIcon(channel), Act: agreeing(channel)}, agreed.ReviewBy)
		}
	}
	for i, k := range c.consents {
		if k.Data.Decision == record.Given && !c.decidedLater(i) {
			add(Task{Key: key("consent", k.ID), Title: "Renew the consent: " + k.Data.What, IDs: []string{"NASW 2.22"}, Icon: "document",
				Caption: "Given on " + k.Data.On.Long(), Act: doing(record.FormConsent)}, k.Data.Expires)
		}
	}
	for _, r := range c.releases() {
		if r.revoked.IsZero() && !r.replaced {
			add(Task{Key: key("release", r.ID), Title: "Renew the release for " + r.Data.Name, IDs: []string{"TSP 3.08"}, Icon: "share",
				Caption: capital(r.Data.Relation) + "; signed on " + r.Data.Signed.Long(), Act: doing(record.FormCollateral)}, r.Data.Expires)
		}
	}
	if s := last(c.suitabilities); s != nil {
		add(Task{Key: key("suitability", s.ID), Title: "Assess again whether electronic services suit", IDs: []string{"TSP 2.07", "TSP 2.08"},
			Caption: "Assessed on " + s.Data.On.Long(), Icon: "person", Act: doing(record.FormSuitability)}, s.Data.Again)
	}
	if m := last(c.minors); m != nil {
		add(Task{Key: key("minor", m.ID), Title: "Look again at who decides", IDs: []string{"TSP 2.08"}, Icon: "people",
			Caption: "Noted on " + m.Day.Long(), Act: doing(record.FormMinor)}, m.Data.ReviewBy)
	}
	if p := last(c.plans); p != nil {
		add(Task{Key: key("plan", p.ID), Title: "Go through the safety plan again", IDs: []string{"NASW 2.13"}, Icon: "shield",
			Caption: "Agreed on " + p.Data.On.Long(), Act: doing(record.FormSafetyPlan)}, p.Data.ReviewBy)
	}
	if card := last(c.cards); card != nil {
		if moved := c.moved(card.Day); !moved.IsZero() {
			add(Task{Key: key("card", card.ID), Title: "Bring the emergency card up to date", IDs: []string{"NASW 2.13"}, Icon: "warning",
				Caption: "The client moved on " + moved.Long(), Act: doing(record.FormEmergency)}, moved)
		}
	}
	return all
}

// decidedLater reports whether a later consent is about the same.
func (c *File) decidedLater(at int) bool {
	for _, later := range c.consents[at+1:] {
		if later.Data.What == c.consents[at].Data.What {
			return true
		}
	}
	return false
}

// policyTasks: what the client has not gone through. Where nothing was, it is
// one task; a new version is one task for each policy, over all clients.
func (c *File) policyTasks() []Task {
	if c.screening() {
		return nil
	}
	var all []Task
	missing := map[string]bool{} // who
	topics := 0
	for _, t := range c.p.topics {
		now := c.p.current(t.Key, c.day)
		if now == nil || !t.ByClients {
			continue
		}
		lacks, earlier := false, false
		for i, h := range c.hear(t.Key) {
			switch h.level {
			case heardNothing, heardUnknown:
				lacks, missing[c.who[i].name] = true, true
			case heardEarlier:
				earlier = true
			}
		}
		switch {
		case lacks:
			topics++
		case earlier:
			all = append(all, c.versionTask(now.Data))
		}
	}
	return append(all, c.toldTask(topics, missing)...)
}

func (c *File) versionTask(v record.PolicyVersion) Task {
	act := doing(record.FormAcknowledgment)
	act.Topic = v.Topic
	group := key("policy", v.Topic, v.Version)
	return Task{
		Key: key(group, c.facts.Client.ID), Title: "Go through the new version: " + v.Title, Since: v.Effective, Icon: "document",
		Caption: "In effect since " + v.Effective.Long(), IDs: []string{"TSP 5.01"}, Act: act, group: group,
	}
}

// toldTask: policies that were not gone through, or services without consent.
func (c *File) toldTask(topics int, missing map[string]bool) []Task {
	services := c.contacts(record.TallyService)
	_, consented := c.firstConsent()
	unconsented := services > 0 && !consented
	if topics == 0 && !unconsented {
		return nil
	}
	t := Task{
		Key: key("told", c.facts.Client.ID), Title: "Go through " + plural(topics, "policy", "policies"), IDs: []string{"TSP 2.01", "TSP 5.01"},
		Since: c.began(), Icon: "document", Act: doing(record.FormAcknowledgment), group: "told",
	}
	if topics == 0 {
		t.Title = "Obtain consent to services"
	}
	switch {
	case unconsented:
		t.Caption = capital(plural(services, "service contact", "service contacts")) + " and no consent on record"
	case len(c.who) > 1:
		var names []string
		for _, d := range c.who {
			if missing[d.name] {
				names = append(names, d.name)
			}
		}
		t.Caption = "Not yet: " + strings.Join(names, ", ")
	default:
		t.Caption = "Nothing shows yet that they were gone through"
	}
	return []Task{t}
}
