package app

import (
	"context"
	"slices"

	"casekeep/app/retention"
	"casekeep/vault/record"
)

// Kept is until when a record is kept, with the arithmetic in words. The dates
// are the database's (45 CFR sets none; each state's rule names its own).
type Kept struct {
	record.Keep
	Line  string           `json:"line"`  // "Keep until March 14, 2041: closed March 14, 2034, plus 7 years, Texas 22 TAC 781.309(4)"
	Steps []retention.Step `json:"steps"` // each date, the latest first
	Why   []string         `json:"why"`   // what keeps it beside its date, and what to do about it: a sentence each
	Moves []string         `json:"moves"` // what would move the date: a sentence each
}

// Keep gives until when the records named are kept, or all of them where none
// is named, in the order of their ids.
func (p *Practice) Keep(ctx context.Context, clients ...record.ClientID) ([]Kept, error) {
	list, err := p.v.Keep(ctx, clients...)
	if err != nil {
		return nil, err
	}
	for _, id := range clients {
		if !slices.ContainsFunc(list, func(k record.Keep) bool { return k.Client == id }) {
			return nil, ErrNoClient
		}
	}
	known, err := p.retentionKnown(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Kept, len(list))
	for i, k := range list {
		all[i] = Kept{Keep: k, Line: retention.Line(k, known), Steps: retention.Steps(k, known), Why: retention.Why(k, known), Moves: retention.Moves(k)}
	}
	return all, nil
}

// retentionKnown reads what the words about retention need.
func (p *Practice) retentionKnown(ctx context.Context) (retention.Known, error) {
	known := retention.Known{Rules: map[string]record.RetentionRule{}, Holds: map[int64]record.Hold{}}
	rules, err := p.v.RetentionRules(ctx)
	if err != nil {
		return known, err
	}
	for _, r := range rules {
		known.Rules[r.Jurisdiction] = r
	}
	holds, err := p.v.Holds(ctx, 0)
	for _, h := range holds {
		if h.Lifted.IsZero() {
			known.Holds[h.ID] = h
		}
	}
	return known, err
}

// ExtendKeeping keeps a record until a later day than the rules ask, for a
// reason.
func (p *Practice) ExtendKeeping(ctx context.Context, client record.ClientID, until record.Date, reason string) error {
	return p.v.ExtendKeeping(ctx, client, until, reason)
}

// StateDeath keeps the day on which a client died; an unknown day takes it
// back.
func (p *Practice) StateDeath(ctx context.Context, client record.ClientID, died record.Date) error {
	return p.v.StateDeath(ctx, client, died)
}

// StateAdult says that a person whose birth date is not known was of full age
// when services began; who is a member's name, or "" for the client. adult
// false takes it back.
func (p *Practice) StateAdult(ctx context.Context, client record.ClientID, who string, adult bool) error {
	return p.v.StateAdult(ctx, client, who, adult)
}
