package app

import (
	"slices"
	"strings"

	"casekeep/app/release"
	"casekeep/app/standing"
	"casekeep/assets"
)

var standingTitles = map[standing.Status]string{
	standing.Open: "Open", standing.Due: "Due", standing.Advised: "Advised", standing.Documented: "Documented",
	standing.NotApplicable: "Does not apply", standing.Outside: "Conduct outside the program",
}

// standingGroups brings findings on paper: by status, what matters first.
func standingGroups(findings []standing.Finding, named naming) []release.StandingGroup {
	duties := map[string]string{}
	for _, s := range assets.Standards() {
		duties[s.ID] = s.Duty
	}
	var groups []release.StandingGroup
	for _, status := range standing.Statuses() {
		g := release.StandingGroup{Title: standingTitles[status]}
		for _, f := range findings {
			if f.Status != status {
				continue
			}
			line := release.StandingLine{ID: f.ID, Duty: duties[f.ID], Says: f.Says, By: f.By}
			for _, id := range f.Evidence {
				line.Shown = append(line.Shown, named.Entry(id))
			}
			g.Lines = append(g.Lines, line)
		}
		groups = append(groups, g)
	}
	return groups
}

// sortByName puts a list in the order of names, as a person would look for
// them.
func sortByName[T any](list []T, name func(T) string) {
	slices.SortStableFunc(list, func(a, b T) int {
		return strings.Compare(strings.ToLower(name(a)), strings.ToLower(name(b)))
	})
}
