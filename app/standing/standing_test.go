package standing

import (
	"slices"
	"strings"
	"testing"

	"casekeep/assets"
	"casekeep/vault/record"
)

// Each duty names a rule that exists, and each rule decides a duty.
func TestEveryDutyHasItsRule(t *testing.T) {
	all, named := rules(), map[string]bool{}
	for _, s := range assets.Standards() {
		named[s.Rule] = true
		r, ok := all[s.Rule]
		if !ok || r.client == nil && r.book == nil {
			t.Errorf("%s names the rule %q, which there is not", s.ID, s.Rule)
		}
	}
	for name := range all {
		if !named[name] {
			t.Errorf("no duty names the rule %s", name)
		}
		if assets.Rules()[name] == "" {
			t.Errorf("the rule %s has no plain words", name)
		}
	}
}

// A practice and a client that did everything have nothing open, due or
// advised, and each of the 97 duties stands there once.
func TestNothingIsOpen(t *testing.T) {
	w := newWorld(t)
	for _, found := range []map[string]Finding{w.findings(), w.bookFindings()} {
		if len(found) != 97 {
			t.Errorf("%d findings", len(found))
		}
		for id, f := range found {
			if f.Status == Open || f.Status == Due || f.Status == Advised || f.Says == "" {
				t.Errorf("%s is %s: %s", id, f.Status, f.Says)
			}
		}
	}
	for key := range w.tasks() {
		t.Errorf("Today asks for %s", key)
	}
	for _, id := range []string{"TSP 2.01", "TSP 2.05", "TSP 3.05", "TSP 4.03", "TSP 2.08", "NASW 2.13", "TSP 5.02", "TSP 2.09", "TIP 10", "TSP 1.01", "MS 3.4.B"} {
		if f := w.findings()[id]; f.Status != Documented || len(f.Evidence) == 0 {
			t.Errorf("%s is %s by %v", id, f.Status, f.Evidence)
		}
	}
}

// For advice nothing is ever open or due; conduct is outside; and every status
// occurs.
func TestStatuses(t *testing.T) {
	empty := newWorld(t)
	empty.book, empty.forms = nil, nil
	due := newWorld(t)
	due.publish("records", 2, "2026-11-01")
	seen := map[Status]bool{}
	for _, w := range []*world{empty, due, newWorld(t)} {
		for _, found := range []map[string]Finding{w.findings(), w.bookFindings()} {
			for _, s := range assets.Standards() {
				f := found[s.ID]
				seen[f.Status] = true
				if advice := s.Authority == assets.AuthorityAdvice; advice && (f.Status == Open || f.Status == Due) || !advice && f.Status == Advised {
					t.Errorf("%s is %s", s.ID, f.Status)
				}
				if s.Outside() != (f.Status == Outside) {
					t.Errorf("%s, of kind %s, is %s", s.ID, s.Kind, f.Status)
				}
			}
		}
	}
	for _, s := range Statuses() {
		if !seen[s] {
			t.Errorf("nothing was ever %s", s)
		}
	}
}

// Findings come by what matters: status first, then the authority.
func TestFindingsAreSorted(t *testing.T) {
	w := newWorld(t)
	w.without(record.FormAcknowledgment)
	_, c := w.read()
	list, err := c.Findings(w.count)
	if err != nil {
		t.Fatal(err)
	}
	catalogue := map[string]int{}
	for i, s := range assets.Standards() {
		catalogue[s.ID] = i
	}
	if !slices.IsSortedFunc(list, func(a, b Finding) int {
		if d := slices.Index(Statuses(), a.Status) - slices.Index(Statuses(), b.Status); d != 0 {
			return d
		}
		return catalogue[a.ID] - catalogue[b.ID]
	}) {
		t.Error("the findings are not sorted")
	}
	if !strings.HasPrefix(list[0].ID, "MS") || list[0].Status != Open {
		t.Errorf("first stands %+v", list[0])
	}
}
