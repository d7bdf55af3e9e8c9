package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casekeep/app/place"
	"casekeep/vault/backup"
	"casekeep/vault/record"
)

// Backups is how the vault's backups stand.
type Backups struct {
	Plan    record.BackupPlan
	Targets []BackupTarget
	Last    time.Time // the last moment at which a backup held all there was; zero: none is known
	Drilled time.Time // the last restore drill that found everything whole; zero: none
	Worries []Worry   // what is wrong, the most urgent first
	Known   []record.KnownBackup
}

// BackupTarget is a folder that the vault is backed up into.
type BackupTarget struct {
	record.BackupTarget
	Inside   string    // the folder of this vault's backups in it
	There    bool      // it can be reached now
	Last     time.Time // of its newest backup
	Count    int       // backups in it, as far as is known
	SameDisk bool      // it lies on the vault's own disk
	Gone     bool      // backups were made into it, and there is none any more
	Service  string    // that copies it to other computers; "": none is recognized
}

// Worry is something about the backups that should not stay as it is.
type Worry struct {
	Key      string // stable
	Says     string
	Do       string // what to do about it
	Pressing bool   // what was written lately is in no backup
}

// The plan of a practice that did not choose one. No backup is kept for years,
// so that a record which was destroyed leaves the backups too.
var (
	defaultKeep = record.BackupKeep{Last: 3, Daily: 7, Weekly: 5, Monthly: 12}
)

const (
	defaultEvery = 60 // minutes
	defaultDrill = 7  // days
	staleAfter   = 72 * time.Hour
)

// BackupPlan gives where and when the vault is backed up.
func (p *Practice) BackupPlan(ctx context.Context) (record.BackupPlan, error) {
	plan, err := p.v.BackupPlan(ctx)
	if plan.Keep == (record.BackupKeep{}) {
		plan.Keep, plan.Every, plan.Drill = defaultKeep, defaultEvery, defaultDrill
	}
	return plan, err
}

// SetBackupPlan replaces when the vault is backed up and how long backups are
// kept. Its targets stay.
func (p *Practice) SetBackupPlan(ctx context.Context, plan record.BackupPlan) error {
	k := plan.Keep
	switch {
	case min(k.Last, k.Daily, k.Weekly, k.Monthly, k.Yearly) < 0 || max(k.Last, k.Daily, k.Weekly, k.Monthly, k.Yearly) > 1000:
		return errors.New("how many backups are kept is a number from 0 to 1000")
	case k.Last < 1:
		return errors.New("at least the last backup is kept")
	case plan.Every < 0 || plan.Every > 7*24*60:
		return errors.New("the vault is backed up every so many minutes, a week at most, or only when it is locked (0)")
	case plan.Drill < 0 || plan.Drill > 366:
		return errors.New("a restore is tried every so many days, 366 at most, or only by hand (0)")
	}
	now, err := p.BackupPlan(ctx)
	if err != nil {
		return err
	}
	now.Keep, now.Every, now.Drill = plan.Keep, plan.Every, plan.Drill
	return p.v.SetBackupPlan(ctx, now)
}

// AddBackupTarget lets the vault be backed up into a folder too.
func (p *Practice) AddBackupTarget(ctx context.Context, folder string) error {
	folder, err := p.checkTarget(folder)
	if err != nil {
		return err
	}
	plan, err := p.BackupPlan(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(plan.Targets, func(t record.BackupTarget) bool { return t.Folder == folder }) {
		return fmt.Errorf("the vault is backed up into %s already", folder)
	}
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return err
	}
	plan.Targets = append(plan.Targets, record.BackupTarget{Folder: folder, Since: p.today(settings)})
	return p.v.SetBackupPlan(ctx, plan)
}

