package app

import (
	"context"
	"slices"

	"casekeep/app/form"
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

// CurrentPolicies gives the version of each policy that is in effect today, in
// the order in which they were published first.
func (p *Practice) CurrentPolicies(ctx context.Context) ([]record.PolicyRef, error) {
	at, err := p.situation(ctx, record.Book)
	if err != nil {
		return nil, err
	}
	list, err := p.Forms(ctx, record.Book, record.FormPolicy)
	if err != nil {
		return nil, err
	}
	var all []record.PolicyRef
	for _, filed := range slices.Backward(list) {
		v, err := form.Decode[record.PolicyVersion](filed.Data)
		if err != nil {
			return nil, err
		}
		ref := record.PolicyRef{Topic: v.Topic, Title: v.Title, Version: v.Version, Hash: v.Hash}
		i := slices.IndexFunc(all, func(one record.PolicyRef) bool { return one.Topic == v.Topic })
		switch {
		case at.Today.Before(v.Effective):
		case i < 0:
			all = append(all, ref)
		case all[i].Version < v.Version:
			all[i] = ref
		}
	}
	return all, nil
}
