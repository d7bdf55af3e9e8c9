package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"casekeep/vault"
	"casekeep/vault/record"
)

// Cleared is what became of one target when destroyed records were removed from
// its backups.
type Cleared struct {
	Target  string `json:"target"`
	Away    bool   `json:"away"`    // it is not there: its backups are as they were
	Cleared int    `json:"cleared"` // backups that were written anew
	Clean   int    `json:"clean"`   // backups that held none of them
	Err     error  `json:"-"`
}

// StillHeld gives the backups that hold records which were destroyed, as far as
// the vault remembers, the newest first; of one destruction, or of any for 0.
func (p *Practice) StillHeld(ctx context.Context, destruction int64) ([]record.KnownBackup, error) {
	destroyed, err := p.v.Destructions(ctx)
	if err != nil {
		return nil, err
	}
	list, err := p.v.KnownBackups(ctx)
	return slices.DeleteFunc(list, func(b record.KnownBackup) bool {
		return !b.Gone.IsZero() || !slices.ContainsFunc(destroyed, func(d record.Destruction) bool {
			return (destruction == 0 || d.ID == destruction) && b.Cleared < d.ID && b.At.Before(d.At)
		})
	}), err
}

// CopiesHeld gives the copies in the vault's folder that may hold records which were
// destroyed: none where none was.
func (p *Practice) CopiesHeld(ctx context.Context) ([]record.StrayCopy, error) {
	destroyed, err := p.v.Destructions(ctx)
	if err != nil || len(destroyed) == 0 {
		return nil, err
	}
	return p.StrayCopies(ctx)
}

// ClearBackups removes from every backup within reach the records that were
// destroyed since it was made. Each is written anew, read back, and only then
// takes the old one's place; one that cannot be is as it was, and is named.
func (p *Practice) ClearBackups(ctx context.Context, progress Doing) ([]Cleared, error) {
	if err := p.changing(); err != nil {
		return nil, err
	}
	destroyed, err := p.v.Destructions(ctx)
	if err != nil || len(destroyed) == 0 {
		return nil, err
	}
	targets, err := p.everyTarget(ctx)
	if err != nil {
		return nil, err
	}
	p.backing.running.Lock()
	defer p.backing.running.Unlock()
	var all []Cleared
	for _, target := range targets {
		c := Cleared{Target: target, Away: !isFolder(p.backupFolder(target))}
		if !c.Away {
			c.Err = p.clearTarget(ctx, &c, destroyed, progress)
		}
		all = append(all, c)
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
	}
	return all, nil
}

// everyTarget gives the folders of the plan, and those in which there are
// backups as far as the vault remembers.
func (p *Practice) everyTarget(ctx context.Context) ([]string, error) {
	plan, err := p.BackupPlan(ctx)
	if err != nil {
		return nil, err
	}
	known, err := p.v.KnownBackups(ctx)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, t := range plan.Targets {
		all = append(all, t.Folder)
	}
	for _, k := range known {
		if k.Gone.IsZero() {
			all = append(all, k.Target)
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func (p *Practice) clearTarget(ctx context.Context, c *Cleared, destroyed []record.Destruction, progress Doing) error {
	copies, err := p.v.CopiesIn(ctx, p.backupFolder(c.Target))
	if err != nil {
		return err
	}
	list, err := copies.List(ctx)
	if err != nil {
		return err
	}
	var failed []error
	var blobs []string
	for i, one := range list {
		if progress != nil {
			progress(int64(i), int64(len(list)), "Purging backups in "+filepath.Base(c.Target))
		}
		if err := ctx.Err(); err != nil {
			failed = append(failed, err)
			break
		}
		dropped, err := p.clearOne(ctx, copies, c, one, destroyed)
		if err != nil {
			failed = append(failed, fmt.Errorf("the backup %s still holds what was destroyed: %w", one.Name, err))
		}
		blobs = append(blobs, dropped...)
	}
	if len(blobs) > 0 {
		failed = append(failed, copies.DropAttachments(context.WithoutCancel(ctx), blobs))
	}
	return errors.Join(failed...)
}

// clearOne clears one backup of the destructions that it does not know of.
func (p *Practice) clearOne(ctx context.Context, copies *vault.Copies, c *Cleared, one vault.Copy, destroyed []record.Destruction) ([]string, error) {
	if one.Problem != nil {
		return nil, one.Problem
	}
	knows := func(d record.Destruction) bool {
		return slices.ContainsFunc(one.Facts.Destroyed, func(k record.Destruction) bool { return k.Client == d.Client })
	}
	if !slices.ContainsFunc(destroyed, func(d record.Destruction) bool { return !knows(d) }) {
		c.Clean++
		return nil, nil
	}
	_, blobs, err := copies.Clear(ctx, one, destroyed, p.v)
	if err != nil {
		return nil, err
	}
	c.Cleared++
	b := knownBackup(c.Target, one, 0)
	b.Cleared = destroyed[0].ID
	for _, d := range destroyed {
		b.Cleared = max(b.Cleared, d.ID)
	}
	return blobs, p.v.NoteBackup(ctx, b)
}
