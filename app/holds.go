package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"casekeep/vault/record"
)

// PlaceHold puts a record, or with record.Book every record, under a legal
// hold: nothing of it is destroyed and no import into it undone until the hold
// is lifted.
func (p *Practice) PlaceHold(ctx context.Context, h record.Hold) (record.Hold, error) {
	if h.Source != "" && !slices.Contains(record.HoldSources(), h.Source) {
		return h, errors.New("choose where the hold comes from: " + strings.Join(record.HoldSources(), ", "))
	}
	return p.v.PlaceHold(ctx, h)
}

// LiftHold ends a hold: who lifted it, on which day (unknown: today), and why.
func (p *Practice) LiftHold(ctx context.Context, id int64, on record.Date, by, reason string) error {
	return p.v.LiftHold(ctx, id, on, by, reason)
}

// Holds gives the holds on a client's record, those on every record with them;
// for client 0 all of them. Those that stand come first, the newest before.
func (p *Practice) Holds(ctx context.Context, client record.ClientID) ([]record.Hold, error) {
	return p.v.Holds(ctx, client)
}
