package sheet

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app/form"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// pick is one of many answers, from a menu.
type pick struct {
	values  []string
	box     *kit.Select
	problem *kit.Text
	body    *fyne.Container
}

func newPick(label, help string, labels, values []string, changed func()) *pick {
	p := &pick{values: values, problem: kit.NewSmall("").Color(look.Red)}
	p.box = kit.NewSelect(label, labels, -1, func(int) {
		p.fail("")
		changed()
	}).Empty("Choose")
	p.problem.Hide()
	p.body = kit.Column(4, p.box, p.problem)
	if help != "" {
		p.body.Add(kit.NewSmall(help))
	}
	return p
}

func (p *pick) content() fyne.CanvasObject { return p.body }
func (p *pick) focus()                     { kit.Focus(p.box) }

func (p *pick) fail(problem string) {
	p.problem.SetText(problem)
	p.problem.Hidden = problem == ""
	p.body.Refresh()
}

func (p *pick) set(value any) {
	text, _ := value.(string)
	p.box.Choose(slices.Index(p.values, text))
}

func (p *pick) value() any {
	if i := p.box.Chosen(); i >= 0 {
		return p.values[i]
	}
	return nil
}

// link is one of the record's own entries.
func (m maker) link(f form.Field) input {
	var labels, ids []string
	for _, filed := range m.from.links[f.Key] {
		labels = append(labels, phrase.ShortDate(filed.Day())+" · "+form.Subject(filed.Form, filed.Data))
		ids = append(ids, filed.ID.String())
	}
	p := newPick(f.Label, "", labels, ids, m.changed)
	if len(ids) == 0 {
		var titles []string
		for _, one := range f.Links {
			titles = append(titles, strings.ToLower(form.Title(one)))
		}
		p.box.Empty("There is none yet")
		p.box.Disable()
		p.body.Add(kit.NewSmall("Nothing of the kind is on record (" + strings.Join(titles, ", ") + "): record it first, or choose another answer above."))
	}
	return p
}

// policyChecks are versions of policies.
type policyChecks struct {
	all    []record.PolicyRef
	checks *kit.Checks
	body   fyne.CanvasObject
}

func (m maker) policies(f form.Field) input {
	p := &policyChecks{}
	for _, one := range m.from.policies {
		p.all = append(p.all, one.PolicyRef)
	}
	p.make(f, m)
	return p
}

func (p *policyChecks) make(f form.Field, m maker) {
	if before, ok := m.from.values[f.Key].([]record.PolicyRef); ok { // an earlier version, of an entry that is corrected
		for _, ref := range before {
			if !slices.Contains(p.all, ref) {
				p.all = append(p.all, ref)
			}
		}
	}
	var labels []string
	gaps := map[record.Hash]int{}
	for _, one := range m.from.policies {
		gaps[one.Hash] = one.Gaps
	}
	for _, ref := range p.all {
		label := ref.Title + ", version " + strconv.Itoa(ref.Version)
		if n := gaps[ref.Hash]; n > 0 {
			label += " (" + phrase.Count(n, "place", "places") + " not filled in)"
		}
		labels = append(labels, label)
	}
	p.checks = kit.NewChecks(f.Label, labels)
	p.checks.OnChanged = m.changed
	p.body = p.checks
	if len(p.all) == 0 {
		p.body = kit.Column(2, p.checks, kit.NewSmall("No policy is in effect yet: the page Policies has a starter text for each."))
	}
}

func (p *policyChecks) content() fyne.CanvasObject { return p.body }
func (p *policyChecks) fail(problem string)        { p.checks.SetError(problem) }
func (p *policyChecks) focus()                     { p.checks.Focus() }

func (p *policyChecks) set(value any) {
	wanted, _ := value.([]record.PolicyRef)
	var chosen []int
	for i, ref := range p.all {
		if slices.Contains(wanted, ref) {
			chosen = append(chosen, i)
		}
	}
	p.checks.Choose(chosen...)
}

func (p *policyChecks) value() any {
	var all []record.PolicyRef
	for _, i := range p.checks.Chosen() {
		all = append(all, p.all[i])
	}
	if len(all) == 0 {
		return nil
	}
	return all
}
