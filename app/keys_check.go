package app

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
)

// CheckSheet shows that a key opens the vault in a folder, which may be locked:
// the key opens the wrap of the vault's identity, and that the seal of the
// database, of which nothing is read. It gives the holder's name. The day is
// remembered, and kept in the vault once that is unlocked.
func (c Config) CheckSheet(dir string, s Secret) (holder string, err error) {
	k, err := openHolder(dir, s)
	if err != nil {
		return "", err
	}
	if err := opensBase(dir, k); err != nil {
		return k.Holder(), err
	}
	c.tries().change(dir, func(t *triedVault) {
		if t.Tested == nil {
			t.Tested = map[string]time.Time{}
		}
		t.Tested[k.Holder()] = c.clock().UTC()
	})
	return k.Holder(), nil
}

// CheckSheet shows that a key opens this vault, and notes it.
func (p *Practice) CheckSheet(ctx context.Context, s Secret) (record.Holder, error) {
	name, err := p.config.CheckSheet(p.Dir(), s)
	if err != nil {
		return record.Holder{}, err
	}
	p.takeOver(ctx, Secret{Passphrase: p.resume})
	keys, err := p.Keys(ctx)
	if err != nil {
		return record.Holder{}, err
	}
	at := slices.IndexFunc(keys.Holders, func(h record.Holder) bool { return h.Name == name })
	if at < 0 {
		return record.Holder{}, errors.New("the key opens a file of the vault that was removed meanwhile: look at the list of holders")
	}
	return keys.Holders[at], nil
}

// openHolder opens a vault's identity with a holder's key.
func openHolder(dir string, s Secret) (*sealed.Key, error) {
	s.Passphrase = ""
	secret, err := s.engine()
	switch {
	case err != nil:
		return nil, err
	case len(secret.Identities) == 0:
		return nil, errors.New("there is no key to check: type it from the sheet, or choose a key file")
	case !IsVault(dir):
		return nil, ErrNotVault
	}
	k, err := sealed.OpenKey(dir, secret, sealed.Options{})
	if errors.Is(err, sealed.ErrNoHolder) {
		return nil, errors.New("this is a whole key, but it does not open this vault: it belongs to another one, or was revoked")
	}
	return k, err
}

// opensBase asks whether an identity opens the seal of the vault's database. What
// is sealed is not read but for its end, which proves the seal.
func opensBase(dir string, k *sealed.Key) error {
	file, err := disk.OS().Open(filepath.Join(dir, "records.db.age")) // a pipe in its place holds nobody up
	if err != nil {
		return ErrNotVault
	}
	defer file.Close()
	size, err := file.Size()
	if err != nil {
		return err
	}
	if _, _, err := k.Decrypt(file, size); err != nil {
		return errors.New("the key opens a file of the vault’s folder that does not open its database: check the vault, and make another sheet")
	}
	return nil
}
