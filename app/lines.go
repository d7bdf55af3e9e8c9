package app

import (
	"context"

	"casekeep/app/form"
	"casekeep/vault/record"
)

// resetLines makes the safety lines above a record say again what stands in
// it, after the entry that had set one was struck through.
func (p *Practice) resetLines(ctx context.Context, struck record.EntryID) error {
	e, err := p.v.Entry(ctx, struck)
	if err != nil {
		return err
	}
	if e.Form != record.FormSafeContact && e.Form != record.FormSafetyPlan {
		return nil
	}
	list, err := p.v.Facts(ctx, e.Client)
	if err != nil || len(list) == 0 {
		return err
	}
	line := ""
	for _, f := range list[0].Forms { // the last one stands
		if f.Form != e.Form {
			continue
		}
		if line, err = lineOf(f); err != nil {
			return err
		}
	}
	if e.Form == record.FormSafeContact {
		return p.v.SetLines(ctx, e.Client, &line, nil)
	}
	return p.v.SetLines(ctx, e.Client, nil, &line)
}

func lineOf(f record.Filed) (string, error) {
	if f.Form == record.FormSafeContact {
		c, err := form.Decode[record.Contacting](f.Data)
		return form.SafeLine(c), err
	}
	plan, err := form.Decode[record.SafetyPlan](f.Data)
	return form.RiskLine(plan), err
}
