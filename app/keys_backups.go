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
		if _, o.Err = p.BackUp(ctx, progress, o.Target); o.Err == nil {
			o.Count, o.Err = p.removeOldIn(ctx, o.Target)
		}
		if all = append(all, o); ctx.Err() != nil {
			return all, ctx.Err()
		}
	}
	return all, nil
}

func (p *Practice) removeOldIn(ctx context.Context, target string) (int, error) {
	p.backing.running.Lock()
	defer p.backing.running.Unlock()
	copies, err := p.v.CopiesIn(ctx, p.backupFolder(target))
	if err != nil {
		return 0, err
	}
	removed, err := copies.RemoveOld(ctx)
	if len(removed) > 0 {
		err = errors.Join(err, p.v.NoteGone(ctx, target, removed))
	}
	if err != nil {
		return len(removed), fmt.Errorf("older backups could not be removed: %w", err)
	}
	return len(removed), nil
}
