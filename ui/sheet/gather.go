package sheet

import (
	"context"
	"maps"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

// sources are what a form is filled in from.
type sources struct {
	client   record.Client
	today    record.Date
	values   form.Values
	about    record.EntryID            // that it follows up
	follows  string                    // the same in words
	policies []app.CurrentPolicy       // the current version of each topic
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
	if err = from.begin(ctx, p, ask); err != nil {
		return from, err
	}
	text, err := p.FormDraft(ctx, ask.Client, ask.slot())
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

// begin reads the answers that the form begins with. A correction follows up
// what the entry before it did.
func (s *sources) begin(ctx context.Context, p *app.Practice, ask Ask) (err error) {
	s.about = ask.About
	if ask.Supersedes != 0 {
		var before record.Entry
		if before, s.values, err = p.Correct(ctx, ask.Supersedes); err != nil {
			return err
		}
		s.about = before.About
	}
	if s.about != 0 {
		before, err := p.Entry(ctx, s.about)
		if err != nil {
			return err
		}
		s.follows = before.Subject + ", " + record.DateOf(before.At.In(before.TimeZone())).Long()
	}
	if ask.Supersedes == 0 {
		if s.values, err = p.Prepare(ctx, ask.Client, ask.Form, ask.About); err != nil {
			return err
		}
	}
	maps.Copy(s.values, ask.Values)
	return nil
}
