package vault

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"time"

	"casekeep/vault/record"
)

// ErrReleased says that an import cannot be undone any more.
var ErrReleased = errors.New("something of this import was released: it can no longer be undone; move or strike single entries instead")

const batchColumns = `id, client, at, found, imported, duplicates, skipped, refused, damaged, released, coalesce(undone, 0)`

// Batch gives one import with its sources.
func (v *Vault) Batch(ctx context.Context, id record.BatchID) (record.Batch, error) {
	list, err := v.batches(ctx, `id = ?`, id)
	if err != nil {
		return record.Batch{}, err
	}
	if len(list) == 0 {
		return record.Batch{}, errors.New("no such import")
	}
	return list[0], nil
}

// Batches gives the finished imports into a client's record, newest first;
// those into every record for client 0.
func (v *Vault) Batches(ctx context.Context, client record.ClientID) ([]record.Batch, error) {
	if client == 0 {
		return v.batches(ctx, `finished IS NOT NULL`)
	}
	return v.batches(ctx, `finished IS NOT NULL AND client = ?`, client)
}

func (v *Vault) batches(ctx context.Context, where string, args ...any) ([]record.Batch, error) {
	list := []record.Batch{}
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		err := each(ctx, tx, `SELECT `+batchColumns+` FROM batch
			WHERE client > 0 AND client NOT IN (SELECT id FROM client_out) AND `+where+` ORDER BY id DESC`, func(rows *sql.Rows) error {
			var b record.Batch
			var at, undone int64
			err := rows.Scan(&b.ID, &b.Client, &at, &b.Found, &b.Imported, &b.Duplicates, &b.Skipped, &b.Refused,
				&b.Damaged, &b.Released, &undone)
			b.At = time.UnixMilli(at).UTC()
			if undone != 0 {
				b.Undone = time.UnixMilli(undone).UTC()
			}
			list = append(list, b)
			return err
		}, args...)
		for i := range list {
			if err != nil {
				break
			}
			list[i].Sources, err = batchSources(ctx, tx, list[i].ID)
		}
		return err
	})
	return list, err
}

func batchSources(ctx context.Context, tx *sql.Tx, id record.BatchID) ([]record.Source, error) {
	list := []record.Source{}
	err := each(ctx, tx, `SELECT `+sourceColumns+` FROM batch_source b JOIN source s ON s.id = b.source
		WHERE b.batch = ? ORDER BY s.id`, func(rows *sql.Rows) error {
		source, fields := sourceFields()
		err := rows.Scan(fields...)
		list = append(list, source())
		return err
	}, id)
	return list, err
}

// UndoImport takes a whole import back, unless something of it was released.
// Entries that were moved to another client since stay there. It gives the
// number of entries removed.
func (v *Vault) UndoImport(ctx context.Context, id record.BatchID) (int, error) {
	if err := v.TakenBack(ctx); err != nil {
		return 0, err
	}
	b, err := v.Batch(ctx, id)
	if err != nil {
		return 0, err
	}
	if b.Released {
		return 0, ErrReleased
	}
	if !b.Undone.IsZero() {
		return 0, errors.New("this import was undone before")
	}
	return v.undo(ctx, id)
}

// undo removes all of a finished batch, and then its sealed files. Files that
// cannot be removed now are removed at the next unlock.
func (v *Vault) undo(ctx context.Context, id record.BatchID) (int, error) {
	u := undoing{batch: id}
	err := v.db.Write(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, `SELECT client FROM batch WHERE id = ?`, id).Scan(&u.client); err != nil {
			return err
		}
		if err := v.markUndone(ctx, tx, id); err != nil {
			return err
		}
		if err := u.removeFrom(ctx, tx, math.MinInt64); err != nil {
			return err
		}
		if err := recountClient(ctx, tx, u.client); err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "import.undo", client: u.client, detail: u.detail()})
	})
	if err != nil {
		return 0, err
	}
	v.sweepDiscarded(ctx)
	return u.Entries, nil
}
