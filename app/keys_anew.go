package app

import (
	"context"
	"errors"
	"fmt"

	"casekeep/vault"
	"casekeep/vault/sealed"
)

// ErrNotAnew says that the passphrase was changed and that nothing was sealed anew.
var ErrNotAnew = errors.New("the passphrase is changed, but nothing is sealed anew: an old copy of key.age opens later records with the old passphrase; " +
	"change the passphrase once more, and seal everything anew with it")

// ReplacePassphrase changes the passphrase as [Practice.ChangePassphrase] does,
// then gives the vault a new key and seals everything anew to it: somebody who
// knows the old passphrase and has an old copy of key.age opens nothing that is
// written since. Those whose keys open the vault keep them. It may be canceled at
// any moment: before the sealing began that is [ErrNotAnew], after it
// [ErrUnfinished]. What is older, the backups among it, opens as before.
func (p *Practice) ReplacePassphrase(ctx context.Context, old Secret, passphrase string, progress Doing) error {
	if p.v.Rekeying() {
		return sealed.ErrRekeying
	}
	if err := p.ChangePassphrase(ctx, old, passphrase); err != nil {
		return err
	}
	err := p.rekey(ctx, passphrase, vault.Revocation{}, progress)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrUnfinished):
		p.resume = passphrase
		return err
	}
	return fmt.Errorf("%w (%w)", ErrNotAnew, err)
}
