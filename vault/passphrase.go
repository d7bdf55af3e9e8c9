package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// CheckPassphrase asks whether the passphrase is the one that opens this vault
// on the disk; [sealed.ErrPassphrase] where it is not.
func (v *Vault) CheckPassphrase(passphrase string) error {
	_, err := v.opens(sealed.Secret{Passphrase: passphrase})
	return err
}

// opens gives the identity that a secret opens, which is this vault's own.
func (v *Vault) opens(s sealed.Secret) (*sealed.Key, error) {
	k, err := sealed.OpenKey(v.dir, s, sealed.Options{})
	if err == nil && !k.Knows(v.db.Key().Name()) {
		err = sealed.ErrPassphrase // of another vault, whose key was put in place of this one's
	}
	return k, err
}

// ChangePassphrase replaces the passphrase, on proof of the old one or of the
// recovery sheet. The old one opens the vault until the new one was shown to;
// backups are brought up to it with the next one.
func (v *Vault) ChangePassphrase(ctx context.Context, proof sealed.Secret, passphrase string) error {
	switch {
	case strings.TrimSpace(passphrase) == "":
		return errors.New("a vault needs a passphrase: several words that nobody else would put together")
	case v.Rekeying():
		return sealed.ErrRekeying
	}
	if err := v.proven(ctx, proof); err != nil {
		return err
	}
	if err := v.db.ChangePassphrase(ctx, passphrase); err != nil {
		return err
	}
	// It is changed by now, whoever cancels.
	ctx = steady(ctx)
	err := v.db.Write(ctx, func(tx *sql.Tx) error {
		return v.audit(ctx, tx, event{action: "passphrase.change"})
	})
	if err != nil {
		return fmt.Errorf("the passphrase is changed, but the audit trail does not say so: %w", err)
	}
	return nil
}

// proven asks whether a secret is the practitioner's own: the passphrase, or a
// recovery sheet.
func (v *Vault) proven(ctx context.Context, s sealed.Secret) error {
	k, err := v.opens(s)
	if err != nil || k.Holder() == "" {
		return err
	}
	list, err := v.Holders(ctx)
	if err != nil {
		return err
	}
	name := holderOf(list, k.Holder(), recipientsOf(s.Identities))
	if slices.ContainsFunc(list, func(h record.Holder) bool { return h.Name == name && h.Kind == record.HolderRecovery }) {
		return nil
	}
	return errors.New("this key is somebody else’s: give the passphrase, or the key of the recovery sheet")
}

// PassphraseSince gives when the passphrase was changed last, or when the vault
// was made.
func (v *Vault) PassphraseSince(ctx context.Context) (time.Time, error) {
	var at int64
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT coalesce((SELECT max(at) FROM audit WHERE action = 'passphrase.change'), (SELECT min(at) FROM audit), 0)`).Scan(&at)
	})
	return momentOf(at), err
}
