package app

import (
	"context"
	"errors"

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
	return Today{}, errors.New("not yet computed")
}

// PutOffTask makes Today show a task on a later day, with the reason.
func (p *Practice) PutOffTask(ctx context.Context, key string, until record.Date, reason string) error {
	return p.v.PutOff(ctx, key, until, reason)
}

// TakeUpTask makes Today show a task again that was put off.
func (p *Practice) TakeUpTask(ctx context.Context, key string) error { return p.v.TakeUp(ctx, key) }
