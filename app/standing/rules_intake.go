package standing

import (
	"fmt"
	"strings"

	"casekeep/assets"
	"casekeep/vault/record"
)

// identity: TSP 2.04.
func identity(c *File, _ assets.Standard) verdict {
	act := doing(record.FormIdentity)
	latest := last(c.identities)
	switch {
	case latest == nil:
		return open("Identity and location were not verified."+c.confirmed(), act)
	case latest.Data.Verified == "yes":
		return documented("Verified on "+latest.Data.On.Long()+": "+latest.Data.Seen+", "+latest.Data.How+"."+c.confirmed(), latest.ID)
	case latest.Data.Limits == "yes":
		return documented("It could not be verified, and the limits that follow were explained on "+latest.Data.On.Long()+"."+c.confirmed(), latest.ID)
	}
	return open("It could not be verified, and nothing shows that the limits that follow were explained.", act, latest.ID)
}

// confirmed says on how many remote contacts the identity was confirmed.
func (c *File) confirmed() string {
	remote, confirmed := 0, 0
	for _, t := range c.facts.Tally {
		if t.Channel.Remote() && t.Kind == record.TallyService {
			remote, confirmed = remote+t.Contacts, confirmed+t.Confirmed
		}
	}
	if remote == 0 {
		return ""
	}
	return fmt.Sprintf(" It was confirmed on %d of %s.", confirmed, plural(remote, "remote contact", "remote contacts"))
}

// identityAndEthics: both parts of NASW 2.01.
func identityAndEthics(c *File, s assets.Standard) verdict {
	return together(identity(c, s), c.p.yearly("ethics", "your ethical use of technology"))
}

// suitability: TSP 1.05, 2.07, 2.08; NASW 2.05.
func suitability(c *File, s assets.Standard) verdict {
	act := doing(record.FormSuitability)
	latest := last(c.suitabilities)
	if latest == nil {
		return together(open("It was not assessed whether electronic services suit this client.", act), c.minorDecided(s))
	}
	d := latest.Data
	outcome := map[string]string{"electronic": "electronic services suit", "in-person-first": "in person first", "refer": "refer"}[d.Outcome]
	v := documented("Assessed on "+d.On.Long()+": "+outcome+".", latest.ID)
	v = v.renewedBy(d.Again, c.horizon, "To be assessed again by "+d.Again.Long()+".", act)
	parts := []verdict{v}
	switch {
	case s.ID == "TSP 1.05" && d.Outcome == "refer":
		parts = append(parts, c.referred())
	case s.ID == "TSP 2.08":
		parts = append(parts, c.firstTookPlace(*latest), c.minorDecided(s))
	case s.ID == "NASW 2.05" && (strings.TrimSpace(d.Strengths) == "" || strings.TrimSpace(d.Risks) == ""):
		parts = append(parts, open("The assessment of "+d.On.Long()+" does not weigh strengths and risks.", act, latest.ID))
	}
	return together(parts...)
}

// referred judges whether the client was referred.
func (c *File) referred() verdict {
	if r := last(c.referrals); r != nil {
		return documented("Referred to "+r.Data.To+" on "+r.Data.On.Long()+".", r.ID)
	}
	return open("A referral was decided on, and none is on record.", doing(record.FormReferral))
}

// firstTookPlace judges whether the first consultation that an assessment asks
// for is on record.
func (c *File) firstTookPlace(s entry[record.Suitability]) verdict {
	first := map[string]record.Channel{"in-person": record.InPerson, "video": record.Video, "phone": record.Call}[s.Data.First]
	if s.Data.Outcome == "in-person-first" {
		first = record.InPerson
	}
	if first == "" {
		return notApplicable("")
	}
	for _, t := range c.facts.Tally {
		if t.Channel == first && t.Kind != record.TallyThird {
			return documented("The first consultation that it asks for is on record.", t.First)
		}
	}
	name := map[record.Channel]string{record.InPerson: "in person", record.Video: "by video", record.Call: "by telephone"}[first]
	return open("The assessment asks for a first consultation "+name+", and none is on record.", Act{Page: "log", Channel: first, Label: "Log a contact"}, s.ID)
}

