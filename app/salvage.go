package app

import (
	"context"
	"errors"
	"fmt"
	"os"

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

// salvageInto makes the new vault. Where that fails there is none.
func salvageInto(ctx context.Context, image sealed.Image, files *sealed.DB, out, passphrase string, c Config, progress Doing) (vault.Salvaged, error) {
	_, before := os.Lstat(out)
	into, err := vault.CreateBlank(ctx, out, passphrase, c.vault())
	if err != nil {
		return vault.Salvaged{}, err
	}
	saved, err := vault.SalvageInto(ctx, image, files, into, progress.as("Saving what can be read"))
	if err = errors.Join(err, into.Close()); err == nil {
		return saved, nil
	}
	err = fmt.Errorf("nothing was saved: %w", err)
	if errors.Is(before, os.ErrNotExist) {
		err = errors.Join(err, os.RemoveAll(out))
	}
	return vault.Salvaged{}, err
}
