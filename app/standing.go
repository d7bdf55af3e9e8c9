package app

import (
	"context"
	"errors"

	"casekeep/app/standing"
	"casekeep/vault/record"
)

// Standing is where one record, or the practice itself, stands with the
// practice standards. It is the practitioner's own working view: computed
// anew, never stored, never part of a release.
type Standing struct {
	Client   record.ClientID
	Name     string
	Day      record.Date             // the day for which it was computed
	Findings []standing.Finding      // sorted by what matters
	Counts   map[standing.Status]int // over all findings
}

// StandingLine is one client's standing in short: how many duties of its own
// record have which status. What the practice itself owes is not counted.
type StandingLine struct {
	Client record.ClientID
	Number string
	Name   string
	Kind   record.Kind
	Status record.Status
	Counts map[standing.Status]int
	First  standing.Finding // the one that matters most
}

// Standing gives where a client's record stands, duty by duty; record.Book
// gives where the practice itself does.
func (p *Practice) Standing(ctx context.Context, client record.ClientID) (Standing, error) {
	return Standing{}, errors.New("not yet computed")
}

// Standings gives every client's standing in short, those with the most open
// duties first.
func (p *Practice) Standings(ctx context.Context) ([]StandingLine, error) {
	return nil, errors.New("not yet computed")
}