// minorDecided judges, for TSP 2.08, whether it is on record who decides for a
// client below the age of consent.
func (c *File) minorDecided(s assets.Standard) verdict {
	if s.ID != "TSP 2.08" || !c.underAge(c.facts.Client.Born) || c.facts.Client.Kind != record.Individual {
		return notApplicable("")
	}
	m := last(c.minors)
	if m == nil {
		return open("The client is below the age of consent, and it is not on record who decides.", doing(record.FormMinor))
	}
	v := documented("Who decides for a minor is on record.", m.ID)
	return v.renewedBy(m.Data.ReviewBy, c.horizon, "To be looked at again by "+m.Data.ReviewBy.Long()+".", doing(record.FormMinor))
}

// preference: TSP 1.06.
func preference(c *File, _ assets.Standard) verdict {
	latest := last(c.intakes)
	if latest == nil {
		return open("It was not asked how the client wants to be served.", doing(record.FormIntake))
	}
	if latest.Data.Preference != "in-person" {
		return documented("Asked on "+latest.Data.On.Long()+": electronic services are welcome.", latest.ID)
	}
	if len(c.referrals) > 0 {
		return together(documented("The client prefers to be served in person.", latest.ID), c.referred())
	}
	for _, t := range c.facts.Tally {
		if t.Kind == record.TallyService && t.Channel.Remote() && t.Last >= latest.ID {
			return open("The client prefers to be served in person, was served electronically since, and was not referred.", doing(record.FormReferral), latest.ID)
		}
	}
	return documented("The client prefers to be served in person, and was not served electronically since.", latest.ID)
}

// communicationNeeds: TSP 1.03, 1.04.
func communicationNeeds(c *File, s assets.Standard) verdict {
	act := doing(record.FormIntake)
	intake, assessed := last(c.intakes), last(c.suitabilities)
	if s.ID == "TSP 1.03" {
		switch {
		case intake != nil && intake.Data.Culture != "":
			return documented("Noted at the intake of "+intake.Data.On.Long()+".", intake.ID)
		case assessed != nil && assessed.Data.Culture != "" && assessed.Data.Language != "":
			return documented("Culture and language were judged on "+assessed.Data.On.Long()+".", assessed.ID)
		}
		return open("Nothing is on record of culture and language.", act)
	}
	switch {
	case intake != nil && intake.Data.Needs != "":
		return documented("Noted at the intake of "+intake.Data.On.Long()+".", intake.ID)
	case assessed != nil && assessed.Data.Skill != "" && assessed.Data.Disability != "":
		return documented("Skill with the technology and disability were judged on "+assessed.Data.On.Long()+".", assessed.ID)
	case c.facts.Client.Needs != "":
		return documented("What helps communication stands above the record.")
	}
	return open("Nothing is on record of what helps communication.", act)
}

// prior: TSP 4.01, 4.02, 4.11.
func prior(c *File, _ assets.Standard) verdict {
	latest := last(c.intakes)
	if latest == nil {
		return open("It was not asked whether there is a tie outside the work.", doing(record.FormIntake))
	}
	v := documented("Asked on "+latest.Data.On.Long()+": no tie outside the work.", latest.ID)
	if latest.Data.Prior == "yes" {
		v = documented("Asked on "+latest.Data.On.Long()+": there is a tie, and what was decided is on record.", latest.ID)
		if strings.TrimSpace(latest.Data.Decided) == "" {
			v = open("There is a tie outside the work, and it is not on record what was decided.", doing(record.FormIntake), latest.ID)
		}
	}
	for _, b := range c.boundaries {
		if b.Data.What == "dual" {
			v = together(v, documented("A double relationship was noted on "+b.Data.On.Long()+": "+strings.ReplaceAll(b.Data.Decision, "-", " ")+".", b.ID))
		}
	}
	return v
}

// contactRequests: TSP 4.10; TIP 1.
func contactRequests(c *File, s assets.Standard) verdict {
	parts := []verdict{c.told(c.tell(s.ID), false)}
	for _, b := range c.boundaries {
		if b.Data.What != "social-request" {
			continue
		}
		day := b.Data.On.Long()
		switch {
		case b.Data.Decision != "accepted":
			parts = append(parts, documented("A request of "+day+" was not accepted.", b.ID))
		case strings.TrimSpace(b.Data.Exception) != "":
			parts = append(parts, documented("A request of "+day+" was accepted, with the reason for the exception.", b.ID))
		default:
			parts = append(parts, open("A request of "+day+" was accepted, without the reason for an exception.", doing(record.FormBoundary), b.ID))
		}
	}
	return together(parts...)
}
