package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"casekeep/app/retention"
	"casekeep/assets"
	"casekeep/vault/record"
)

// suppliedRules are the rules on retention that come with the program.
var suppliedRules = sync.OnceValue(func() []record.RetentionRule {
	var list []record.RetentionRule
	if err := json.Unmarshal(assets.RetentionRules, &list); err != nil {
		panic("assets/retention.json: " + err.Error()) // embedded, and read by the tests
	}
	return list
})

// RetentionRule is a place's rule as a page shows it.
type RetentionRule struct {
	record.RetentionRule
	Place    string `json:"place"`    // "Texas"
	Says     string `json:"says"`     // the rule in words
	InUse    int    `json:"in_use"`   // how many records it binds
	Supplied bool   `json:"supplied"` // it came with the program, and stands as it came
}

// RetentionRules gives the rule that counts for each place: those in use first,
// and of each half those that say something before the blank ones.
func (p *Practice) RetentionRules(ctx context.Context) ([]RetentionRule, error) {
	rules, err := p.v.RetentionRules(ctx)
	if err != nil {
		return nil, err
	}
	bound, err := p.v.RulesInUse(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]RetentionRule, len(rules))
	for i, r := range rules {
		list[i] = RetentionRule{RetentionRule: r, Place: retention.Place(r.Jurisdiction), Says: retention.Says(r),
			InUse: bound[r.Jurisdiction], Supplied: !r.Told.Own}
	}
	slices.SortStableFunc(list, func(a, b RetentionRule) int { return ruleOrder(a) - ruleOrder(b) })
	return list, nil
}

func ruleOrder(r RetentionRule) int {
	order := 0
	if r.InUse == 0 {
		order += 2
	}
	if r.Blank() {
		order++
	}
	return order
}

// SetRetentionRule states a place's rule as the practitioner has it.
func (p *Practice) SetRetentionRule(ctx context.Context, r record.RetentionRule) error {
	if r.Jurisdiction != record.Paperwork && !record.KnownJurisdiction(r.Jurisdiction) {
		return errors.New("choose the state that the rule is for")
	}
	r.Told.Own = true
	return p.v.SetRetentionRule(ctx, r)
}

// ConfirmRetentionRule says that the practitioner read a place's rule at its
// source and stands by it, today.
func (p *Practice) ConfirmRetentionRule(ctx context.Context, jurisdiction string) error {
	rules, err := p.v.RetentionRules(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(rules, func(r record.RetentionRule) bool { return r.Jurisdiction == jurisdiction })
	if at < 0 || rules[at].Blank() {
		return errors.New("no rule for " + retention.Place(jurisdiction) + " is on file: enter what its board asks for, then confirm it")
	}
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return err
	}
	rules[at].Confirmed = p.today(settings)
	return p.v.SetRetentionRule(ctx, rules[at])
}
