package app_test

import (
	"slices"
	"strings"
	"testing"

	"casekeep/app"
	"casekeep/vault/record"
)

// How the places' rules were rated, and what they say: only what was read, or
// found in a secondary source, is filled in.
var rated = map[string]struct{ confidence, says string }{
	"US-TX":          {"high", "7 years after services end; of a minor at least until the age of 23 (18 plus 5 years)"},
	"US-ME":          {"high", "7 years after the latest of: the last contact and death; of a minor at least until the age of 25 (18 plus 7 years)"},
	"US-NJ":          {"high", "7 years after the last entry; of a minor at least until the age of 25"},
	"US-CO":          {"high", "7 years after the latest of: services end and the last contact; of minors nothing is known"},
	"US-NY":          {"high", "6 years after the latest of: services end, the last contact and the last entry; of a minor at least until the age of 22 (21 plus 1 year)"},
	"US-CA":          {"high", "7 years after services end; of a minor at least until the age of 25 (18 plus 7 years); for services that ended on January 1, 2015 or later"},
	"US-MN":          {"medium", "7 years after the last contact; of minors nothing is known"},
	"US-CT":          {"medium", "7 years after the last contact; 3 years after death; of minors nothing is known"},
	"US-VA":          {"medium", "6 years after services end; 10 years after services end where somebody was under 18 when services began; of a minor at least until the age of 24 (18 plus 6 years)"},
	"US-MD":          {"medium", "5 years after the latest of: services end, the last contact and the last entry; of minors nothing is known"},
	"US-AZ":          {"medium", "6 years after the latest of: services end, the last contact and the last entry; of a minor at least until the age of 21 (18 plus 3 years)"},
	record.Paperwork: {"high", "6 years after the last entry"},
}

// Every state and territory has a rule, none is confirmed, and those of which
// no period is known are blank. The vault takes each.
func TestSuppliedRules(t *testing.T) {
	p := newPractice(t)
	rules, err := p.RetentionRules(ctx)
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]bool{}
	for _, r := range rules {
		places[r.Jurisdiction] = true
		want, filled := rated[r.Jurisdiction]
		switch {
		case !r.Confirmed.IsZero() || r.Told.Own || !r.Supplied:
			t.Errorf("%s: confirmed %s, own %v, supplied %v", r.Jurisdiction, r.Confirmed, r.Told.Own, r.Supplied)
		case !filled && (!r.Blank() || r.Minors != record.MinorsUnknown || r.Told.Confidence == "high" || r.Told.Confidence == "medium" || r.Told.Note == ""):
			t.Errorf("%s should be blank, with a note: %+v", r.Jurisdiction, r)
		case filled && (r.Says != want.says || r.Told.Confidence != want.confidence || r.Told.Citation == "" || !strings.HasPrefix(r.Told.Source, "http")):
			t.Errorf("%s, %s: %q by %q, %q", r.Jurisdiction, r.Told.Confidence, r.Says, r.Told.Citation, r.Told.Source)
		case filled && want.confidence == "medium" && !strings.Contains(strings.ToLower(r.Told.Note), "verify"):
			t.Errorf("%s does not say what is to be verified: %q", r.Jurisdiction, r.Told.Note)
		}
	}
	for _, code := range append(record.Jurisdictions(), record.Paperwork) {
		if !places[code] {
			t.Errorf("%s has no rule", code)
		}
	}
	if len(rules) != len(record.Jurisdictions())+1 {
		t.Errorf("%d rules", len(rules))
	}
	for _, duties := range []string{"US-TX", "US-ME", "US-CO", "US-FL"} {
		at := slices.IndexFunc(rules, func(r app.RetentionRule) bool { return r.Jurisdiction == duties })
		if len(rules[at].Told.Duties) == 0 {
			t.Errorf("%s has no duties at disposal", duties)
		}
	}
}

// Supplying writes nothing where there is nothing new, and never over what the
// practitioner confirmed or changed.
func TestRulesAreSuppliedOnce(t *testing.T) {
	c := config(t)
	dir := t.TempDir() + "/v"
	p, err := app.Create(ctx, dir, passphrase, record.Practice{Name: "P", Zone: "UTC", Jurisdiction: "US-TX"}, c)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.ConfirmRetentionRule(ctx, "US-TX"); err != nil {
		t.Fatal(err)
	}
	own := record.RetentionRule{Jurisdiction: "US-MS", Minors: record.MinorsSame, Clauses: []record.KeepClause{{From: []string{"entry"}, Years: 9}}}
	if err := p.SetRetentionRule(ctx, own); err != nil {
		t.Fatal(err)
	}
	if err := p.ConfirmRetentionRule(ctx, "US-MS"); err != nil {
		t.Fatal(err)
	}
	if err := p.Lock(); err != nil {
		t.Fatal(err)
	}
	if p, err = app.Unlock(ctx, dir, passphrase, c); err != nil {
		t.Fatal(err)
	}
	defer p.Lock()
	if p.Unsealed() != 0 {
		t.Error("an unlock wrote something")
	}
	for _, r := range rulesOf(t, p) {
		switch r.Jurisdiction {
		case "US-TX":
			if r.Confirmed.String() != "2026-11-21" || !r.Supplied {
				t.Errorf("Texas: %+v", r)
			}
		case "US-MS":
			if r.Says != "9 years after the last entry" || r.Supplied || r.Confirmed.String() != "2026-11-21" {
				t.Errorf("Mississippi: %+v", r)
			}
		}
	}
}

func rulesOf(t *testing.T, p *app.Practice) []app.RetentionRule {
	t.Helper()
	rules, err := p.RetentionRules(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// What is no rule is refused, and nothing that is not on file is confirmed.
func TestRulesThatAreRefused(t *testing.T) {
	p := newPractice(t)
	entry := []record.KeepClause{{From: []string{"entry"}, Years: 9}}
	for name, r := range map[string]record.RetentionRule{
		"an unknown place":     {Jurisdiction: "US-XX", Minors: record.MinorsSame, Clauses: entry},
		"of a death alone":     {Jurisdiction: "US-TX", Minors: record.MinorsSame, Clauses: []record.KeepClause{{From: []string{"death"}, Years: 3}}},
		"of minors alone":      {Jurisdiction: "US-TX", Minors: record.MinorsCovered, Clauses: []record.KeepClause{{Age: 18, Years: 3}}},
		"of the young alone":   {Jurisdiction: "US-TX", Minors: record.MinorsCovered, Clauses: []record.KeepClause{{From: []string{"entry"}, Under: 18, Years: 3}}},
		"no years":             {Jurisdiction: "US-TX", Minors: record.MinorsSame, Clauses: []record.KeepClause{{From: []string{"entry"}}}},
		"an unknown event":     {Jurisdiction: "US-TX", Minors: record.MinorsSame, Clauses: []record.KeepClause{{From: []string{"payment"}, Years: 3}}},
		"nothing about minors": {Jurisdiction: "US-TX", Clauses: entry},
		"for ever and years":   {Jurisdiction: "US-TX", Minors: record.MinorsSame, Forever: true, Clauses: entry},
	} {
		if err := p.SetRetentionRule(ctx, r); err == nil {
			t.Errorf("%s: it was taken", name)
		}
	}
	for _, place := range []string{"US-MS", "US-XX"} {
		if err := p.ConfirmRetentionRule(ctx, place); err == nil {
			t.Errorf("%s was confirmed", place)
		}
	}
}
