package app

import (
	"cmp"
	"context"
	"slices"

	"casekeep/app/standing"
	"casekeep/vault/record"
)

// Today is what needs the practitioner.
type Today struct {
	Day    record.Date
	Tasks  []standing.Task // soonest first
	PutOff []PutOffTask    // those that were put off to a later day, soonest first
}

// PutOffTask is a task that waits for a later day.
type PutOffTask struct {
	Task   standing.Task
	Until  record.Date
	Reason string
}

// Today gives what needs the practitioner, soonest first. Nothing in it says
// that all else is in order: only that nothing else is due by the rules.
func (p *Practice) Today(ctx context.Context) (Today, error) {
	count := p.counter(ctx)
	practice, files, head, err := p.judgeAll(ctx, func(f *judgedFile) (err error) {
		if !f.asked {
			f.tasks, err = f.Tasks(count)
			f.asked = err == nil
		}
		return err
	})
	if err != nil {
		return Today{}, err
	}
	snoozes, err := p.v.Snoozes(ctx)
	if err != nil {
		return Today{}, err
	}
	later := map[string]record.Snooze{}
	for _, s := range snoozes {
		if practice.Today.Before(s.Until) {
			later[s.Task] = s
		}
	}
	lists := make([][]standing.Task, len(files))
	for i, f := range files {
		lists[i] = f.tasks
	}
	retained, err := p.retentionTasks(ctx, practice, files, head)
	if err != nil {
		return Today{}, err
	}
	backups, err := p.backupTasks(ctx, practice)
	if err != nil {
		return Today{}, err
	}
	keys, err := p.keyTasks(ctx, practice)
	if err != nil {
		return Today{}, err
	}
	today := Today{Day: practice.Today}
	for _, t := range practice.Gather(slices.Concat(practice.Tasks(), retained, backups, keys), lists...) {
		if s, ok := later[t.Key]; ok {
			today.PutOff = append(today.PutOff, PutOffTask{t, s.Until, s.Reason})
			continue
		}
		today.Tasks = append(today.Tasks, t)
	}
	slices.SortStableFunc(today.PutOff, func(a, b PutOffTask) int { return cmp.Compare(a.Until.String(), b.Until.String()) })
	return today, nil
}

// PutOffTask makes Today show a task on a later day, with the reason.
func (p *Practice) PutOffTask(ctx context.Context, key string, until record.Date, reason string) error {
	return p.v.PutOff(ctx, key, until, reason)
}

// TakeUpTask makes Today show a task again that was put off.
func (p *Practice) TakeUpTask(ctx context.Context, key string) error { return p.v.TakeUp(ctx, key) }
