package standing

import (
	"cmp"
	"slices"

	"casekeep/assets"
	"casekeep/vault/record"
)

// Findings gives where the client's record stands: each duty once, sorted by
// what matters. The error is one of counting contacts.
func (c *File) Findings(count Counter) ([]Finding, error) {
	var all []Finding
	err := c.counting(count, func() { all = c.findings() })
	return all, err
}

func (c *File) findings() []Finding {
	all := make([]Finding, 0, len(assets.Standards()))
	seen := map[string]verdict{} // of rules that say the same of each of their duties
	for _, s := range assets.Standards() {
		r := rules[s.Rule]
		if r.client == nil {
			all = append(all, c.fromBook(s))
			continue
		}
		v, known := seen[s.Rule]
		if !known {
			v = c.adjusted(r, r.client(c, s))
			if !r.each {
				seen[s.Rule] = v
			}
		}
		all = append(all, v.finding(s))
	}
	sortFindings(all)
	return all
}

// fromBook gives what the practice's own book shows of a duty of the practice.
// The private journal is named in no client's standing (TSP 6.05).
func (c *File) fromBook(s assets.Standard) Finding {
	v := c.p.own[s.ID]
	if s.Rule == "journal" {
		v = notApplicable("It stands in the practice’s private journal, apart from every client’s record.")
	}
	f := v.finding(s)
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
	for _, s := range assets.Standards() {
		v, ok := p.own[s.ID]
		if !ok {
			v = notApplicable("It is judged in each client’s record.")
		}
		f := v.finding(s)
		f.Book = true
		all = append(all, f)
	}
	sortFindings(all)
	return all
}

// finding gives a verdict as a finding of one duty. Advice is never open.
func (v verdict) finding(s assets.Standard) Finding {
	f := Finding{ID: s.ID, Status: v.status, Says: v.says, By: v.by, Act: v.act}
	if s.Authority == assets.AuthorityAdvice && (v.status == Open || v.status == Due) {
		f.Status = Advised
	}
	if len(v.evidence) > 0 {
		f.Evidence = slices.Clone(v.evidence)
		slices.Sort(f.Evidence)
		f.Evidence = slices.Compact(f.Evidence)
	}
	return f
}

// rank orders findings: by status, then by the authority of the document, then
// as the catalogue does.
var rank = func() map[string]int {
	authorities := []string{assets.AuthorityRule, assets.AuthorityModel, assets.AuthorityProfessional, assets.AuthorityAdvice}
	all := map[string]int{}
	for i, s := range assets.Standards() {
		all[s.ID] = slices.Index(authorities, s.Authority)*1000 + i
	}
	return all
}()

var order = func() map[Status]int {
	all := map[Status]int{}
	for i, s := range Statuses() {
		all[s] = i
	}
	return all
}()

func sortFindings(list []Finding) {
	slices.SortFunc(list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(order[a.Status], order[b.Status]), cmp.Compare(rank[a.ID], rank[b.ID]))
	})
}

// Client gives the client whose record it is.
func (c *File) Client() record.Client { return c.facts.Client }
