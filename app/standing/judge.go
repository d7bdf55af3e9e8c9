package standing

import (
	"slices"
	"strings"

	"casekeep/assets"
	"casekeep/vault/record"
)

// Findings gives where the client's record stands: each duty once, sorted by
// what matters. The error is one of counting contacts, or of
// an entry that cannot be read.
func (c *File) Findings(count Counter) ([]Finding, error) {
	if err := c.readRest(); err != nil {
		return nil, err
	}
	var all []Finding
	err := c.counting(count, func() { all = c.findings() })
	return all, err
}

func (c *File) findings() []Finding {
	all := make([]Finding, 0, len(duties))
	seen := map[string]verdict{} // of rules that say the same of each of their duties
	for _, d := range duties {
		if d.rule.client == nil {
			all = append(all, c.fromBook(d))
			continue
		}
		v, known := seen[d.Rule]
		if !known {
			v = c.adjusted(d.rule, d.rule.client(c, d.Standard))
			if !d.rule.each {
				seen[d.Rule] = v
			}
		}
		all = append(all, v.finding(d))
	}
	elsewhere := c.elsewhere()
	for i, f := range all {
		if elsewhere && strings.HasPrefix(f.ID, mississippi) && f.Status != Outside {
			all[i] = Finding{ID: f.ID, Status: NotApplicable, Says: notThere, Book: f.Book}
		}
	}
	return sorted(all)
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

// fromBook gives what the practice's own book shows of a duty of the practice.
// The private journal is named in no client's standing (TSP 6.05).
func (c *File) fromBook(d duty) Finding {
	v := c.p.own[d.ID]
	if d.Rule == "journal" {
		v = notApplicable("It stands in the practice’s private journal, apart from every client’s record.")
	}
	f := v.finding(d)
	f.Book = true
	return f
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

// finding gives a verdict as a finding of one duty. Advice is never open.
func (v verdict) finding(d duty) Finding {
	f := Finding{ID: d.ID, Status: v.status, Says: v.says, By: v.by, Act: v.act}
	if d.Authority == assets.AuthorityAdvice && (v.status == Open || v.status == Due) {
		f.Status = Advised
	}
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

// Client gives the client whose record it is.
func (c *File) Client() record.Client { return c.facts.Client }
