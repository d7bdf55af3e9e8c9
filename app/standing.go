package app

import (
	"cmp"
	"context"
	"slices"

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
	practice, file, err := p.open(ctx, client)
	if err != nil {
		return Standing{}, err
	}
	s := Standing{Client: client, Day: practice.Today, Name: practice.Settings.Name, Counts: map[standing.Status]int{}}
	if file == nil {
		s.Findings = practice.Findings()
	} else {
		s.Name = file.Client().Name
		if s.Findings, err = file.Findings(p.counter(ctx)); err != nil {
			return s, err
		}
	}
	for _, f := range s.Findings {
		s.Counts[f.Status]++
	}
	return s, nil
}

// Standings gives every client's standing in short, those with the most open
// duties first.
func (p *Practice) Standings(ctx context.Context) ([]StandingLine, error) {
	count := p.counter(ctx)
	_, files, _, err := p.judgeAll(ctx, func(f *judgedFile) error {
		if f.counts != nil {
			return nil
		}
		counts, first, err := f.Summary(count)
		if err == nil {
			c := f.Client()
			f.counts = &StandingLine{Client: c.ID, Number: c.Number, Name: c.Name, Kind: c.Kind, Status: c.Status, Counts: counts, First: first}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	lines := make([]StandingLine, len(files))
	for i, f := range files {
		lines[i] = *f.counts
	}
	slices.SortStableFunc(lines, func(a, b StandingLine) int {
		return cmp.Or(b.Counts[standing.Open]-a.Counts[standing.Open], b.Counts[standing.Due]-a.Counts[standing.Due], cmp.Compare(a.Name, b.Name))
	})
	return lines, nil
}
