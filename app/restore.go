package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"casekeep/vault"
	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// RestoredVault says what a restore made.
type RestoredVault struct {
	Folder    string               `json:"folder"`
	Backup    Backup               `json:"backup"`
	Destroyed []record.Destruction `json:"destroyed_since"` // and left out: nobody comes back from the dead
	Missing   []string             `json:"missing"`         // attachments that are missing or damaged in the backup
	InSight   int                  `json:"in_sight_again"`  // entries that an order put out of sight since then
	Unheld    int                  `json:"holds_since"`     // legal holds that were placed since then, and are not in it
	Aside     string               `json:"aside,omitempty"` // where the damaged vault lies now
}

// Restore makes a vault in dir out of a backup; name "" is the newest one that
// can be read. dir must not exist or be empty, or with over it may hold a vault:
// that one is kept beside under another name. Until the restored vault is whole
// nothing in dir is touched.
func (b *BackupFolder) Restore(ctx context.Context, name, dir string, over bool, progress Doing) (RestoredVault, error) {
	r := RestoredVault{Folder: dir, Destroyed: []record.Destruction{}, Missing: []string{}}
	var err error
	if r.Backup, err = b.choose(ctx, name); err != nil {
		return r, err
	}
	if within(dir, b.Folder) {
		return r, errors.New("a vault cannot be restored into the folder of its backups: choose another place")
	}
	into, err := placeFor(dir, over)
	if err != nil {
		return r, err
	}
	since, err := b.destroyedSince(ctx, dir)
	if err != nil {
		return r, err
	}
	restored, err := b.copies.Restore(ctx, r.Backup.Name, into, since, progress.as("Restoring"))
	if err != nil {
		return r, fmt.Errorf("nothing was restored: %w", err)
	}
	r.Destroyed = append(r.Destroyed, restored.Destroyed...)
	r.Missing = append(r.Missing, restored.Missing...)
	r.InSight, r.Unheld = restored.InSight, restored.Holds
	if into != dir {
		if r.Aside, err = takePlace(into, dir, b.config.clock()); err != nil {
			return r, err
		}
	}
	openSeen(b.config.StateDir).remember(sealed.Status{VaultID: restored.Copy.Vault, Position: restored.Copy.Position}, dir, "")
	openSeen(b.config.StateDir).restored(restored.Copy.Vault, dir, b.config.clock())
	return r, nil
}

// destroyedSince gives the destructions that no backup may know of yet: those of
// the vault where it is open, or of the one in whose place it is restored as far
// as that can be read.
func (b *BackupFolder) destroyedSince(ctx context.Context, dir string) ([]record.Destruction, error) {
	if b.live != nil {
		return b.live.Destructions(ctx)
	}
	if !IsVault(dir) {
		return nil, nil
	}
	since, err := b.copies.DestroyedIn(ctx, dir, b.secret)
	if err != nil {
		since = nil // it is too damaged, or opens with another passphrase by now: the backups alone say what was destroyed
	}
	return since, ctx.Err()
}

// placeFor gives where a vault is made that is to lie in dir: there, or beside
// a vault that is there.
func placeFor(dir string, over bool) (string, error) {
	if !IsVault(dir) {
		return dir, nil
	}
	if !over {
		return "", fmt.Errorf("there is a vault in %s already: choose another folder, or let it be kept beside under another name (over)", dir)
	}
	if err := sealed.Free(dir, sealed.Options{}); err != nil && !errors.Is(err, sealed.ErrDamaged) {
		return "", err
	}
	// One that is there was left by a restore that was cut off: it can be the one
	// or the other vault, and stays.
	place := filepath.Clean(dir) + ".restored"
	for n := 2; IsVault(place); n++ {
		place = fmt.Sprintf("%s.restored-%d", filepath.Clean(dir), n)
	}
	return place, nil
}

// takePlace puts a restored vault where a damaged one lies, which is kept
// beside. Where the system can, the two change places in one step.
func takePlace(restored, dir string, now time.Time) (aside string, err error) {
	dir = filepath.Clean(dir)
	for n := 1; ; n++ {
		again := ""
		if n > 1 {
			again = fmt.Sprintf(" %d", n)
		}
		aside = filepath.Join(filepath.Dir(dir), VaultName(dir)+" (before the restore of "+now.Format("2006-01-02")+again+")"+Suffix)
		if _, err := os.Lstat(aside); errors.Is(err, os.ErrNotExist) {
			break
		}
	}
	if exchange(restored, dir) == nil {
		err = os.Rename(restored, aside)
	} else if err = os.Rename(dir, aside); err == nil {
		if err = os.Rename(restored, dir); err != nil {
			err = errors.Join(err, os.Rename(aside, dir))
		}
	}
	if err == nil {
		err = syncFolder(filepath.Dir(dir))
	}
	if err != nil {
		return aside, fmt.Errorf("the vault was restored and lies in %s, but could not take the place of the other one: %w", restored, err)
	}
	return aside, nil
}

// RestoreClient brings one client's record back from a backup. What is there
// already stays as it is; entries that are missing are added.
func (b *BackupFolder) RestoreClient(ctx context.Context, name, ref string, into *Practice, progress Doing) (CarriedRecord, error) {
	one, err := b.choose(ctx, name)
	if err != nil {
		return CarriedRecord{}, err
	}
	v, err := b.copies.Load(ctx, one.Name, progress.as("Reading the backup"))
	if err != nil {
		return CarriedRecord{}, err
	}
	found, err := v.FindClient(ctx, ref)
	var carried vault.Carried
	if err == nil {
		carried, err = into.carryBack(ctx, v, found, progress)
	}
	return carriedRecord(carried), errors.Join(err, v.Close())
}

// carryBack adds to a record what it lacks, or brings it back whole.
func (p *Practice) carryBack(ctx context.Context, from *vault.Vault, c record.ClientSummary, progress Doing) (vault.Carried, error) {
	if err := p.TakenBack(ctx); err != nil {
		return vault.Carried{}, err
	}
	opt := vault.CarryOptions{KeepNumber: true} // the keys tell whether it is a backup of this vault
	if there, err := p.v.Client(ctx, c.ID); err == nil && there.Number == c.Number {
		opt.Into = c.ID
	}
	return vault.Carry(ctx, from, p.v, c.ID, opt, progress.as("Bringing the record back"))
}
