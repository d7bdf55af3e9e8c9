package app

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"casekeep/app/retention"
	"casekeep/app/standing"
	"casekeep/vault/record"
)

// retained holds what Today asks about retention, as it was found last. It is
// found anew once anything was changed, or the day.
type retained struct {
	mu    sync.Mutex
	known bool
	head  int64
	days  [2]record.Date // the practice's, and the one that begins last on earth
	tasks []standing.Task
	due   int // records that are due
}

// Due gives how many records are due. It costs little where Today was asked
// since the last change.
func (p *Practice) Due(ctx context.Context) (int, error) {
	if _, err := p.Today(ctx); err != nil {
		return 0, err
	}
	p.retained.mu.Lock()
	defer p.retained.mu.Unlock()
	return p.retained.due, nil
}

// retentionTasks gives what Today asks about how long records are kept: those
// that are due, or will be within 30 days, those that nobody closed, the rules
// that wait for a confirmation, and holds that stand for long.
func (p *Practice) retentionTasks(ctx context.Context, practice *standing.Practice, files []*judgedFile, head int64) ([]standing.Task, error) {
	p.retained.mu.Lock()
	defer p.retained.mu.Unlock()
	days := [2]record.Date{practice.Today, record.DateOf(p.now().UTC().Add(-12 * time.Hour))}
	if r := &p.retained; r.known && r.head == head && r.days == days {
		return r.tasks, nil
	}
	rules, err := p.RetentionRules(ctx)
	if err != nil {
		return nil, err
	}
	holds, err := p.v.Holds(ctx, 0)
	if err != nil {
		return nil, err
	}
	soon, err := p.soonDue(ctx, rules, files, practice.Today)
	if err != nil {
		return nil, err
	}
	clients := make([]record.Facts, len(files))
	for i, f := range files {
		clients[i] = f.Facts()
	}
	zone := record.LoadZone(practice.Settings.Zone)
	tasks := slices.Concat(dueTasks(soon, practice.Today), closingTask(silent(clients, zone, practice.Today), practice),
		ruleTasks(rules, practice), holdTasks(holds, clients, practice.Today))
	p.retained.due = 0
	for _, k := range soon {
		if k.Status == record.KeepDue {
			p.retained.due++
		}
	}
	p.retained.known, p.retained.head, p.retained.days, p.retained.tasks = true, head, days, tasks
	return tasks, nil
}

// soonDue gives the records that are due, or will be within the lead of Today,
// the earliest first. Every rule has a period that runs from the closing, so
// that only those are asked about that were closed long enough ago for the
// shortest rule.
func (p *Practice) soonDue(ctx context.Context, rules []RetentionRule, files []*judgedFile, today record.Date) ([]record.Keep, error) {
	shortest := 0
	for _, r := range rules {
		if years := retention.AtLeast(r.RetentionRule); years > 0 && !r.Confirmed.IsZero() && (shortest == 0 || years < shortest) {
			shortest = years
		}
	}
	if shortest == 0 {
		return nil, nil
	}
	horizon := record.DateOf(today.In(record.LoadZone("UTC")).AddDate(0, 0, standing.Lead))
	var ids []record.ClientID
	for _, f := range files {
		if c := f.Client(); c.Status == record.Closed && !horizon.Before(yearsAfter(c.ClosedOn, shortest)) {
			ids = append(ids, c.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := p.v.Keep(ctx, ids...)
	list = slices.DeleteFunc(list, func(k record.Keep) bool {
		return k.Status != record.KeepDue && (k.Status != record.KeepKept || k.Until.IsZero() || horizon.Before(k.Until))
	})
	slices.SortStableFunc(list, func(a, b record.Keep) int { return cmp.Compare(a.Until.String(), b.Until.String()) })
	return list, err
}
