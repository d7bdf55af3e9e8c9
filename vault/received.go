package vault

import (
	"context"
	"database/sql"
	"time"

	"casekeep/vault/record"
)

// Received is when a package was taken in, and the record that it became here.
type Received struct {
	Number string // of the record; "": the package was never taken in
	At     time.Time
}

// ReceivedBefore tells what became of a package with this SHA-256. What was
// destroyed since is forgotten with its record.
func (v *Vault) ReceivedBefore(ctx context.Context, sum record.Hash) (Received, error) {
	var r Received
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT c.number, r.at FROM received r JOIN client c ON c.id = r.client WHERE r.sha256 = ? ORDER BY r.at DESC LIMIT 1`,
			func(rows *sql.Rows) error {
				var at int64
				err := rows.Scan(&r.Number, &at)
				r.At = time.UnixMilli(at)
				return err
			}, sum[:])
	})
	return r, err
}
