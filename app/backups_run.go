package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"casekeep/vault"
	"casekeep/vault/record"
)

// BackedUp is what became of one target of a backup.
type BackedUp struct {
	Target      string `json:"target"`
	Generation  string `json:"generation,omitempty"` // its name; of an unchanged vault the newest one there
	Unchanged   bool   `json:"unchanged"`            // the newest backup there holds everything already
	Bytes       int64  `json:"bytes"`                // written
	Changed     int64  `json:"changed"`              // bytes that had changed
	Attachments int    `json:"attachments"`          // copied
	Pruned      int    `json:"pruned"`               // older backups that were removed by the plan
	Away        bool   `json:"away"`                 // the target is not there
	Others      int    `json:"others,omitempty"`     // backups there that another copy of this vault made
	OldKey      string `json:"old_key,omitempty"`    // says which one was made with a key after that was revoked
	Err         error  `json:"-"`
}

// Doing is told how far long work is. The text says what is being done.
type Doing func(done, total int64, text string)

func (f Doing) as(text string) func(done, total int64) {
	if f == nil {
		return nil
	}
	return func(done, total int64) { f(done, total, text) }
}

// backing is what the program knows of backups while it runs: one at a time,
// and what failed last.
type backing struct {
	running sync.Mutex
	mu      sync.Mutex
	failed  map[string]string // by target
	there   map[string]bool   // whether a target was there when it was looked for last

	caughtUp atomic.Bool // a backup has all that was done before the vault was opened
}

type failedBackup struct{ target, says string }

func (p *Practice) failedBackups() []failedBackup {
	p.backing.mu.Lock()
	defer p.backing.mu.Unlock()
	var all []failedBackup
	for target, says := range p.backing.failed {
		all = append(all, failedBackup{target, says})
	}
	return all
}

func (p *Practice) noteFailed(target string, err error) {
	p.backing.mu.Lock()
	defer p.backing.mu.Unlock()
	if p.backing.failed == nil {
		p.backing.failed = map[string]string{}
	}
	delete(p.backing.failed, target)
	if err != nil && !errors.Is(err, context.Canceled) {
		p.backing.failed[target] = err.Error()
	}
}

// hasFailed reports whether there was something to say of the last backup into a
// target: it is looked at anew then, though nothing changed.
func (p *Practice) hasFailed(target string) bool {
	p.backing.mu.Lock()
	defer p.backing.mu.Unlock()
	return p.backing.failed[target] != ""
}

// ErrNoTarget says that there is nowhere to back up to.
var ErrNoTarget = errors.New("this vault has no backup folder yet: choose one, best on another drive")

// noTarget is ErrNoTarget with the folders that were named by hand before.
func (p *Practice) noTarget(ctx context.Context) error {
	plan, err := p.BackupPlan(ctx)
	if err != nil || len(plan.Targets) > 0 { // all paused
		return cmp.Or(err, ErrNoTarget)
	}
	before, err := p.everyTarget(ctx)
	if err != nil || len(before) == 0 {
		return cmp.Or(err, ErrNoTarget)
	}
	name := "name it, or add it to the plan in the window"
	if len(before) > 1 {
		name = "name one, or add it to the plan in the window"
	}
	return fmt.Errorf("%w. It was backed up into %s before: %s", ErrNoTarget, strings.Join(before, ", "), name)
}

// BackUp backs the vault up into every target that is there, or into the folders
// that are named, reads back what was written, and removes the backups that the
// plan no longer keeps. A target that fails keeps the others from nothing: its
// result has the error. The error of BackUp itself is that of all where none
// succeeded.
func (p *Practice) BackUp(ctx context.Context, progress Doing, folders ...string) ([]BackedUp, error) {
	plan, err := p.BackupPlan(ctx)
	if err != nil {
		return nil, err
	}
	if len(folders) > 0 {
		plan.Targets = nil
	}
	for _, folder := range folders {
		if folder, err = p.checkTarget(folder); err != nil {
			return nil, err
		}
		plan.Targets = append(plan.Targets, record.BackupTarget{Folder: folder})
	}
	if progress != nil && p.TakingBack() { // who locks is to see why that takes a while
		progress(0, 0, "Taking back an import that was cut off")
	}
	// What keeps an import from being taken back is no reason to be without a backup:
	// a restore takes it back.
	if err := p.TakenBack(ctx); err != nil && ctx.Err() != nil {
		return nil, err
	}
	p.backing.running.Lock()
	defer p.backing.running.Unlock()
	var all []BackedUp
	var failed []error
	done := 0
	for _, t := range plan.Targets {
		if t.Paused {
			continue
		}
		b := BackedUp{Target: t.Folder, Away: !isFolder(t.Folder)}
		if b.Away {
			b.Err = fmt.Errorf("%s is not there: connect the drive", t.Folder)
		} else {
			p.backUpInto(ctx, plan, &b, progress)
			p.noteFailed(t.Folder, b.Err)
		}
		if b.Generation != "" { // one was made, whatever else there is to say
			done++
		}
		if b.Err != nil {
			failed = append(failed, b.Err)
		}
		all = append(all, b)
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
	}
	if len(all) == 0 {
		return nil, p.noTarget(ctx)
	}
	if done == 0 {
		return all, fmt.Errorf("nothing was backed up: %w", errors.Join(failed...))
	}
	return all, nil
}

