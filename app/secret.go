package app

import (
	"errors"
	"fmt"
	"os"

	"casekeep/vault/sealed"
)

// Secret opens a vault or its backups: the passphrase, or the key file of
// somebody for whom the vault has a holder.
type Secret struct {
	Passphrase string
	KeyFile    string // as age-keygen writes it; "": none
}

// engine reads the key file.
func (s Secret) engine() (sealed.Secret, error) {
	out := sealed.Secret{Passphrase: s.Passphrase}
	if s.KeyFile == "" {
		return out, nil
	}
	file, err := os.Open(s.KeyFile)
	if errors.Is(err, os.ErrNotExist) {
		return out, fmt.Errorf("there is no key file %s", s.KeyFile)
	}
	if err != nil {
		return out, fmt.Errorf("the key file cannot be read: %w", err)
	}
	defer file.Close()
	out.Identities, err = sealed.ParseIdentities(file)
	return out, err
}
