package app

import (
	"context"
	"errors"
	"slices"

	"casekeep/app/form"
	"casekeep/vault"
	"casekeep/vault/record"
)

// checkNamed refuses a form that names an entry of another record or a client
// who is not there. Its answers were checked by themselves.
func (p *Practice) checkNamed(ctx context.Context, spec form.Spec, req FormRequest) error {
	var problems form.Problems
	for _, f := range spec.Fields() {
		if !spec.Asked(f, req.Values) {
			continue
		}
		wrong, err := p.namedWrong(ctx, f, req)
		if err != nil {
			return err
		}
		if wrong != "" {
			problems = append(problems, form.Problem{Key: f.Key, Text: wrong})
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

func (p *Practice) namedWrong(ctx context.Context, f form.Field, req FormRequest) (string, error) {
	switch f.Input {
	case form.Link:
		text, _ := req.Values[f.Key].(string)
		if text == "" {
			return "", nil
		}
		var id record.EntryID
		if err := id.UnmarshalText([]byte(text)); err != nil {
			return "Choose one of these.", nil
		}
		e, err := p.v.Entry(ctx, id)
		if errors.Is(err, vault.ErrNoEntry) || err == nil && (e.Client != req.Client || !slices.Contains(f.Links, e.Form)) {
			return "This record has no such entry: choose one of those it has.", nil
		}
		return "", err
	case form.Clients:
		list, _ := req.Values[f.Key].([]string)
		for _, text := range list {
			var id record.ClientID
			if err := id.UnmarshalText([]byte(text)); err != nil || id <= 0 {
				return "Choose from the clients on record.", nil
			}
			if _, err := p.v.Client(ctx, id); errors.Is(err, vault.ErrNoClient) {
				return "One of these clients is not on record: choose again.", nil
			} else if err != nil {
				return "", err
			}
		}
	}
	return "", nil
}
