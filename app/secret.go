package app

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"casekeep/vault/sealed"
)

// Secret opens a vault or its backups: the passphrase, or the key of somebody for
// whom the vault has a holder.
type Secret struct {
	Passphrase string
	KeyFile    string // as age-keygen writes it; "": none
	Typed      string // a key as it is typed from a sheet; "": none
}

// engine reads the key.
func (s Secret) engine() (sealed.Secret, error) {
	out := sealed.Secret{Passphrase: s.Passphrase}
	var err error
	switch {
	case s.Typed != "":
		out.Identities, err = sealed.ParseTyped(s.Typed)
		return out, err
	case s.KeyFile == "":
		return out, nil
	}
	file, err := os.Open(s.KeyFile)
	if errors.Is(err, os.ErrNotExist) {
		return out, fmt.Errorf("there is no key file %s: choose the one that age-keygen wrote", s.KeyFile)
	}
	if err != nil {
		return out, fmt.Errorf("the key file cannot be read (%w): choose another one", err)
	}
	defer file.Close()
	out.Identities, err = sealed.ParseIdentities(file)
	return out, err
}

// errKeyTyped says that a key stands where the passphrase belongs.
var errKeyTyped = errors.New("this is a secret key, not the passphrase: choose “Use a recovery key”, and type it there")

// orKey gives errKeyTyped where what was refused as the passphrase is a secret key:
// that is no guess, and is not counted as one.
func (s Secret) orKey(err error) error {
	if errors.Is(err, ErrPassphrase) && strings.HasPrefix(strings.ToUpper(strings.TrimSpace(s.Passphrase)), "AGE-SECRET-KEY-") {
		return errKeyTyped
	}
	return err
}
