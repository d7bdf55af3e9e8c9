package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"filippo.io/age"

	"casekeep/vault/backup"
	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// Revocation is whose keys are to open the vault no more.
type Revocation struct {
	Without []string       // names of holders
	Instead *record.Holder // gets a key with it, as where a lost sheet is replaced; nil: nobody

	// Deliver hands over what the new key is given on before anything is sealed,
	// and Retract takes it back where nothing was changed; nil: nothing is.
	Deliver, Retract func() error
}

// Rekeying reports whether sealing everything anew was cut off and waits to be
// finished.
func (v *Vault) Rekeying() bool { return v.db.Status().Rekeying }

// RekeyBegun is Rekeying, and true also where a crash came after the re-key was
// stated and before the first key file knew of it.
func (v *Vault) RekeyBegun(ctx context.Context) (bool, error) {
	if v.Rekeying() {
		return true, nil
	}
	begun, err := v.rekeyStated(ctx)
	return !begun.IsZero(), err
}

// KeyName tells the vault's identity from those before and after it, and reveals
// nothing of it.
func (v *Vault) KeyName() string { return v.db.Key().Name() }

// Revoke gives the vault a new identity that some holders' keys do not open, and
// seals everything anew to it. It may be cut off at any moment: then either
// nothing was changed, or [Vault.FinishRekey] brings it to its end, and until then
// Rekeying says so. Holders of whom the vault knows nothing are left out too:
// their keys are not known. It gives the holder that was added instead.
func (v *Vault) Revoke(ctx context.Context, passphrase string, r Revocation, progress func(done, total int64)) (record.Holder, error) {
	var added record.Holder
	if v.Rekeying() {
		return added, sealed.ErrRekeying
	}
	if err := v.CheckPassphrase(passphrase); err != nil {
		return added, err
	}
	if r.Instead != nil {
		if _, err := sealed.ParseRecipient(r.Instead.Recipient); err != nil {
			return added, err
		}
	}
	var revoked []string
	delivered := false
	err := v.db.Write(ctx, func(tx *sql.Tx) (err error) {
		if revoked, err = v.stateRevocation(ctx, tx, r.Without); err != nil {
			return err
		}
		if r.Instead != nil {
			if added, err = v.putHolder(ctx, tx, *r.Instead); err != nil {
				return err
			}
		}
		if r.Deliver != nil {
			err = r.Deliver()
			delivered = err == nil
		}
		return err
	})
	stated := err == nil
	if stated {
		err = v.rekey(ctx, passphrase, progress)
	}
	if err == nil || v.Rekeying() {
		return added, err
	}
	if stated && v.Status().ReadOnly == nil {
		err = errors.Join(err, v.takeBackRevocation(revoked, added.Name))
	}
	if delivered && r.Retract != nil {
		err = errors.Join(err, r.Retract())
	}
	return added, err
}

// stateRevocation notes whose keys are revoked, and keeps the identity that
// retires: older backups are sealed to it. It gives the rows that it changed.
func (v *Vault) stateRevocation(ctx context.Context, tx *sql.Tx, without []string) ([]string, error) {
	list, err := holdersIn(ctx, tx)
	if err != nil {
		return nil, err
	}
	files, err := sealed.Holders(v.dir, sealed.Options{})
	if err != nil {
		return nil, err
	}
	var changed []string
	for _, name := range without {
		at := slices.IndexFunc(list, func(h record.Holder) bool { return h.Name == name })
		switch {
		case at < 0 && !slices.Contains(files, name):
			return nil, fmt.Errorf("nobody holds a key by the name of %s: look at the list of holders", name)
		case at < 0 || !list[at].Revoked.IsZero():
			continue // known by its file alone, or stated before and cut off
		}
		if err := v.revokeRow(ctx, tx, name, "holder.revoke"); err != nil {
			return nil, err
		}
		changed = append(changed, name)
	}
	if _, err := v.retire(ctx, tx, v.db.Key()); err != nil {
		return nil, err
	}
	return changed, v.audit(ctx, tx, event{action: rekeyBegun, detail: fmt.Sprintf("%d holders revoked", len(changed))})
}

// retire keeps the identities that older backups are sealed to, and gives how
// many of them the vault did not have yet.
func (v *Vault) retire(ctx context.Context, tx *sql.Tx, keys ...*sealed.Key) (fresh int64, err error) {
	for _, k := range keys {
		result, err := tx.ExecContext(ctx, `INSERT INTO retired_key(name, identity, retired) VALUES(?,?,?) ON CONFLICT DO NOTHING`,
			k.Name(), k.Identity(), v.clock().UnixMilli())
		if err != nil {
			return fresh, fmt.Errorf("keeping the key of older backups: %w", err)
		}
		n, err := result.RowsAffected()
		if err != nil {
			return fresh, err
		}
		fresh += n
	}
	return fresh, nil
}

// noteRetired keeps, in a vault that is restored, the identities of the backups
// beside it: those that retired after the state that it was restored to.
func (v *Vault) noteRetired(ctx context.Context, keys []*sealed.Key) error {
	if len(keys) == 0 {
		return nil
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		fresh, err := v.retire(ctx, tx, keys...)
		if err != nil || fresh == 0 {
			return err
		}
		return v.audit(ctx, tx, event{action: keysRetired, detail: fmt.Sprintf("%d keys of older backups", fresh)})
	})
}

