package standing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casekeep/vault/record"
)

// Few is how many tasks of a kind stand each for itself; more become one.
const Few = 5

// Gather puts the tasks of the practice and of all clients in order, soonest
// first. What concerns many clients in the same way becomes one task.
func (p *Practice) Gather(own []Task, clients ...[]Task) []Task {
	all := slices.Clone(own)
	groups := map[string][]Task{}
	for _, t := range slices.Concat(append([][]Task{own}, clients...)...) {
		if t.group != "" {
			groups[t.group] = append(groups[t.group], t)
		}
	}
	all = slices.DeleteFunc(all, func(t Task) bool { return t.group != "" })
	for _, list := range clients {
		for _, t := range list {
			if t.group == "" {
				all = append(all, t)
			}
		}
	}
	versions := map[record.ClientID][]Task{} // new ones that only one client does not know
	for group, list := range groups {
		if kind, _, _ := strings.Cut(group, "/"); kind == "policy" && len(list) == 1 {
			versions[list[0].Client] = append(versions[list[0].Client], list[0])
			continue
		}
		all = append(all, p.grouped(group, list)...)
	}
	for client, list := range versions {
		all = append(all, newVersions(client, list))
	}
	slices.SortFunc(all, func(a, b Task) int { return cmp.Or(num(a.When())-num(b.When()), cmp.Compare(a.Key, b.Key)) })
	return all
}

// grouped gives the tasks of one group as they stand in Today.
func (p *Practice) grouped(group string, list []Task) []Task {
	kind, rest, _ := strings.Cut(group, "/")
	switch kind {
	case "incident":
		return p.incidentGroup(group, list)
	case "policy":
		topic, _, _ := strings.Cut(rest, "/")
		return []Task{many(group, list, strings.Replace(list[0].Title, "Go through the new version", fmt.Sprintf("%d clients do not know the new version", len(list)), 1),
			Act{Page: "policies", Topic: topic, Label: "Show who was not told"})}
	}
	if len(list) <= Few {
		return list
	}
	titles := map[string]string{
		"told":          "%d clients have not gone through the policies",
		"safe":          "%d clients were not asked how to reach them without harm",
		"license":       "%d clients are where nothing permits you to work: " + record.JurisdictionName(rest),
		"policy-review": "%d policies are to be reviewed",
	}
	act := Act{Page: "clients", Label: "Show them"}
	if kind == "policy-review" {
		act = Act{Page: "policies", Label: "Review the policies"}
	}
	if kind == "license" {
		act = list[0].Act
	}
	return []Task{many(group, list, fmt.Sprintf(titles[kind], len(list)), act)}
}

// newVersions makes one task of the new versions that one client has not gone
// through: they are gone through together.
func newVersions(client record.ClientID, list []Task) Task {
	first := slices.MinFunc(list, func(a, b Task) int { return cmp.Or(num(a.When())-num(b.When()), cmp.Compare(a.Key, b.Key)) })
	if len(list) == 1 {
		return first
	}
	first.Key, first.Title, first.Act.Topic = key("versions", client), fmt.Sprintf("Go through %d new versions", len(list)), ""
	return first
}

// many makes one task of several: due with the first of them.
func many(key string, list []Task, title string, act Act) Task {
	first := slices.MinFunc(list, func(a, b Task) int { return num(a.When()) - num(b.When()) })
	t := Task{Key: key, Title: title, IDs: first.IDs, Due: first.Due, Since: first.Since, Icon: first.Icon, Act: act}
	if !slices.ContainsFunc(list, func(one Task) bool { return one.Caption != first.Caption }) {
		t.Caption = first.Caption // else it is about one of them alone
	}
	if first.Client == record.Book {
		t.Client = record.Book
		return t
	}
	var names []string
	for _, one := range list {
		names = append(names, one.Name)
	}
	slices.Sort(names)
	if more := len(names) - 3; more > 0 {
		t.Name = strings.Join(names[:3], ", ") + fmt.Sprintf(" and %d more", more)
	} else {
		t.Name = strings.Join(names, ", ")
	}
	return t
}

// incidentGroup: one task to tell the clients as soon as possible and, where
// HIPAA's clock runs, one for its last day (45 CFR 164.404).
func (p *Practice) incidentGroup(group string, list []Task) []Task {
	told := list[0]
	if len(list) > 1 {
		told = many(group+"/told", list, fmt.Sprintf("Tell %d clients of the incident", len(list)),
			Act{Page: "practice", About: list[0].Act.About, Label: "Show whom to tell"})
	}
	all := []Task{told}
	for _, i := range p.incidents {
		if key("incident", i.ID) != group || !p.hipaaRuns(i.Data) {
			continue
		}
		last := told
		last.Key, last.Title = group+"/hipaa", "HIPAA’s last day to tell of the incident"
		last.Due, last.IDs, last.Caption = after(i.Data.Discovered, hipaaDays), nil, "60 days after it was discovered, 45 CFR 164.404"
		all = append(all, last)
	}
	return all
}
