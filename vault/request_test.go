package vault_test

import (
	"slices"
	"testing"

	"casekeep/vault"
	"casekeep/vault/record"
)

// step files an entry. about and corrects are steps before it, from 1.
type step struct {
	outcome         string // of an answer; "": it is a request
	about, corrects int
	strike          bool
}

// A request forbids destroying the record until it is answered: more time is no
// answer, nor is one that was struck through, corrected, or given to another
// request.
func TestARequestBlocksUntilItIsAnswered(t *testing.T) {
	for name, c := range map[string]struct {
		steps   []step
		blocked bool
	}{
		"not answered":                 {[]step{{}}, true},
		"extended":                     {[]step{{}, {outcome: "extended", about: 1}}, true},
		"given":                        {[]step{{}, {outcome: "given", about: 1}}, false},
		"extended, then denied":        {[]step{{}, {outcome: "extended", about: 1}, {outcome: "denied", about: 1}}, false},
		"an answer struck through":     {[]step{{}, {outcome: "given", about: 1, strike: true}}, true},
		"a request struck through":     {[]step{{strike: true}}, false},
		"given, corrected to extended": {[]step{{}, {outcome: "given", about: 1}, {outcome: "extended", about: 1, corrects: 2}}, true},
		"answered, then corrected":     {[]step{{}, {outcome: "given", about: 1}, {corrects: 1}, {corrects: 3}}, false},
		"another one was answered":     {[]step{{}, {}, {outcome: "given", about: 2}}, true},
		"corrected, and not answered":  {[]step{{}, {corrects: 1}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			b := newVault(t)
			ada := b.client("Ada Quill")
			filed := make([]record.EntryID, 1, len(c.steps)+1)
			for _, s := range c.steps {
				e := record.Entry{Client: ada.ID, Form: record.FormRequest, Data: []byte(`{"kind":"copy"}`), Subject: "s", Body: "b",
					About: filed[s.about], Supersedes: filed[s.corrects]}
				if s.outcome != "" {
					e.Form, e.Data = record.FormRequestAnswered, []byte(`{"outcome":"`+s.outcome+`"}`)
				}
				e, err := b.File(ctx, vault.Filing{Entry: e})
				if err != nil {
					t.Fatal(err)
				}
				if s.strike {
					if err := b.Strike(ctx, e.ID, "in error"); err != nil {
						t.Fatal(err)
					}
				}
				filed = append(filed, e.ID)
			}
			blockers := b.keepOf(ada).Blockers
			if got := slices.ContainsFunc(blockers, func(k record.KeepBlocker) bool { return k.Why == "request" }); got != c.blocked {
				t.Errorf("blocked %v: %+v", got, blockers)
			}
		})
	}
}
