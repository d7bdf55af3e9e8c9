package vault

import (
	"context"
	"database/sql"
)

// unswept are the destructions, and the entries sealed to somebody, whose rows
// are gone and of which pages and files may still hold something.
type unswept struct{ destruction, sequestration int64 } // the last of each, 0: none

func (v *Vault) unswept(ctx context.Context) (u unswept, err error) {
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT
			(SELECT coalesce(max(id), 0) FROM destruction WHERE done IS NOT NULL AND swept IS NULL),
			(SELECT coalesce(max(id), 0) FROM sequestration WHERE blob IS NOT NULL AND swept IS NULL)`).Scan(&u.destruction, &u.sequestration)
	})
	return u, err
}

// finishSweep ends at the unlock what the last use of the vault did not come
// to. Where it fails the vault opens even so, and the next unlock tries again.
func (v *Vault) finishSweep(ctx context.Context) {
	if v.db.Status().ReadOnly != nil || v.db.Detached() {
		return
	}
	v.sweeping.Lock()
	defer v.sweeping.Unlock()
	_ = v.sweep(steady(ctx), nil)
}

// sweep makes pages and files free of rows that were removed. The index's
// segments are merged, since one keeps the words of what was taken out of it;
// the database is rewritten; the sealed files go; a checkpoint leaves a base
// without it and no journal from before. It waits for a backup that is under
// way, whose files stay until its end. That all of this is done is stated last,
// and sealed too.
func (v *Vault) sweep(ctx context.Context, doing Doing) error {
	u, err := v.unswept(ctx)
	if err != nil || u == (unswept{}) {
		return err
	}
	steps := []struct {
		doing string
		do    func(context.Context) error
	}{
		{"Clearing the search index", v.optimizeIndex},
		{"Rewriting the database", v.rewrite},
		{"Removing the sealed files", v.dropDiscarded},
		{"Sealing the vault anew", v.Checkpoint},
		{"Noting that it is done", func(ctx context.Context) error { return v.noteSwept(ctx, u) }},
		{"Sealing the vault anew", v.Checkpoint},
	}
	for i, step := range steps {
		doing.tell(int64(i), int64(len(steps)), step.doing)
		if err := step.do(ctx); err != nil {
			return err
		}
	}
	doing.tell(int64(len(steps)), int64(len(steps)), "Done")
	return nil
}

func (v *Vault) optimizeIndex(ctx context.Context) error {
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO entry_index(entry_index) VALUES('optimize')`)
		return err
	})
}

func (v *Vault) rewrite(ctx context.Context) error {
	return v.db.Maintain(ctx, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, `VACUUM`)
		return err
	})
}

// dropDiscarded removes the sealed files. A copy in memory has none of its own:
// whoever makes a vault of it takes those over that its database names.
func (v *Vault) dropDiscarded(ctx context.Context) error {
	if v.db.Detached() {
		return nil
	}
	names, err := v.blobNames(ctx, discardedSQL)
	for _, name := range names {
		if err := v.db.RemoveBlob(name); err != nil {
			return err
		}
	}
	return err
}

func (v *Vault) noteSwept(ctx context.Context, u unswept) error {
	if err := v.dropDiscarded(ctx); err != nil { // one that a backup had kept back, and that could not be removed then
		return err
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		now := v.clock().UnixMilli()
		_, err := tx.ExecContext(ctx, `UPDATE destruction SET swept = ? WHERE done IS NOT NULL AND swept IS NULL AND id <= ?`, now, u.destruction)
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, `UPDATE sequestration SET swept = ? WHERE blob IS NOT NULL AND swept IS NULL AND id <= ?`, now, u.sequestration); err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, `DELETE FROM blob_discarded`); err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "vault.sweep"})
	})
}
