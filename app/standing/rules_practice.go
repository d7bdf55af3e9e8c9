package standing

import (
	"fmt"
	"strings"

	"casekeep/app/policy"
	"casekeep/assets"
	"casekeep/vault/record"
)

func topicOnly(t policy.Topic) []policy.Topic { return []policy.Topic{t} }

func reviewing() Act { return doing(record.FormReview) }

// yearly judges whether a review is on record that is not older than a year,
// or whose own next date lies ahead.
func (p *Practice) yearly(what, of string) verdict {
	r := p.review(what)
	if r == nil {
		return open("No review of "+of+" is on record.", reviewing())
	}
	v := documented(capital(of)+" was reviewed on "+r.Data.On.Long()+".", r.ID)
	by := nextReview(r.Data)
	return v.renewedBy(by, p.horizon, "The next review is due by "+by.Long()+".", reviewing())
}

// reviewed judges whether the policy of a topic is on record and was looked at
// within a year (TIP 5).
func (p *Practice) reviewed(topic string) verdict {
	t, _ := policy.Find(topic)
	current := p.current(topic, p.Today)
	if current == nil {
		return open("The practice has no policy in effect: "+t.Title+".", Act{Page: "policies", Topic: topic, Label: "Write the policy"})
	}
	if n := current.Data.Gaps; n > 0 {
		return open(fmt.Sprintf("%s: version %d is in effect, and %s of it %s not filled in.", t.Title, current.Data.Version, plural(n, "place", "places"),
			map[bool]string{true: "is", false: "are"}[n == 1]), Act{Page: "policies", Topic: topic, Label: "Fill it in"}, current.ID)
	}
	v := documented(fmt.Sprintf("%s: version %d, in effect since %s.", t.Title, current.Data.Version, current.Data.Effective.Long()), current.ID)
	by := p.reviewPolicyBy(*current)
	if r := p.reviewOf(current.ID); r != nil {
		v.evidence = append(v.evidence, r.ID)
	}
	return v.renewedBy(by, p.horizon, "It is to be reviewed by "+by.Long()+".", Act{Page: "policies", Topic: topic, Label: "Review the policy"})
}

// reviewPolicyBy gives the day by which a version is to be looked at: a year
// after it took effect, or after it was last looked at and left as it is.
func (p *Practice) reviewPolicyBy(v entry[record.PolicyVersion]) record.Date {
	by := policy.ReviewBy(v.Data.Effective)
	if r := p.reviewOf(v.ID); r != nil && num(r.Data.On) >= num(v.Data.Effective) {
		by = nextReview(r.Data)
	}
	return by
}

// reviewOf gives the latest review of one version of a policy, or nil.
func (p *Practice) reviewOf(version record.EntryID) *entry[record.Review] {
	var latest *entry[record.Review]
	for i := range p.reviews {
		r := &p.reviews[i]
		if r.Data.What == "policy" && r.About == version && (latest == nil || num(latest.Data.On) <= num(r.Data.On)) {
			latest = r
		}
	}
	return latest
}

// nextReview gives the day that a review names, else one a year later.
func nextReview(r record.Review) record.Date {
	if !r.Next.IsZero() {
		return r.Next
	}
	return policy.ReviewBy(r.On)
}

// policiesOwn judges the policies that tell a duty, over the practice's book.
func policiesOwn(p *Practice, s assets.Standard) verdict {
	topics := p.informs[s.ID]
	if len(topics) == 0 {
		return notApplicable("The practice has not said that it does what this is about.")
	}
	parts := make([]verdict, len(topics))
	for i, t := range topics {
		parts[i] = p.reviewed(t.Key)
	}
	return together(parts...)
}

func socialMediaOwn(p *Practice, _ assets.Standard) verdict {
	if p.Settings.SocialMedia != "yes" {
		return notApplicable("The practice has not said that it uses social media.")
	}
	return p.reviewed("social-media")
}

func ethicsReview(p *Practice, _ assets.Standard) verdict {
	return p.yearly("ethics", "your ethical use of technology")
}

// protection: MS 3.4.C.2; TSP 3.02; NASW 2.07; TIP 7.
func protection(p *Practice, _ assets.Standard) verdict {
	v := p.yearly("protection", "encryption, passwords, firewall and antivirus")
	v.says = "Records are sealed in this vault. " + v.says
	return v
}

// ownPresence: TSP 1.10; TIP 3.
func ownPresence(p *Practice, _ assets.Standard) verdict {
	return p.yearly("online-presence", "what is online about you")
}

