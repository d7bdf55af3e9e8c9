package sheet

import (
	"context"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

// sources are what a form is filled in from.
type sources struct {
	client   record.Client
	today    record.Date
	values   form.Values
	policies []record.PolicyRef        // the current version of each topic
	links    map[string][]record.Filed // by the key of the field, newest first
	clients  []record.ClientSummary    // where clients are to be chosen
	draft    *draft
}

// gather reads them.
func gather(ctx context.Context, p *app.Practice, ask Ask, spec form.Spec) (sources, error) {
	from := sources{links: map[string][]record.Filed{}}
	settings, err := p.Settings(ctx)
	if err != nil {
		return from, err
	}
	from.today = record.DateOf(p.Now().In(record.LoadZone(settings.Zone)))
	if ask.Client != record.Book {
		if from.client, err = p.OpenClient(ctx, ask.Client); err != nil {
			return from, err
		}
	}
	for _, f := range spec.Fields() {
		if err := from.of(ctx, p, ask.Client, f); err != nil {
			return from, err
		}
	}
	if from.values, err = beginning(ctx, p, ask, spec, from); err != nil {
		return from, err
	}
	text, err := p.FormDraft(ctx, ask.Client, ask.Form)
	from.draft = readDraft(text, ask)
	return from, err
}

// of reads what one field is answered from.
func (s *sources) of(ctx context.Context, p *app.Practice, client record.ClientID, f form.Field) (err error) {
	switch f.Input {
	case form.Policies:
		s.policies, err = p.CurrentPolicies(ctx)
	case form.Link:
		s.links[f.Key], err = p.Forms(ctx, client, f.Links...)
	case form.Clients:
		s.clients, err = p.Clients(ctx)
	}
	return err
}

// beginning gives the answers that the form begins with.
func beginning(ctx context.Context, p *app.Practice, ask Ask, spec form.Spec, from sources) (form.Values, error) {
	values := defaults(spec, from)
	if ask.Supersedes != 0 {
		var err error
		if _, values, err = p.Correct(ctx, ask.Supersedes); err != nil {
			return nil, err
		}
	}
	for key, value := range ask.Values {
		values[key] = value
	}
	return values, nil
}

// defaults gives what the situation answers.
func defaults(spec form.Spec, from sources) form.Values {
	values := form.Values{}
	for _, f := range spec.Fields() {
		switch {
		case f.Dated:
			values[f.Key] = from.today.String()
		case f.Input == form.Policies:
			values[f.Key] = from.policies
		case f.Input == form.Signers:
			values[f.Key] = deciders(from.client)
		}
	}
	if f, ok := spec.Field("decision"); ok && len(f.Options) > 0 && f.Options[0].Value == record.Given {
		values["decision"] = record.Given
	}
	return values
}

// deciders gives who decides for a client: the person, or each member.
func deciders(c record.Client) []record.Signer {
	if len(c.Members) == 0 {
		return []record.Signer{{Name: c.Name, Role: "client"}}
	}
	var all []record.Signer
	for _, m := range c.Members {
		all = append(all, record.Signer{Name: m.Name, Role: "member"})
	}
	return all
}