func (p *Practice) backUpInto(ctx context.Context, plan record.BackupPlan, b *BackedUp, progress Doing) {
	folder := p.backupFolder(b.Target)
	copies, list := p.lookAt(ctx, b, folder)
	if newest, ok := p.unchanged(ctx, copies, list); ok && !p.hasFailed(b.Target) {
		b.Generation, b.Unchanged = newest, true
		p.noteBackedUp(p.now())
		return
	}
	written, err := p.v.Backup(ctx, folder, progress.as("Backing up into "+filepath.Base(b.Target)))
	if err != nil {
		b.Err = fmt.Errorf("the backup into %s failed: %w", b.Target, err)
		return
	}
	b.Generation, b.Bytes, b.Changed, b.Attachments = written.Generation.Name, written.Bytes, written.Changed, written.Attachments
	p.noteBackedUp(written.Generation.At)
	if p.ReadOnly() == nil {
		if err := p.v.NoteBackup(ctx, knownBackup(b.Target, vault.CopyOf(written.Generation), written.Bytes)); err != nil {
			b.Err = fmt.Errorf("the backup into %s was made, but not noted in the vault: %w", b.Target, err)
			return
		}
	}
	if len(written.Damage) > 0 { // an older backup may hold what is damaged: none is removed
		b.Err = fmt.Errorf("the backup into %s was made, but of the vault's own files %d are missing or damaged, the first is %s (%s): "+
			"verify the vault, and look for them in an older backup", b.Target, len(written.Damage), written.Damage[0].File, written.Damage[0].Reason)
		return
	}
	if p.changing() == nil {
		b.Err = p.prune(ctx, plan, b, folder)
	}
}

// knownBackup gives what the vault remembers of a backup.
func knownBackup(target string, c vault.Copy, bytes int64) record.KnownBackup {
	k := record.KnownBackup{Target: target, Generation: c.Name, At: c.At, Entries: c.Facts.Entries, Bytes: bytes}
	for _, d := range c.Facts.Destroyed {
		k.Cleared = max(k.Cleared, d.ID)
	}
	return k
}

// noteBackedUp notes that a backup held everything at a moment.
func (p *Practice) noteBackedUp(at time.Time) {
	p.backing.caughtUp.Store(true)
	p.seen.backedUp(p.v.Status().VaultID, p.Dir(), at)
}

// lookAt gives the backups in a folder, the newest first, and tells of those that
// were not made of this vault. Where they cannot be read the backup itself says why.
func (p *Practice) lookAt(ctx context.Context, b *BackedUp, folder string) (*vault.Copies, []vault.Copy) {
	copies, err := p.v.CopiesIn(ctx, folder)
	if err != nil {
		return nil, nil
	}
	list, err := copies.List(ctx)
	if err != nil {
		return nil, nil
	}
	if others, found, err := p.noteStrange(ctx, b.Target, list); err == nil {
		b.Others, b.OldKey = len(others), found.OldKey
	}
	return copies, list
}

// unchanged reports whether a backup in a list is there, by the sizes of its files,
// and holds all that was done, and names the newest that does.
func (p *Practice) unchanged(ctx context.Context, copies *vault.Copies, list []vault.Copy) (string, bool) {
	events, head, err := p.v.AuditHead(ctx)
	at := slices.IndexFunc(list, func(one vault.Copy) bool {
		return one.Problem == nil && one.Facts.Events == events && one.Facts.Head == head
	})
	if err != nil || at < 0 {
		return "", false
	}
	whole, err := copies.IsWhole(ctx, list[at].Name)
	return list[at].Name, err == nil && whole
}

// prune removes the backups that the plan no longer keeps.
func (p *Practice) prune(ctx context.Context, plan record.BackupPlan, b *BackedUp, folder string) error {
	copies, err := p.v.CopiesIn(ctx, folder)
	if err != nil {
		return fmt.Errorf("the backup into %s was made, but older ones could not be looked at: %w", b.Target, err)
	}
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return err
	}
	list, err := copies.List(ctx)
	var others []string
	if err == nil {
		others, err = p.othersIn(ctx, list)
	}
	if err != nil {
		return fmt.Errorf("the backup into %s was made, but older ones could not be looked at: %w", b.Target, err)
	}
	removed, err := copies.Prune(ctx, plan.Keep, record.LoadZone(settings.Zone), others)
	b.Pruned = len(removed)
	if err != nil {
		return fmt.Errorf("the backup into %s was made, but older ones could not be removed: %w", b.Target, err)
	}
	if p.ReadOnly() != nil {
		return nil
	}
	return p.v.NoteGone(ctx, b.Target, removed)
}

// BackupDue reports whether a backup should be made now: a target is there
// whose last backup is older than the plan allows, does not know of a record that
// was destroyed, or is gone, or that just appeared; or the last use of the vault
// ended without one. It is cheap enough to be asked every
// minute.
func (p *Practice) BackupDue(ctx context.Context) (bool, error) {
	b, err := p.Backups(ctx)
	if err != nil {
		return false, err
	}
	destroyed, err := p.v.Destructions(ctx)
	if err != nil {
		return false, err
	}
	p.backing.mu.Lock()
	defer p.backing.mu.Unlock()
	if p.backing.there == nil {
		p.backing.there = map[string]bool{}
	}
	due := false
	for _, t := range b.Targets {
		was, looked := p.backing.there[t.Folder]
		p.backing.there[t.Folder] = t.There
		if t.Paused || !t.There {
			continue
		}
		appeared := looked && !was
		late := b.Plan.Every > 0 && p.now().Sub(latest(t.Last, p.seen.of(p.v.Status().VaultID, p.Dir()).BackedUp)) >= time.Duration(b.Plan.Every)*time.Minute
		behind := len(destroyed) > 0 && t.Last.Before(destroyed[0].At)
		due = due || appeared || late || behind || p.behind(b.Last) || t.Gone || t.Last.IsZero()
	}
	return due, nil
}