// competence: TSP 1.01, 1.02; NASW 2.06, 2.23.
func competence(p *Practice, _ assets.Standard) verdict {
	latest := last(p.trainings)
	if latest == nil {
		return open("No training in the use of technology is on record.", doing(record.FormCompetence))
	}
	v := documented("The latest training was on "+latest.Data.On.Long()+": "+latest.Data.Course+".", ids(p.trainings)...)
	return v.renewedBy(latest.Data.Again, p.horizon, "To be done again by "+latest.Data.Again.Long()+".", doing(record.FormCompetence))
}

// supervisionSkill: TSP 1.08, 4.12.
func supervisionSkill(p *Practice, s assets.Standard) verdict {
	tag := map[string]string{"TSP 1.08": "supervising-services", "TSP 4.12": "supervising-remotely"}[s.ID]
	for _, t := range p.trainings {
		for _, has := range t.Data.Tags {
			if has == tag {
				return documented("Prepared by "+t.Data.Course+" on "+t.Data.On.Long()+".", t.ID)
			}
		}
	}
	for _, c := range p.consultations {
		if c.Data.Kind == "supervision-given" {
			return open("Supervision was given on "+c.Data.On.Long()+", and no training that prepares for it is on record.", doing(record.FormCompetence), c.ID)
		}
	}
	return notApplicable("No supervision that you gave is on record.")
}

// supervisionPlace: TSP 4.13.
func supervisionPlace(c *File, _ assets.Standard) verdict {
	return placed(append(c.consultations[:len(c.consultations):len(c.consultations)], c.p.consultations...))
}

func supervisionPlaceOwn(p *Practice, _ assets.Standard) verdict { return placed(p.consultations) }

func placed(list []entry[record.Consultation]) verdict {
	var found, missing []record.EntryID
	for _, c := range list {
		switch {
		case !strings.HasPrefix(c.Data.Kind, "supervision"):
		case c.Data.Jurisdiction == "":
			missing = append(missing, c.ID)
		default:
			found = append(found, c.ID)
		}
	}
	switch {
	case len(missing) > 0:
		return open("A supervision on record does not say the state of the supervised person.", doing(record.FormConsultation), missing...)
	case len(found) > 0:
		return documented("Each supervision on record says the state of the supervised person.", found...)
	}
	return notApplicable("No supervision is on record.")
}

// consultation: TSP 1.07.
func consultation(c *File, _ assets.Standard) verdict {
	if len(c.consultations) > 0 {
		return documented("Advice on this client was sought on "+last(c.consultations).Data.On.Long()+".", ids(c.consultations)...)
	}
	return notApplicable("It applies when you need advice; none on this client is on record.")
}

func consultationOwn(p *Practice, _ assets.Standard) verdict {
	if len(p.consultations) > 0 {
		return documented("The latest consultation was on "+last(p.consultations).Data.On.Long()+".", ids(p.consultations)...)
	}
	return notApplicable("It applies when you need advice; none is on record.")
}

// consultationSafe: NASW 2.18.
func consultationSafe(c *File, _ assets.Standard) verdict { return safely(c.consultations) }

func consultationSafeOwn(p *Practice, _ assets.Standard) verdict { return safely(p.consultations) }

func safely(list []entry[record.Consultation]) verdict {
	for _, c := range list {
		if c.Data.Safe != "yes" {
			return open("The consultation of "+c.Data.On.Long()+" did not take place over a safe channel.", doing(record.FormConsultation), c.ID)
		}
	}
	if len(list) == 0 {
		return notApplicable("No consultation is on record.")
	}
	return documented("Each consultation on record took place over a safe channel.", ids(list)...)
}

// journal: TSP 6.05. Its entries are named in the practice's own standing
// alone.
func journal(p *Practice, _ assets.Standard) verdict {
	if len(p.journal) == 0 {
		return notApplicable("It applies when a colleague’s practice is unsafe; the private journal has no entry.")
	}
	return documented("What you noted stands in the private journal.", ids(p.journal)...)
}

// profile: the practice's own part of TSP 2.09.
func profile(p *Practice, _ assets.Standard) verdict {
	var missing []string
	need := func(name string, has bool) {
		if !has {
			missing = append(missing, name)
		}
	}
	r := p.Settings.Regulator
	need("a license", len(p.licenses) > 0 || p.Settings.License != "")
	need("the board’s name", r.Name != "")
	need("its address", r.Address != "")
	need("its telephone", r.Phone != "")
	need("its email", r.Email != "")
	need("its site", r.Site != "")
	if len(missing) > 0 {
		return open("The practice’s profile lacks "+list(missing)+".", Act{Page: "practice", Label: "Complete the profile"})
	}
	return documented("The practice’s profile has its license, its board, and where to complain.", ids(p.licenses)...)
}
