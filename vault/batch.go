package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
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
	return v.undo(ctx, id, "import.undo")
}

// CutOff gives how many imports a crash cut off that could not be taken back,
// since the vault is read-only: what they filed is still shown.
func (v *Vault) CutOff() int { return v.cutOff }

// undoUnfinished takes back the imports that a crash cut off, so that none
// stands half done. One of which something was released ends where it was.
func (v *Vault) undoUnfinished(ctx context.Context) error {
	var ids, stay []record.BatchID
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT id, released FROM batch WHERE finished IS NULL AND undone IS NULL`,
			func(rows *sql.Rows) error {
				var id record.BatchID
				var released bool
				err := rows.Scan(&id, &released)
				if released {
					stay = append(stay, id)
				} else {
					ids = append(ids, id)
				}
				return err
			})
	})
	if err != nil {
		return err
	}
	if v.db.Status().ReadOnly != nil {
		v.cutOff = len(ids)
		return nil
	}
	for i, id := range ids {
		if _, err := v.undo(ctx, id, "import.cut-off"); v.waits(err) {
			v.cutOff = len(ids) - i
			return nil
		} else if err != nil {
			return err
		}
	}
	for _, id := range stay {
		if err := v.endReleased(ctx, id); err != nil && !v.waits(err) {
			return err
		}
	}
	if len(ids) > 0 {
		v.sweepUnnamed(ctx)
	}
	return nil
}

// waits reports whether an error is the disk's, which must keep nobody from
// their records: what it kept from being done is done at a later unlock.
func (v *Vault) waits(err error) bool {
	return errors.Is(err, sealed.ErrDiskFull) || err != nil && v.db.Status().ReadOnly != nil
}

// endReleased ends an import that was cut off and of which something was
// released: what it had filed stays, and is counted.
func (v *Vault) endReleased(ctx context.Context, id record.BatchID) error {
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		var client record.ClientID
		var filed int
		err := tx.QueryRowContext(ctx, `UPDATE batch SET finished = ?2, found = n, imported = n
			FROM (SELECT count(*) AS n FROM entry WHERE batch = ?1) WHERE id = ?1 RETURNING client, imported`,
			id, v.clock().UnixMilli()).Scan(&client, &filed)
		if err != nil {
			return err
		}
		if err := recountClient(ctx, tx, client); err != nil {
			return err
		}
		detail := fmt.Sprintf("import %d was cut off: %d entries stay, of which some were released", id, filed)
		return v.audit(ctx, tx, event{action: "import", client: client, detail: detail})
	})
}

// undo removes a batch's entries and what hangs on them, children first, and
// then their sealed files. Files that cannot be removed now are removed at the
// next unlock.
func (v *Vault) undo(ctx context.Context, id record.BatchID, action string) (int, error) {
	var removed int64
	err := v.db.Write(ctx, func(tx *sql.Tx) error {
		var client record.ClientID
		if err := tx.QueryRowContext(ctx, `SELECT client FROM batch WHERE id = ?`, id).Scan(&client); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE batch SET undone = ?, finished = coalesce(finished, ?1) WHERE id = ?`,
			v.clock().UnixMilli(), id)
		if err != nil {
			return err
		}
		counts := map[string]int64{}
		for _, step := range undoSteps {
			result, err := tx.ExecContext(ctx, step.sql, id, client)
			if err != nil {
				return fmt.Errorf("undoing the import: %w", err)
			}
			if counts[step.counts], err = result.RowsAffected(); err != nil {
				return err
			}
		}
		removed = counts["entries"]
		if err := recountClient(ctx, tx, client); err != nil {
			return err
		}
		detail := fmt.Sprintf("import %d: %d entries removed, %d attachments, %d amendments, %d strikes",
			id, removed, counts["attachments"], counts["amendments"], counts["strikes"])
		return v.audit(ctx, tx, event{action: action, client: client, detail: detail})
	})
	if err != nil {
		return 0, err
	}
	v.sweepDiscarded(ctx)
	return int(removed), nil
}

const ofBatch = ` IN (SELECT id FROM entry WHERE batch = ?1 AND client = ?2)`

var undoSteps = []struct{ counts, sql string }{
	{"", `INSERT INTO entry_index(entry_index, rowid, said) SELECT 'delete', id, said FROM entry_said WHERE id` + ofBatch},
	{"", `INSERT OR IGNORE INTO blob_discarded(blob) SELECT blob FROM attachment WHERE entry` + ofBatch},
	{"attachments", `DELETE FROM attachment WHERE entry` + ofBatch},
	{"amendments", `DELETE FROM amendment WHERE entry` + ofBatch},
	{"strikes", `DELETE FROM strike WHERE entry` + ofBatch},
	{"", `DELETE FROM move WHERE entry` + ofBatch},
	{"", `DELETE FROM provenance WHERE entry` + ofBatch},
	{"entries", `DELETE FROM entry WHERE batch = ?1 AND client = ?2`},
}