// checkTarget refuses a folder that cannot hold backups.
func (p *Practice) checkTarget(folder string) (string, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return "", fmt.Errorf("there is no folder %s: connect the drive, or make the folder", folder)
	case err != nil:
		return "", fmt.Errorf("the folder %s cannot be read: %w", folder, err)
	case !info.IsDir():
		return "", fmt.Errorf("%s is a file: choose a folder", folder)
	case within(folder, p.Dir()):
		return "", errors.New("this folder lies inside the vault: choose one outside, best on another disk")
	case IsVault(folder):
		return "", errors.New("this folder is a vault: choose one that holds no vault itself")
	}
	return folder, nil
}

// within reports whether a folder is another one, or lies in it.
func within(folder, other string) bool {
	for _, path := range []*string{&folder, &other} {
		if real, err := filepath.EvalSymlinks(*path); err == nil {
			*path = real
		}
		if whole, err := filepath.Abs(*path); err == nil {
			*path = whole
		}
	}
	rel, err := filepath.Rel(other, folder)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// RemoveBackupTarget ends backups into a folder. What lies there stays.
func (p *Practice) RemoveBackupTarget(ctx context.Context, folder string) error {
	return p.changeTargets(ctx, func(list []record.BackupTarget) []record.BackupTarget {
		return slices.DeleteFunc(list, func(t record.BackupTarget) bool { return t.Folder == folder })
	})
}

// PauseBackupTarget stops backups into a folder for a while, or takes them up
// again.
func (p *Practice) PauseBackupTarget(ctx context.Context, folder string, paused bool) error {
	return p.changeTargets(ctx, func(list []record.BackupTarget) []record.BackupTarget {
		for i := range list {
			if list[i].Folder == folder {
				list[i].Paused = paused
			}
		}
		return list
	})
}

func (p *Practice) changeTargets(ctx context.Context, change func([]record.BackupTarget) []record.BackupTarget) error {
	plan, err := p.BackupPlan(ctx)
	if err != nil {
		return err
	}
	plan.Targets = change(plan.Targets)
	return p.v.SetBackupPlan(ctx, plan)
}

// Backups gives how the vault's backups stand: what is known without reading
// them.
func (p *Practice) Backups(ctx context.Context) (Backups, error) {
	plan, err := p.BackupPlan(ctx)
	if err != nil {
		return Backups{}, err
	}
	b := Backups{Plan: plan, Drilled: plan.Drilled}
	if b.Known, err = p.v.KnownBackups(ctx); err != nil {
		return b, err
	}
	b.Last = p.seen.of(p.v.Status().VaultID, p.Dir()).BackedUp
	for _, t := range plan.Targets {
		target := BackupTarget{BackupTarget: t, Inside: p.backupFolder(t.Folder), There: isFolder(t.Folder)}
		for _, k := range b.Known {
			if k.Target == t.Folder && k.Gone.IsZero() {
				target.Count++
				target.Last = latest(target.Last, k.At)
			}
		}
		target.Gone = target.There && target.Count > 0 && !isFolder(target.Inside) && !underAnotherName(t.Folder, b.Known)
		if same, known := place.SameDisk(p.Dir(), t.Folder); target.There && known {
			target.SameDisk = same
		}
		target.Service, _ = place.Cloud(t.Folder)
		b.Last = latest(b.Last, target.Last)
		b.Targets = append(b.Targets, target)
	}
	b.Worries = p.worries(b)
	return b, nil
}

func (p *Practice) backupFolder(target string) string {
	return backup.Folder(target, VaultName(p.Dir()))
}

// underAnotherName reports whether a target has backups that the vault knows of in
// a folder of another name: those of a copy lie under the vault's own.
func underAnotherName(target string, known []record.KnownBackup) bool {
	folders, err := BackupFolders(target)
	return err == nil && slices.ContainsFunc(known, func(k record.KnownBackup) bool {
		return k.Target == target && k.Gone.IsZero() && slices.ContainsFunc(folders, func(folder string) bool {
			return backup.Has(folder, k.Generation, backup.Options{})
		})
	})
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// pressing are the kinds of worries that something written lately could be lost
// for, or that somebody means harm by.
var pressing = []string{"none", "never", "stale", "failed", "gone", "old-key"}

// AcceptWorry notes that the practitioner knows of a worry and lets it be.
func (p *Practice) AcceptWorry(ctx context.Context, key string) error {
	plan, err := p.BackupPlan(ctx)
	if err != nil || slices.Contains(plan.Accepted, key) {
		return err
	}
	plan.Accepted = append(plan.Accepted, key)
	return p.v.SetBackupPlan(ctx, plan)
}

// worries says what about the backups should not stay as it is.
func (p *Practice) worries(b Backups) []Worry {
	var all []Worry
	add := func(key, says, do string) {
		kind, _, _ := strings.Cut(key, "/")
		if !slices.Contains(b.Plan.Accepted, key) {
			all = append(all, Worry{key, says, do, slices.Contains(pressing, kind)})
		}
	}
	now := p.now()
	active := slices.DeleteFunc(slices.Clone(b.Targets), func(t BackupTarget) bool { return t.Paused })
	switch {
	case len(active) == 0:
		add("none", "This vault is not backed up: if this computer is lost or breaks, every record is gone", "Choose a folder on another drive")
	case b.Last.IsZero():
		add("never", "No backup was made yet", "Connect the drive and back up now")
	case now.Sub(b.Last) > staleAfter:
		add("stale", "The last backup is "+ago(now, b.Last)+" old", "Connect the drive and back up now")
	case p.behind(b.Last):
		add("behind", "The last backup is older than the last change: the vault was locked, or the program ended, before one was made", "Connect the drive and back up now")
	}
	failed := p.failedBackups()
	slices.SortFunc(failed, func(a, b failedBackup) int { return strings.Compare(a.target, b.target) })
	for _, problem := range failed {
		add("failed/"+problem.target, "The last backup into "+problem.target+" failed: "+problem.says, "Look at the drive, and back up again")
	}
	for _, t := range active {
		if t.Gone {
			add("gone/"+t.Folder, "There are no backups in "+t.Folder+" any more: the last one was made "+ago(now, t.Last)+" ago",
				"Look whether this is the right drive, and back up now")
		}
	}
	for _, t := range active {
		p.strangeWorries(t.Folder, add)
	}
	if len(active) > 0 && !slices.ContainsFunc(active, func(t BackupTarget) bool { return !t.SameDisk }) {
		add("same-disk", "All backups lie on the same disk as the vault: what breaks or takes the one takes the other", "Add a folder on another drive")
	}
	for _, t := range active {
		if !t.There && !t.Last.IsZero() && now.Sub(t.Last) > 31*24*time.Hour {
			add("missing/"+t.Folder, t.Folder+" was not there for "+ago(now, t.Last), "Connect the drive, or take the folder off the list")
		}
	}
	if service, around := place.Cloud(p.Dir()); service != "" {
		add("synced", "The vault itself lies in "+around+", which "+service+" copies while it is in use: a copy taken halfway can replace the vault",
			"Move the vault to a folder that is not copied, and add a backup folder there instead")
	}
	if len(active) > 0 && b.Plan.Drill > 0 && !b.Last.IsZero() {
		switch limit := 2 * time.Duration(b.Plan.Drill) * 24 * time.Hour; {
		case b.Drilled.IsZero():
			add("drill", "No backup was proven to restore yet", "Run the restore drill")
		case now.Sub(b.Drilled) > limit:
			add("drill", "The last restore drill was "+ago(now, b.Drilled)+" ago", "Run the restore drill")
		}
	}
	return all
}

// behind reports whether something was done in the vault before it was opened that
// came after the last backup: the system ended the program, the computer stopped, or
// no drive was there. A backup since has it, also where the clock was set back and
// dates that one before.
func (p *Practice) behind(last time.Time) bool {
	return !p.backing.caughtUp.Load() && p.v.LastUsed().After(last)
}

// ago says how long ago something was, in the largest unit that fits: "2
// hours", "3 days".
func ago(now, then time.Time) string {
	d := now.Sub(then)
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		if n := int(d / unit.of); n == 1 {
			return "1 " + unit.name
		} else if n > 1 {
			return fmt.Sprintf("%d %ss", n, unit.name)
		}
	}
	return "less than a minute"
}
