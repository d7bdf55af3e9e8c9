package sealed

import (
	"context"
	"database/sql"
	"testing"
)

// TestCloseAfterACanceledWrite closes while database/sql still rolls back what was
// canceled.
func TestCloseAfterACanceledWrite(t *testing.T) {
	dir := newVault(t, 3, quick())
	for range 30 {
		db, err := Open(dir, passphrase, quick())
		if err != nil {
			t.Fatal(err)
		}
		canceled, cancel := context.WithCancel(ctx)
		err = db.Write(canceled, func(tx *sql.Tx) error {
			if _, err := tx.Exec(`CREATE TABLE canceled AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20000) SELECT x, hex(randomblob(200)) FROM n`); err != nil {
				return err
			}
			cancel()
			return canceled.Err()
		})
		if err == nil {
			t.Fatal("what was canceled is saved")
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	wantSound(t, reopen(t, dir, quick()), 3)
}
