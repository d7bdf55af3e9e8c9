package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"casekeep/vault"
	"casekeep/vault/sealed"
)

// SalvagedVault says what could be saved of a damaged vault.
type SalvagedVault struct {
	vault.Salvaged
	Folder string   `json:"folder"` // of the new vault
	Damage []string `json:"damage"` // where the old one is damaged
}

// Salvage saves all that can be read of a vault that is damaged, also one that
// does not open, into a new vault in out, under a passphrase. What is missing is
// listed by name. The damaged vault stays as it is: a backup that is whole is
// better, and both can be put together afterwards.
func Salvage(ctx context.Context, dir string, s Secret, out, passphrase string, c Config, progress Doing) (SalvagedVault, error) {
	done := SalvagedVault{Folder: out, Damage: []string{}}
	if within(out, dir) {
		return done, errors.New("what is saved cannot lie inside the damaged vault: choose another folder")
	}
	secret, err := s.engine()
	if err != nil {
		return done, err
	}
	key, found, damage, err := sealed.Salvage(ctx, dir, secret, c.vault().Sealed())
	if err != nil {
		return done, err
	}
	for _, d := range damage {
		done.Damage = append(done.Damage, damagedAt(d))
	}
	var image sealed.Image
	if found != nil {
		image = found
		defer found.Close()
	}
	files, err := sealed.Detach(ctx, key, nil, dir, c.vault().Sealed())
	if err != nil {
		return done, err
	}
	done.Salvaged, err = salvageInto(ctx, image, files, out, passphrase, c, progress)
	done.Missing = append([]string{}, done.Missing...)
	return done, errors.Join(err, files.Close())
}

// salvageInto makes the new vault, which takes its place once it is whole. Where
// that fails, or is cut off, there is none.
func salvageInto(ctx context.Context, image sealed.Image, files *sealed.DB, out, passphrase string, c Config, progress Doing) (vault.Salvaged, error) {
	if there, err := os.ReadDir(out); len(there) > 0 || err != nil && !errors.Is(err, os.ErrNotExist) {
		return vault.Salvaged{}, cmp.Or(err, sealed.ErrExists)
	}
	scratch, err := vault.Scratch(out)
	if err != nil {
		return vault.Salvaged{}, cannotWrite(out, err)
	}
	saved, err := salvageAt(ctx, image, files, scratch, passphrase, c, progress)
	if err == nil {
		_ = os.Remove(out) // an empty folder; where it stays the next step says so
		err = os.Rename(scratch, out)
	}
	if err != nil {
		return vault.Salvaged{}, errors.Join(fmt.Errorf("nothing was saved: %w", err), os.RemoveAll(scratch))
	}
	return saved, syncFolder(filepath.Dir(filepath.Clean(out)))
}

func salvageAt(ctx context.Context, image sealed.Image, files *sealed.DB, dir, passphrase string, c Config, progress Doing) (vault.Salvaged, error) {
	into, err := vault.CreateBlank(ctx, dir, passphrase, c.vault())
	if err != nil {
		return vault.Salvaged{}, err
	}
	saved, err := vault.SalvageInto(ctx, image, files, into, progress.as("Saving what can be read"))
	return saved, errors.Join(err, into.Close())
}
