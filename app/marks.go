package app

import (
	"context"
	"errors"

	"casekeep/vault/record"
)

// Mark is what stands beside an entry of a timeline: the entry is kept all the
// same.
type Mark struct {
	Text string // "no consent to text messages"
	Kind string // MarkChannel and the rest
}

// The kinds of marks.
const (
	MarkChannel = "channel" // no consent to the channel on that day (TSP 4.03)
	MarkConsent = "consent" // a service before any consent (TSP 2.01)
	MarkHours   = "hours"   // outside the practice's hours (TSP 4.04)
	MarkLicense = "license" // nothing covers the place on that day (MS 3.4.B)
)

// Marks gives the marks of entries of one client's timeline. An entry without
// any is not in the map.
func (p *Practice) Marks(ctx context.Context, client record.ClientID, entries []record.Entry) (map[record.EntryID][]Mark, error) {
	return nil, errors.New("not yet computed")
}
