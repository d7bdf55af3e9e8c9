package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"casekeep/vault/record"
)

// ErrNoCopy says that the destructions of another state are applied to a copy
// of the vault alone, before anybody uses it.
var ErrNoCopy = errors.New("destructions are carried over into a copy of the vault that is being restored or cleared, and into no other")

// ApplyDestructions removes from a copy of the vault in memory (a backup that
// is being restored or cleared) the records that were destroyed after it was
// made. list is what the later state of the same vault says of them. Each
// leaves its stub, also where the copy does not know the record yet, so that
// its number is never given again. It gives those that were new to the copy.
//
// Here alone the database does not ask whether a record is due: it was, when it
// was destroyed. That cannot be had in a vault on a disk.
func (v *Vault) ApplyDestructions(ctx context.Context, list []record.Destruction) ([]record.Destruction, error) {
	if !v.db.Detached() {
		return nil, ErrNoCopy
	}
	v.sweeping.Lock()
	defer v.sweeping.Unlock()
	applied := []record.Destruction{}
	err := v.db.Write(ctx, func(tx *sql.Tx) error {
		v.time.carrying.Store(true)
		defer v.time.carrying.Store(false)
		for _, d := range list {
			concerns, err := concerns(ctx, tx, d)
			if err != nil {
				return err
			}
			if !concerns {
				continue
			}
			if d.Certificate, err = freeCertificate(ctx, tx, d.Certificate); err != nil {
				return err
			}
			if err := v.destroyRows(ctx, tx, &d, nil); err != nil {
				return fmt.Errorf("record %s, which was destroyed since (certificate %s), could not be removed: %w", d.Number, d.Certificate, err)
			}
			applied = append(applied, d)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, d := range applied {
		v.forget(d.Client)
	}
	return applied, v.sweep(ctx, nil)
}

// concerns reports whether a destruction is new to the copy and of a record that
// the copy has or never had. Where a vault was worked in twice since a backup,
// such as on two computers, one id and number can be those of two records.
func concerns(ctx context.Context, tx *sql.Tx, d record.Destruction) (yes bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM destruction WHERE client = ?1 OR number = ?2)
		AND NOT EXISTS (SELECT 1 FROM client WHERE (id = ?1 OR number = ?2) AND (id <> ?1 OR number <> ?2 OR created <> ?3))`,
		d.Client, d.Number, d.Opened.UnixMilli()).Scan(&yes)
	return yes, err
}

// freeCertificate gives a certificate's number as it can stand beside that of
// another one that was given elsewhere: "D-2041-001 (2)".
func freeCertificate(ctx context.Context, tx *sql.Tx, number string) (free string, err error) {
	free = number
	for n := 2; ; n++ {
		var taken bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM destruction WHERE certificate = ?)`, free).Scan(&taken)
		if err != nil || !taken {
			return free, err
		}
		free = fmt.Sprintf("%s (%d)", number, n)
	}
}
