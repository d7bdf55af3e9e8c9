package app

import (
	"context"
	"errors"
	"fmt"
)

// OldBackups are the backups in a target that are sealed to a key which was
// revoked since.
type OldBackups struct {
	Target string
	Count  int  // how many there are, or were removed
	Away   bool // the target is not there
	Err    error
}

// OldBackups gives where backups lie that open with a key which was revoked, in
// the targets within reach.
func (p *Practice) OldBackups(ctx context.Context) ([]OldBackups, error) {
	targets, err := p.everyTarget(ctx)
	if err != nil {
		return nil, err
	}
	var all []OldBackups
	for _, target := range targets {
		folder := p.backupFolder(target)
		if !isFolder(folder) {
			continue
		}
		old, err := p.oldIn(ctx, folder)
		if err != nil {
			continue // the page of the backups says what is wrong with them
		}
		if len(old) > 0 {
			all = append(all, OldBackups{Target: target, Count: len(old)})
		}
	}
	return all, nil
}

// oldIn gives the names of the backups in a folder that open with a retired key.
func (p *Practice) oldIn(ctx context.Context, folder string) ([]string, error) {
	copies, err := p.v.CopiesIn(ctx, folder)
	if err != nil {
		return nil, err
	}
	return copies.Old(ctx)
}

// RemoveOldBackups backs up under the present key where backups lie that open with
// a key which was revoked, reads that back, and then removes those. It gives what
// became of each target; those that are not within reach stay as they are.
func (p *Practice) RemoveOldBackups(ctx context.Context, progress Doing) ([]OldBackups, error) {
	if err := p.changing(); err != nil {
		return nil, err
	}
	targets, err := p.everyTarget(ctx)
	if err != nil {
		return nil, err
	}
	var all []OldBackups
	for _, target := range targets {
		if !isFolder(target) {
			all = append(all, OldBackups{Target: target, Away: true})
		}
	}
	old, err := p.OldBackups(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range old {
		p.replaceOld(ctx, progress, &o)
		if all = append(all, o); ctx.Err() != nil {
			return all, ctx.Err()
		}
	}
	return all, nil
}

// replaceOld counts what is gone of the old backups that were there: the plan may
// have removed some of them once there was a new one.
func (p *Practice) replaceOld(ctx context.Context, progress Doing, o *OldBackups) {
	if _, o.Err = p.BackUp(ctx, progress, o.Target); o.Err != nil {
		return
	}
	p.backing.running.Lock()
	defer p.backing.running.Unlock()
	copies, err := p.v.CopiesIn(ctx, p.backupFolder(o.Target))
	if err != nil {
		o.Err = err
		return
	}
	removed, err := copies.RemoveOld(ctx)
	err = errors.Join(err, p.v.NoteGone(ctx, o.Target, removed))
	p.lookAt(ctx, &BackedUp{Target: o.Target}, p.backupFolder(o.Target))
	if err != nil {
		o.Count, o.Err = len(removed), fmt.Errorf("older backups could not be removed: %w", err)
	}
}
