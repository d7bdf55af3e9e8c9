package standing

import (
	"fmt"
	"slices"
	"strings"

	"casekeep/assets"
	"casekeep/vault/record"
)

// told: TSP 2.02, 2.05, 3.01, 3.06, 4.04, 5.01, 5.03; MS 3.4.C.1,
// C.3; NASW 2.03, 2.04; TIP 6.
func told(c *File, s assets.Standard) verdict {
	v := c.told(c.tell(s.ID), false)
	if s.ID != "NASW 2.03" {
		return v
	}
	v.evidence = append(v.evidence, ids(c.reports)...)
	return v
}

// agreement: TSP 3.05.
func agreement(c *File, s assets.Standard) verdict { return c.told(c.tell(s.ID), true) }

// groupTold: TSP 3.07.
func groupTold(c *File, s assets.Standard) verdict {
	switch c.facts.Client.Kind {
	case record.Couple, record.Family, record.Group:
		return c.told(c.tell(s.ID), false)
	}
	return notApplicable("It is about couples, families and groups; this client is none.")
}

// paymentsTold: TIP 9.
func paymentsTold(c *File, s assets.Standard) verdict {
	if c.p.Settings.EPayments != "yes" {
		return notApplicable("The practice has not said that it takes electronic payments.")
	}
	return c.told(c.tell(s.ID), false)
}

// socialMedia: NASW 2.10; TIP 5.
func socialMedia(c *File, s assets.Standard) verdict {
	if c.p.Settings.SocialMedia != "yes" {
		return notApplicable("The practice has not said that it uses social media.")
	}
	return together(c.told(c.tell("NASW 2.10"), false), c.p.reviewed("social-media"))
}

// contactsRecorded: TSP 5.02. It says through which day contacts are on
// record, never that all are.
func contactsRecorded(c *File, s assets.Standard) verdict {
	v := c.told(c.tell(s.ID), false)
	var latest record.EntryID
	for _, t := range c.facts.Tally {
		latest = max(latest, t.Last)
	}
	if latest == 0 {
		v.says += " No contact is on record yet."
		return v
	}
	v.says += " Contacts are recorded through " + c.p.dayOf(latest).Long() + "."
	if v.status == Documented {
		v.evidence = append(v.evidence, latest)
	}
	return v
}

// consent: TSP 2.01.
func consent(c *File, _ assets.Standard) verdict {
	parts := []verdict{c.agreed()}
	if before := c.beforeConsent(); before > 0 {
		text := plural(before, "service contact", "service contacts") + " took place before any consent was given; it stays flagged."
		parts = append(parts, open(text, Act{}))
	}
	if len(c.minors) > 0 {
		parts = append(parts, documented("Who decides for a minor is on record.", last(c.minors).ID))
	}
	return together(parts...)
}

// serviceTopic is the policy whose agreement is the consent to services.
const serviceTopic = "informed-consent"

// agreed judges whether each decider, able to decide, agreed to the services.
func (c *File) agreed() verdict {
	if c.unnamedMembers() {
		return open("The members of "+c.facts.Client.Name+" are not on record, so nobody can say who consents.", Act{Page: "client", Label: "Add the members"})
	}
	act := doing(record.FormAcknowledgment)
	act.Topic = serviceTopic
	var parts []verdict
	for i, d := range c.who {
		parts = append(parts, c.agreedOne(d, c.hear(serviceTopic)[i], act))
	}
	return together(parts...)
}

func (c *File) agreedOne(d decider, h hearing, act Act) verdict {
	if h.level > heardUnknown && h.decision != record.Given {
		return open(capital(d.name)+" has "+h.decision+" the consent to services on "+h.day()+".", act, h.entry)
	}
	switch {
	case h.level == heardNothing && c.cameOfAge():
		return stale(capital(d.name)+" consents alone since the birthday of "+c.ofAge(c.facts.Client.Born).Long()+", and has not consented since.",
			act, ids(c.acks)...)
	case h.level == heardNothing:
		return open("Nothing shows that "+d.name+" consented to services.", act)
	case h.level == heardUnknown:
		return open("The text of "+h.what+" that "+d.name+" agreed to on "+h.day()+" is none of the practice’s versions.", act, h.entry)
	case h.capacity != "yes":
		return open("It is not on record that "+d.name+" was judged able to consent on "+h.day()+".", act, h.entry)
	case h.level == heardEarlier:
		now := c.p.current(serviceTopic, c.day)
		return stale(fmt.Sprintf("%s consented on %s to %s; version %d is in effect since %s.", capital(d.name), h.day(),
			strings.TrimSuffix(h.named(), ","), now.Data.Version, now.Data.Effective.Long()), act, h.entry)
	}
	v := documented(capital(d.name)+" consented on "+h.day()+" to "+strings.TrimSuffix(h.named(), ",")+".", h.entry)
	return v.renewedBy(h.review, c.horizon, "It was to be gone through again by "+h.review.Long()+".", act)
}