// takeBackRevocation notes that keys open the vault as before.
func (v *Vault) takeBackRevocation(revoked []string, added string) error {
	ctx := context.Background()
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		for _, name := range revoked {
			if _, err := tx.ExecContext(ctx, `UPDATE holder SET revoked = NULL WHERE name = ?`, name); err != nil {
				return err
			}
			if err := v.audit(ctx, tx, event{action: "holder.not-revoked", detail: name}); err != nil {
				return err
			}
		}
		if err := v.audit(ctx, tx, event{action: rekeyNotBegun}); err != nil {
			return err
		}
		if added == "" {
			return nil
		}
		return v.revokeRow(ctx, tx, added, "holder.not-added")
	})
}

// FinishRekey brings a revocation to its end that was cut off. Where none is under
// way, and the file of somebody is back who was revoked, that goes: it holds an
// identity of before.
func (v *Vault) FinishRekey(ctx context.Context, passphrase string, progress func(done, total int64)) error {
	if err := v.CheckPassphrase(passphrase); err != nil {
		return err
	}
	begun, err := v.rekeyStated(ctx)
	if err != nil {
		return err
	}
	if begun.IsZero() && !v.Rekeying() {
		return v.dropRevoked(ctx)
	}
	return v.rekey(ctx, passphrase, progress)
}

// dropRevoked removes the files of those who were revoked.
func (v *Vault) dropRevoked(ctx context.Context) error {
	list, err := v.Holders(ctx)
	if err != nil {
		return err
	}
	for _, h := range list {
		if h.State != record.HolderRevoking {
			continue
		}
		if err := v.db.DropHolder(ctx, h.Name); err != nil {
			return err
		}
		err := v.db.Write(ctx, func(tx *sql.Tx) error {
			return v.audit(ctx, tx, event{action: "holder.file-removed", detail: h.Name})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// rekey seals everything anew to a new identity, and that to all those whose keys
// open the vault. Of those whose files are missing only one that is added with this
// very re-key gets a file: in a vault that was restored from an older backup there
// can be others, who were revoked since.
func (v *Vault) rekey(ctx context.Context, passphrase string, progress func(done, total int64)) error {
	list, err := v.Holders(ctx)
	if err != nil {
		return err
	}
	begun, err := v.rekeyStated(ctx)
	if err != nil {
		return err
	}
	stay := map[string]age.Recipient{}
	for _, h := range list {
		added := h.State == record.HolderMissing && !begun.IsZero() && !h.Added.Before(begun)
		if h.State != record.HolderOpens && !added {
			continue
		}
		if stay[h.Name], err = sealed.ParseRecipient(h.Recipient); err != nil {
			return fmt.Errorf("the key of %s cannot be sealed to: %w", h.Who, err)
		}
	}
	before := v.db.Key().Each()
	if err := v.db.Rekey(ctx, passphrase, stay, progress); err != nil {
		return err
	}
	// Those of an attempt for others, which nobody stated as retired, may have a
	// backup too.
	present := v.db.Key().Name()
	before = slices.DeleteFunc(before, func(k *sealed.Key) bool { return k.Name() == present })
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := v.retire(ctx, tx, before...); err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: rekeyEnded, detail: fmt.Sprintf("%d holders", len(stay))})
	})
}

// What the trail says of re-keys, the last of which tells whether one is under way.
const (
	rekeyBegun    = "vault.rekey-begun"
	rekeyNotBegun = "vault.rekey-not-begun"
	rekeyEnded    = "vault.rekey"
)

// keysRetired says in the trail that a restore found keys of newer backups.
const keysRetired = "vault.keys-retired"

// rekeyStated gives when the re-key under way was stated; zero: none is.
func (v *Vault) rekeyStated(ctx context.Context) (time.Time, error) {
	var action string
	var at int64
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT action, at FROM audit WHERE client = 0 AND action IN (?, ?, ?)
			AND EXISTS (SELECT 1 FROM retired_key) ORDER BY seq DESC LIMIT 1`, // the key is kept before: none, and the trail is not read
			rekeyBegun, rekeyNotBegun, rekeyEnded).Scan(&action, &at)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("reading when the re-key was begun: %w", err)
	}
	if action != rekeyBegun {
		at = 0
	}
	return momentOf(at), nil
}

// retired gives the identities that re-keys retired: older backups are sealed to
// them. Each retired when the re-key that was stated for it came to its end, or
// when a restore found it beside the present one; before that it was in use, for
// days where the re-key was cut off. A vault that was made of an export has none of
// those before.
func (v *Vault) retired(ctx context.Context) ([]backup.Retired, error) {
	var all []backup.Retired
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT identity,
			coalesce((SELECT at FROM audit WHERE client = 0 AND action IN (?, ?) AND at >= retired ORDER BY seq LIMIT 1), 0)
			FROM retired_key WHERE identity NOT LIKE ? ORDER BY id DESC`, func(rows *sql.Rows) error {
			var identity string
			var at int64
			if err := rows.Scan(&identity, &at); err != nil {
				return err
			}
			k, err := sealed.KeyOf(identity)
			if err == nil {
				all = append(all, backup.Retired{Key: k, At: momentOf(at)})
			}
			return err
		}, rekeyEnded, keysRetired, keyWithheld+"%")
	})
	if err != nil {
		return nil, fmt.Errorf("reading the keys of older backups: %w", err)
	}
	return all, nil
}
