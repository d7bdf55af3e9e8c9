package practice

import (
	"context"
	"strings"

	"casekeep/app"
	"casekeep/vault/record"
)

// beside is what a register shows beside its own entries.
type beside struct {
	policies map[record.EntryID]string // titles by version: a review says by the version alone of which one it was
	amiss    []string                  // what nothing in the register covers
}

func readBeside(ctx context.Context, p *app.Practice, f record.Form) (b beside, err error) {
	switch f {
	case record.FormReview:
		b.policies, err = policyNames(ctx, p)
	case record.FormLicense:
		b.amiss, err = unreached(ctx, p)
	}
	return b, err
}

func policyNames(ctx context.Context, p *app.Practice) (map[record.EntryID]string, error) {
	all, err := p.Policies(ctx)
	names := map[record.EntryID]string{}
	for _, one := range all {
		for _, v := range one.Versions {
			names[v.Entry] = one.Topic.Title
		}
	}
	return names, err
}

// unreached says which clients are where nothing permits the work, and what
// the standards ask then (MS 3.4.B, TSP 7.01).
func unreached(ctx context.Context, p *app.Practice) ([]string, error) {
	today, err := p.Today(ctx)
	var all []string
	for _, t := range today.Tasks {
		if strings.HasPrefix(t.Key, "license/") {
			all = append(all, t.Title+": "+t.Name+". "+t.Caption+".")
		}
	}
	return all, err
}
