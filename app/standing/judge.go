package standing

import (
	"slices"
	"strings"

	"casekeep/assets"
	"casekeep/vault/record"
)

// Findings gives where the client's record stands: each duty once, sorted by
// what matters. The error is one of counting contacts, or of an entry that
// cannot be read.
func (c *File) Findings(count Counter) ([]Finding, error) {
	all := make([]Finding, 0, len(duties))
	err := c.judge(count, func(d duty, v verdict) {
		f := v.finding(d)
		f.Book = d.rule.client == nil
		all = append(all, f)
	})
	return sorted(all), err
}

// Summary counts the statuses of the duties of the client's own record, and
// gives the finding that matters most. The error is as of Findings.
func (c *File) Summary(count Counter) (counts map[Status]int, first Finding, err error) {
	counts = make(map[Status]int, len(Statuses()))
	var of duty
	var most verdict
	err = c.judge(count, func(d duty, v verdict) {
		if d.rule.client == nil {
			return
		}
		status := v.of(d)
		counts[status]++
		if of.ID == "" || slices.Index(Statuses(), status) < slices.Index(Statuses(), most.of(of)) {
			of, most = d, v
		}
	})
	return counts, most.finding(of), err
}

// judge gives the verdict on each duty, in the order of the catalogue.
func (c *File) judge(count Counter, say func(duty, verdict)) error {
	c.readRest()
	return c.counting(count, func() {
		seen := map[string]verdict{} // of rules that say the same of each of their duties
		elsewhere := c.elsewhere()
		for _, d := range duties {
			v, known := seen[d.Rule]
			switch {
			case elsewhere && strings.HasPrefix(d.ID, mississippi) && !d.Outside():
				v = notApplicable(notThere)
			case d.rule.client == nil:
				v = c.fromBook(d)
			case !known:
				v = c.adjusted(d.rule, d.rule.client(c, d.Standard))
				if !d.rule.each {
					seen[d.Rule] = v
				}
			}
			say(d, v)
		}
	})
}

// fromBook gives what the practice's own book shows of a duty of the practice.
// The private journal is named in no client's standing (TSP 6.05).
func (c *File) fromBook(d duty) verdict {
	if d.Rule == "journal" {
		return notApplicable("It stands in the practice’s private journal, apart from every client’s record.")
	}
	return c.p.own[d.ID]
}

// The rule of Mississippi binds who practices there, or serves a client there.
const (
	mississippi = "MS "
	notThere    = "It binds in Mississippi, where neither you nor the client is."
)

// elsewhere reports whether neither the practitioner nor the client was ever
// in Mississippi, as far as it is on record where they are.
func (c *File) elsewhere() bool {
	if !c.p.elsewhere() {
		return false
	}
	stays := c.stays()
	for _, s := range stays {
		if s.jurisdiction == "US-MS" {
			return false
		}
	}
	return len(stays) > 0
}

// elsewhere reports whether the practice is known to work from another state,
// and has no license in Mississippi.
func (p *Practice) elsewhere() bool {
	_, licensed := p.reach["US-MS"]
	return p.Settings.Jurisdiction != "" && p.Settings.Jurisdiction != "US-MS" && !licensed
}

// adjusted makes of a verdict what is owed as the client stands: before
// services begin a client owes less, and a closed record is not renewed.
func (c *File) adjusted(r rule, v verdict) verdict {
	owing := v.status == Open || v.status == Due
	switch {
	case owing && !r.early && c.screening():
		return notApplicable("It is owed when services begin; the client is being screened.")
	case v.status == Due && v.renewal && !c.active():
		v.status, v.act = Documented, Act{}
		v.says += " The record is closed: nothing is renewed."
	}
	return v
}

// Findings gives where the practice itself stands: each duty once, sorted by
// what matters.
func (p *Practice) Findings() []Finding { return p.findings }

func (p *Practice) judge() []Finding {
	var all []Finding
	for _, d := range duties {
		v, ok := p.own[d.ID]
		if !ok {
			v = notApplicable("It is judged in each client’s record.")
		}
		if p.elsewhere() && strings.HasPrefix(d.ID, mississippi) && v.status != Outside {
			v = notApplicable("It binds in Mississippi, where you do not work.")
		}
		f := v.finding(d)
		f.Book = true
		all = append(all, f)
	}
	return sorted(all)
}

// of gives the status of one duty. Advice is never open.
func (v verdict) of(d duty) Status {
	if d.Authority == assets.AuthorityAdvice && (v.status == Open || v.status == Due) {
		return Advised
	}
	return v.status
}

// finding gives a verdict as a finding of one duty.
func (v verdict) finding(d duty) Finding {
	f := Finding{ID: d.ID, Status: v.of(d), Says: v.says, By: v.by, Act: v.act}
	if len(v.evidence) > 0 {
		f.Evidence = slices.Clone(v.evidence)
		slices.Sort(f.Evidence)
		f.Evidence = slices.Compact(f.Evidence)
	}
	return f
}

// sorted puts findings in the order of their statuses; those of one status
// stay in the order of the catalogue.
func sorted(list []Finding) []Finding {
	all := make([]Finding, 0, len(list))
	for _, status := range Statuses() {
		for _, f := range list {
			if f.Status == status {
				all = append(all, f)
			}
		}
	}
	return all
}

// Facts gives what is on record.
func (c *File) Facts() record.Facts { return c.facts }

// Client gives the client whose record it is.
func (c *File) Client() record.Client { return c.facts.Client }
