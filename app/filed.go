package app

import (
	"context"
	"slices"

	"casekeep/vault/record"
)

// Forms gives the structured entries of a client, or of the practice's own
// book, that stand: none that was struck through or corrected. The newest
// comes first. Without forms it gives those of every form.
func (p *Practice) Forms(ctx context.Context, client record.ClientID, forms ...record.Form) ([]record.Filed, error) {
	list, err := p.v.Facts(ctx, client)
	if err != nil {
		return nil, err
	}
	var all []record.Filed
	for _, facts := range list {
		for _, filed := range facts.Forms {
			if len(forms) == 0 || slices.Contains(forms, filed.Form) {
				all = append(all, filed)
			}
		}
	}
	slices.Reverse(all)
	return all, nil
}

// CurrentPolicy is the version of a policy that is in effect.
type CurrentPolicy struct {
	record.PolicyRef
	Asked bool // each client acknowledges it, as the practice is set up
	Gaps  int  // places of its text that are not filled in
}

// CurrentPolicies gives the version of each policy that is in effect today, in
// the order in which a client meets them. Unlike Policies it counts nobody.
func (p *Practice) CurrentPolicies(ctx context.Context) ([]CurrentPolicy, error) {
	_, book, err := p.factsOf(ctx, record.Book)
	if err != nil {
		return nil, err
	}
	facts, err := p.policyFacts(ctx, book)
	if err != nil {
		return nil, err
	}
	today, err := p.dayNow(ctx)
	if err != nil {
		return nil, err
	}
	list, err := policiesOf(book, facts, today)
	if err != nil {
		return nil, err
	}
	var all []CurrentPolicy
	for _, one := range list {
		if v, ok := one.InEffect(); ok {
			all = append(all, CurrentPolicy{v.Ref(), one.Applies && one.Topic.ByClients, v.Gaps})
		}
	}
	return all, nil
}
