package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"casekeep/vault/record"
)

// OfferClosing gives the records that are open though nobody was in contact
// for a year, the longest silence first: they are never due until they are
// closed.
func (p *Practice) OfferClosing(ctx context.Context) ([]Kept, error) {
	facts, err := p.allFacts(ctx)
	if err != nil {
		return nil, err
	}
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return nil, err
	}
	var clients []record.Facts
	for _, f := range facts {
		if f.Client.ID > 0 {
			clients = append(clients, f)
		}
	}
	today := p.today(settings)
	zone := record.LoadZone(settings.Zone)
	since := map[record.ClientID]record.Date{}
	var ids []record.ClientID
	for _, f := range silent(clients, zone, today) {
		ids, since[f.Client.ID] = append(ids, f.Client.ID), heardLast(f, zone)
	}
	if len(ids) == 0 {
		return []Kept{}, nil
	}
	list, err := p.Keep(ctx, ids...)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b Kept) int {
		return cmp.Or(cmp.Compare(since[a.Client].String(), since[b.Client].String()), cmp.Compare(a.Name, b.Name))
	})
	return list, nil
}

// silent leaves those that are open and had no contact for a year.
func silent(clients []record.Facts, zone *time.Location, today record.Date) []record.Facts {
	day := yearsAfter(today, -1)
	limit := record.EntryID(day.In(zone).UnixMilli() << 16)
	var list []record.Facts
	for _, f := range clients {
		heard := func(t record.Tally) bool { return t.Last >= limit }
		if f.Client.Status != record.Closed && !slices.ContainsFunc(f.Tally, heard) && heardLast(f, zone).Before(day) {
			list = append(list, f)
		}
	}
	return list
}

// heardLast gives the day of the last contact with a client or, where there
// was none, the day on which the record begins.
func heardLast(f record.Facts, zone *time.Location) record.Date {
	last := record.EntryID(0)
	for _, t := range f.Tally {
		last = max(last, t.Last)
	}
	switch {
	case last != 0:
		return record.DateOf(last.Time().In(zone))
	case !f.Client.Since.IsZero():
		return f.Client.Since
	}
	return record.DateOf(f.Client.Created.In(zone))
}

// yearsAfter gives the day some years later, or earlier for a negative number.
func yearsAfter(d record.Date, n int) record.Date {
	return record.DateOf(time.Date(d.Year+n, d.Month, d.Day, 0, 0, 0, 0, time.UTC))
}
