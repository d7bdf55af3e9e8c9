package retention

import (
	"slices"
	"strings"
	"testing"

	"casekeep/vault/record"
)

func date(s string) record.Date {
	d, err := record.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// known has three rules and a hold.
func known() Known {
	after := func(years int, from ...string) record.KeepClause { return record.KeepClause{From: from, Years: years} }
	return Known{
		Rules: map[string]record.RetentionRule{
			"US-TX": {Jurisdiction: "US-TX", Minors: record.MinorsCovered, Told: record.RuleTold{Citation: "22 TAC 781.309(4)"},
				Clauses: []record.KeepClause{after(7, "termination"), {Age: 18, Years: 5}}},
			"US-CO": {Jurisdiction: "US-CO", Minors: record.MinorsUnknown, Told: record.RuleTold{Citation: "4 CCR 726-1.16(A)"},
				Clauses: []record.KeepClause{after(7, "contact", "termination")}},
			"US-CA":          {Jurisdiction: "US-CA", Minors: record.MinorsCovered, EndedSince: date("2015-01-01"), Clauses: []record.KeepClause{after(7, "termination")}},
			record.Paperwork: {Jurisdiction: record.Paperwork, Told: record.RuleTold{Citation: "45 CFR 164.530(j)"}},
		},
		Holds: map[int64]record.Hold{4: {ID: 4, Client: 7, Matter: "Doe v. Roe", On: date("2040-05-02")}},
	}
}

func closed(status record.KeepStatus, until string, steps ...record.KeepStep) record.Keep {
	return record.Keep{Client: 7, Name: "Ada Quill", Closed: date("2034-03-14"), Status: status, Until: date(until), Steps: steps}
}

var closing = record.KeepStep{Jurisdiction: "US-TX", Event: "closing", Day: date("2034-03-14"), Years: 7, Until: date("2041-03-14")}

func TestLine(t *testing.T) {
	because := func(why, place, who string) record.Keep {
		k := closed(record.KeepUnknown, "")
		k.Reasons = []record.KeepReason{{Why: why, Jurisdiction: place, Who: who}}
		return k
	}
	active, forever := because("active", "", ""), because("forever", "US-TX", "")
	active.Status, forever.Status = record.KeepKept, record.KeepKept
	held := closed(record.KeepHeld, "2041-03-14", closing)
	held.Blockers = []record.KeepBlocker{{Why: "hold", Of: 4}}
	blocked := closed(record.KeepBlocked, "2041-03-14", closing)
	blocked.Blockers = []record.KeepBlocker{{Why: "recent"}, {Why: "request", Of: 9}}
	for want, k := range map[string]record.Keep{
		"Keep until March 14, 2041: closed March 14, 2034, plus 7 years, Texas 22 TAC 781.309(4)":                           closed(record.KeepKept, "2041-03-14", closing),
		"Due since March 15, 2041: kept until March 14, 2041: closed March 14, 2034, plus 7 years, Texas 22 TAC 781.309(4)": closed(record.KeepDue, "2041-03-14", closing),
		"Past March 14, 2041: closed March 14, 2034, plus 7 years, Texas 22 TAC 781.309(4). Kept: a request is open":        blocked,
		"Held since May 2, 2040: Doe v. Roe":                       held,
		"Active: kept":                                             active,
		"Kept for ever: Texas rule":                                forever,
		"Kept: no state on record":                                 because("no-place", "", ""),
		"Kept: Mississippi rule not confirmed":                     because("no-rule", "US-MS", ""),
		"Kept: Colorado rule not confirmed":                        because("unconfirmed", "US-CO", ""),
		"Kept: the California rule begins after this record ended": because("outside", "US-CA", ""),
		"Kept: birth date of Ada Quill not known":                  because("born", "", ""),
		"Kept: birth date of Kit not known":                        because("born", "", "Kit"),
		"Kept: no member named":                                    because("members", "", ""),
		"Kept: no Colorado rule for minors on file":                because("minor", "US-CO", "Kit"),
		"Kept: its dates contradict each other":                    because("dates", "", ""),
		"Kept: no rule gives a date":                               closed(record.KeepUnknown, ""),
	} {
		if got := Line(k, known()); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

// Each date holds the whole sum, leap days too.
func TestSteps(t *testing.T) {
	for want, s := range map[string]record.KeepStep{
		"closed March 14, 2034, plus 7 years, until March 14, 2041, by Texas 22 TAC 781.309(4)": closing,
		"last contact February 29, 2024, plus 7 years (March 1, since 2031 has no February 29), until March 1, 2031, by Colorado 4 CCR 726-1.16(A)": {
			Jurisdiction: "US-CO", Event: "contact", Day: date("2024-02-29"), Years: 7, Until: date("2031-03-01")},
		"last entry May 1, 2030, plus 1 year, until May 1, 2031, by California by your own rule": {
			Jurisdiction: "US-CA", Event: "entry", Day: date("2030-05-01"), Years: 1, Until: date("2031-05-01")},
		"died May 1, 2030, plus 3 years, until May 1, 2033, by Texas 22 TAC 781.309(4)": {
			Jurisdiction: "US-TX", Event: "death", Day: date("2030-05-01"), Years: 3, Until: date("2033-05-01")},
		"Kit born February 29, 2020, 18 on March 1, 2038, plus 6 years, until March 1, 2044, by Texas 22 TAC 781.309(4)": {
			Jurisdiction: "US-TX", Event: "birth", Who: "Kit", Day: date("2020-02-29"), Age: 18, Years: 6, Until: date("2044-03-01")},
		"born May 2, 2010, 25 on May 2, 2035, until May 2, 2035, by Texas 22 TAC 781.309(4)": {
			Jurisdiction: "US-TX", Event: "birth", Day: date("2010-05-02"), Age: 25, Until: date("2035-05-02")},
		"last disclosure, consent or request May 1, 2030, plus 6 years, until May 1, 2036, by 45 CFR 164.530(j)": {
			Jurisdiction: record.Paperwork, Event: "paper", Day: date("2030-05-01"), Years: 6, Until: date("2036-05-01")},
		"kept longer, as decided May 1, 2030, until May 1, 2036, by your decision": {Event: "extension", Day: date("2030-05-01"), Until: date("2036-05-01")},
	} {
		steps := Steps(closed(record.KeepKept, s.Until.String(), s), known())
		if got := steps[0].Says + ", until " + steps[0].Until.Long() + ", by " + steps[0].Source; got != want || !steps[0].Decides {
			t.Errorf("%q, not %q; decides: %v", got, want, steps[0].Decides)
		}
	}
	if steps := Steps(closed(record.KeepUnknown, "", closing), known()); steps[0].Decides {
		t.Error("a step decides though the record has no date")
	}
}

// Each reason and blocker is a sentence that says what to do.
func TestWhy(t *testing.T) {
	for why, want := range map[string]string{
		"active": "when it is closed", "no-place": "enter where the client is served", "no-rule": "ask its board", "unconfirmed": "(7 years after the latest of: services end and the last contact; of minors nothing is known) is not confirmed",
		"forever": "for ever", "outside": "ended on", "born": "The birth date of Kit is not known: enter it, or state that Kit was of full age",
		"members": "enter its members", "minor": "Kit was under 21 when services began", "dates": "correct the birth date of Kit",
	} {
		k := closed(record.KeepUnknown, "")
		k.Reasons = []record.KeepReason{{Why: why, Jurisdiction: "US-CO", Who: "Kit"}}
		list := Why(k, known())
		if len(list) != 1 || !strings.Contains(list[0], want) || !strings.HasSuffix(list[0], ".") {
			t.Errorf("%s: %q", why, list)
		}
	}
	k := closed(record.KeepBlocked, "2041-03-14", closing)
	for why, want := range map[string]string{"hold": "since May 2, 2040: Doe v. Roe. Lift the hold", "request": "answer it first", "incident": "close it first", "recent": "a year has passed"} {
		k.Blockers = []record.KeepBlocker{{Why: why, Of: 4}}
		if list := Why(k, known()); len(list) != 1 || !strings.Contains(list[0], want) {
			t.Errorf("%s: %q", why, list)
		}
	}
	k.Status, k.Blockers = record.KeepKept, []record.KeepBlocker{{Why: "recent"}}
	if list := Why(k, known()); len(list) != 0 {
		t.Errorf("a date to come is explained by %q", list)
	}
	if list := Why(closed(record.KeepUnknown, ""), known()); len(list) != 1 {
		t.Errorf("no date, and no reason: %q", list)
	}
}

func TestMoves(t *testing.T) {
	k := closed(record.KeepKept, "2041-03-14", closing, record.KeepStep{Event: "contact"})
	k.Last = date("2034-03-10")
	has := func(k record.Keep, text string) bool {
		return slices.ContainsFunc(Moves(k), func(m string) bool { return strings.Contains(m, text) })
	}
	if !has(k, "A closing on a later day") || !has(k, "A contact after March 10, 2034") || has(k, "birth date") || has(k, "Closing the record lets") || has(k, "disclosure") {
		t.Errorf("closed: %q", Moves(k))
	}
	k.Steps = append(k.Steps, record.KeepStep{Event: "birth"}, record.KeepStep{Event: "paper"}, record.KeepStep{Event: "entry"})
	k.Closed = record.Date{}
	if !has(k, "birth date") || !has(k, "disclosure") || !has(k, "Closing the record lets") || has(k, "A closing on") || !has(k, "A later entry") {
		t.Errorf("active: %q", Moves(k))
	}
}

func TestRuleInWords(t *testing.T) {
	for want, r := range map[string]record.RetentionRule{
		"for ever":                          {Forever: true},
		"no period known: records are kept": {},
		"7 years after services end; of a minor at least until the age of 23 (18 plus 5 years)":      known().Rules["US-TX"],
		"7 years after the latest of: services end and the last contact; of minors nothing is known": known().Rules["US-CO"],
		"7 years after services end; for services that ended on January 1, 2015 or later":            known().Rules["US-CA"],
		"1 year after the last entry; of a minor at least until the age of 25; 10 years after services end where somebody was under 18 when services began": {
			Clauses: []record.KeepClause{{From: []string{"entry"}, Years: 1}, {Age: 25}, {From: []string{"termination"}, Under: 18, Years: 10}}},
	} {
		if got := Says(r); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
