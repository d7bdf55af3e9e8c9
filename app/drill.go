package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"casekeep/vault"
)

// Drilled is what a restore drill found.
type Drilled struct {
	Target      string        `json:"target"`
	Backup      string        `json:"backup"`
	Of          time.Time     `json:"of"` // when the backup was made
	Took        time.Duration `json:"took_ns"`
	Entries     int           `json:"entries"`
	Attachments int           `json:"attachments"`
	Rows        int64         `json:"rows"`
	Explained   int           `json:"explained"` // rows that changed since, as the trail says
	Differences []string      `json:"differences"`
	Whole       bool          `json:"whole"`
}

// errNothingToDrill says that a drill needs a backup.
var errNothingToDrill = errors.New("there is no backup within reach to try: connect the drive and back up first")

// Drill restores the newest backup within reach into memory, reads every
// attachment of it, and compares every record in it with the vault. Where all of
// it is right, that is remembered.
func (p *Practice) Drill(ctx context.Context, progress Doing) (Drilled, error) {
	plan, err := p.BackupPlan(ctx)
	if err != nil {
		return Drilled{}, err
	}
	began := time.Now()
	d, copies, err := p.drillTarget(ctx)
	if err != nil {
		return d, err
	}
	v, err := copies.Load(ctx, d.Backup, progress.as("Restoring the newest backup into memory"))
	if err != nil {
		p.noteFailed(d.Target, fmt.Errorf("the restore drill failed: %w", err))
		return d, fmt.Errorf("the backup cannot be restored: %w", err)
	}
	if err := p.TakenBack(ctx); err != nil {
		return d, errors.Join(err, v.Close())
	}
	found, err := vault.Compare(ctx, p.v, v, progress.as("Comparing every record"))
	if err = errors.Join(err, v.Close()); err != nil {
		return d, err
	}
	d.Took = time.Since(began)
	d.Entries, d.Attachments, d.Rows, d.Explained = found.Entries, found.Attachments, found.Rows, found.Explained
	d.Differences, d.Whole = append([]string{}, found.Differences...), found.Whole()
	if !d.Whole {
		p.noteFailed(d.Target, fmt.Errorf("the restore drill found %d differences", found.Differing))
		return d, nil
	}
	p.noteFailed(d.Target, nil)
	p.seen.drilled(p.v.Status().VaultID, p.Dir(), p.now())
	if p.ReadOnly() != nil {
		return d, nil
	}
	plan.Drilled = p.now().UTC()
	return d, p.v.SetBackupPlan(ctx, plan)
}

// drillTarget chooses the newest backup within reach.
func (p *Practice) drillTarget(ctx context.Context) (Drilled, *vault.Copies, error) {
	var d Drilled
	var copies *vault.Copies
	targets, err := p.everyTarget(ctx)
	if err != nil {
		return d, nil, err
	}
	for _, target := range targets {
		inside := p.backupFolder(target)
		if !isFolder(inside) {
			continue
		}
		c, err := p.v.CopiesIn(ctx, inside)
		if err != nil {
			return d, nil, err
		}
		list, err := c.List(ctx)
		if err != nil {
			return d, nil, err
		}
		for _, one := range list {
			if one.Problem == nil && one.At.After(d.Of) {
				d.Target, d.Backup, d.Of, copies = target, one.Name, one.At, c
			}
		}
	}
	if copies == nil {
		return d, nil, errNothingToDrill
	}
	return d, copies, nil
}

// DrillDue reports whether the plan asks for a restore drill, and a backup is
// within reach to try.
func (p *Practice) DrillDue(ctx context.Context) (bool, error) {
	b, err := p.Backups(ctx)
	if err != nil || b.Plan.Drill == 0 || p.now().Sub(b.Drilled) < time.Duration(b.Plan.Drill)*24*time.Hour {
		return false, err
	}
	for _, t := range b.Targets {
		if t.There && !t.Paused && isFolder(t.Inside) {
			return true, nil
		}
	}
	return false, nil
}
