package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// StrayCopies gives the copies of the vault's files that lie in its folder, that no
// destruction reaches, and that a client's record can be in. A copy of the key file
// holds none: it may be one that the practitioner put there.
func (v *Vault) StrayCopies(ctx context.Context) ([]record.StrayCopy, error) {
	found, err := v.db.Strays(ctx)
	var all []record.StrayCopy
	for _, s := range found {
		if s.Kind != sealed.StrayKey {
			all = append(all, record.StrayCopy{Name: s.Name, Kind: record.StrayKind(s.Kind), Bytes: s.Size, Modified: s.Modified})
		}
	}
	return all, err
}

// The trail has one event of what is to be removed, and one of each that was.
const (
	copiesRemoving = "copies.removing"
	copyRemoved    = "copy.removed"
)

// RemoveStrayCopies removes copies, each if it is still what it was when the folder
// was looked at, for a destruction that is complete. It goes on past one that
// cannot be removed.
func (v *Vault) RemoveStrayCopies(ctx context.Context, destruction int64, copies []record.StrayCopy) error {
	if len(copies) == 0 {
		return nil
	}
	d, err := v.destruction(ctx, destruction)
	switch {
	case err != nil:
		return err
	case d.ID == 0 || d.Swept.IsZero():
		return errors.New("copies are removed once the destruction is complete: lock the vault and unlock it again, which finishes that")
	}
	note := func(action string, times int, detail string) error {
		return v.db.Write(ctx, func(tx *sql.Tx) error {
			for range times {
				if err := v.audit(ctx, tx, event{action: action, client: d.Client, detail: detail}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := note(copiesRemoving, 1, fmt.Sprintf("%s: %d copies", certificateDetail(d), len(copies))); err != nil {
		return err
	}
	strays := make([]sealed.Stray, len(copies))
	for i, c := range copies {
		strays[i] = sealed.Stray{Name: c.Name, Kind: sealed.StrayKind(c.Kind), Size: c.Bytes, Modified: c.Modified}
	}
	gone, err := v.db.RemoveStrays(ctx, strays)
	return errors.Join(err, note(copyRemoved, len(gone), certificateDetail(d)))
}

func certificateDetail(d record.Destruction) string { return "certificate " + d.Certificate }

// CopiesRemoved counts the copies that were removed for a destruction, by the trail.
func (v *Vault) CopiesRemoved(ctx context.Context, d record.Destruction) (n int, err error) {
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM audit WHERE client = ? AND action = ? AND detail = ?`,
			d.Client, copyRemoved, certificateDetail(d)).Scan(&n)
	})
	return n, err
}
