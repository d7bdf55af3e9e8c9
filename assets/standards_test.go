package assets

import (
	"fmt"
	"strings"
	"testing"
)

// The catalogue has every duty of the four documents, each whole, in words of
// at most fifteen.
func TestStandardsAreAllThere(t *testing.T) {
	want := []string{"MS 3.4.A", "MS 3.4.B"}
	add := func(format string, last int) {
		for i := range last {
			want = append(want, fmt.Sprintf(format, i+1))
		}
	}
	add("MS 3.4.C.%d", 5)
	for i, last := range []int{10, 9, 10, 13, 4, 6, 1} {
		add(fmt.Sprintf("TSP %d.%%02d", i+1), last)
	}
	add("NASW 2.%02d", 27)
	add("TIP %d", 10)
	list := Standards()
	if len(want) != 97 || len(list) != len(want) {
		t.Fatalf("the catalogue has %d duties, not %d", len(list), len(want))
	}
	for i, s := range list {
		if s.ID != want[i] {
			t.Fatalf("duty %d is %s, not %s", i, s.ID, want[i])
		}
		if s.Document == "" || s.Authority == "" || s.Duty == "" || s.RecordedIn == "" || s.Words == "" {
			t.Errorf("%s is not whole: %+v", s.ID, s)
		}
		if words := len(strings.Fields(s.Duty)); words > 15 {
			t.Errorf("%s has %d words: %s", s.ID, words, s.Duty)
		}
		if strings.Trim(s.Kind, "REPO ") != "" || s.Outside() != (s.Rule == "conduct") {
			t.Errorf("%s has the kind %q and the rule %s", s.ID, s.Kind, s.Rule)
		}
		if strings.HasPrefix(s.ID, "TIP") != (s.Authority == AuthorityAdvice) || strings.HasPrefix(s.ID, "MS") != (s.Authority == AuthorityRule) {
			t.Errorf("%s is %s", s.ID, s.Authority)
		}
	}
	named := map[string]bool{}
	for _, s := range list {
		named[s.Rule] = true
	}
	for rule := range Rules() {
		if !named[rule] {
			t.Errorf("no duty names the rule %s", rule)
		}
	}
}