// cameOfAge reports whether the client came of age while somebody else's
// consent was on record.
func (c *File) cameOfAge() bool {
	of := c.ofAge(c.facts.Client.Born)
	if of.IsZero() || c.underAge(c.facts.Client.Born) || c.facts.Client.Kind != record.Individual {
		return false
	}
	for _, a := range c.acks {
		if num(a.Data.On) < num(of) && a.Data.Decision == record.Given {
			return true
		}
	}
	return false
}

// firstConsent gives from when on the client had consented to any policy, and
// whether that ever was. A consent from before Casekeep of which nobody knows
// the day comes before all contacts: nobody has to invent one.
func (c *File) firstConsent() (from int, found bool) {
	for _, a := range c.acks {
		if a.Data.Decision == record.Given {
			return num(a.Data.On), true
		}
	}
	return never, false
}

// beforeConsent counts the service contacts before the first consent.
func (c *File) beforeConsent() int {
	first, _ := c.firstConsent()
	before := days{always, first}
	n := 0
	for _, t := range c.facts.Tally {
		if t.Kind == record.TallyService {
			n += c.counted(t, before)
		}
	}
	return n
}

// discussion: TSP 2.03.
func discussion(c *File, _ assets.Standard) verdict {
	act := doing(record.FormAcknowledgment)
	if len(c.acks) == 0 {
		return open("Nothing shows that the policies were explained and questions answered.", act)
	}
	var found []entry[record.Acknowledgment]
	for _, a := range c.acks {
		if a.Data.Language != "" || a.Data.Interpreter != "" || a.Data.Questions != "" {
			found = append(found, a)
		}
	}
	latest := last(found)
	if latest == nil {
		return open("No acknowledgment says in which language it was gone through, or what was asked.", act, ids(c.acks)...)
	}
	said := "Gone through on " + dayOr(latest.Data.On, latest.Data.About)
	if latest.Data.Language != "" {
		said += " in " + latest.Data.Language
	}
	if latest.Data.Interpreter != "" {
		said += ", interpreted by " + latest.Data.Interpreter
	}
	if latest.Data.Questions != "" {
		said += "; what was asked is on record"
	}
	v := documented(said+".", ids(found)...)
	by := last(c.acks).Data.ReviewBy
	return v.renewedBy(by, c.horizon, "To be gone through again by "+by.Long()+".", act)
}

// evaluationConsent: NASW 2.22.
func evaluationConsent(c *File, _ assets.Standard) verdict {
	var list []entry[record.Consent]
	for _, k := range c.consents {
		if k.Data.What == "evaluation" {
			list = append(list, k)
		}
	}
	if len(list) == 0 {
		return notApplicable("No evaluation with technology is on record.")
	}
	var parts []verdict
	for _, d := range c.who {
		parts = append(parts, c.evaluated(d, list))
	}
	return together(parts...)
}

// evaluated judges what one decider last said to an evaluation.
func (c *File) evaluated(d decider, list []entry[record.Consent]) verdict {
	act := doing(record.FormConsent)
	for _, k := range slices.Backward(list) {
		at := slices.IndexFunc(k.Data.Signers, func(s record.Signer) bool { return d.accepts(s, k.Data.On) })
		switch {
		case at < 0:
			continue
		case k.Data.Decision != record.Given:
			return documented(capital(d.name)+" has "+k.Data.Decision+" it on "+k.Data.On.Long()+".", k.ID)
		case k.Data.Signers[at].Capacity != "yes":
			return open("It is not on record that "+d.name+" was judged able to consent on "+k.Data.On.Long()+".", act, k.ID)
		}
		v := documented(capital(d.name)+" consented on "+k.Data.On.Long()+".", k.ID)
		return v.renewedBy(k.Data.Expires, c.horizon, "It ends on "+k.Data.Expires.Long()+".", act)
	}
	return open("Nothing shows that "+d.name+" consented to the evaluation.", act, ids(list)...)
}
