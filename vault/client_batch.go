package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"casekeep/vault/record"
)

// AddClients opens a record for each client of a list, all of them or none, and
// gives them with their ids and numbers. Source and digest name the file that
// they came from.
func (v *Vault) AddClients(ctx context.Context, list []record.Client, source string, digest record.Hash) (record.ClientBatch, []record.Client, error) {
	batch := record.ClientBatch{At: v.clock(), Source: oneLine(source), Rows: len(list), Present: len(list)}
	if len(list) == 0 {
		return batch, nil, errors.New("there is nobody to add")
	}
	added := make([]record.Client, len(list))
	for i, c := range list {
		if c.Kind == "" {
			c.Kind = record.Individual
		}
		if c.Status == "" {
			c.Status = record.Active
		}
		c.Created = batch.At
		if err := v.checkClient(ctx, &c); err != nil {
			return batch, nil, fmt.Errorf("%s: %w", c.Name, err)
		}
		added[i] = c
	}
	year := batch.At.In(v.zone(ctx)).Year()
	err := v.db.Write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO client_batch(at, source, sha256, rows) VALUES(?,?,?,?)`,
			batch.At.UnixMilli(), batch.Source, digest[:], len(added))
		if err != nil {
			return err
		}
		id, err := result.LastInsertId()
		if err != nil {
			return err
		}
		batch.ID = record.ClientBatchID(id)
		last, err := lastNumber(ctx, tx, year)
		if err != nil {
			return err
		}
		for i := range added {
			added[i].Number = recordNumber(year, last+1+i)
			if err := v.insertClient(ctx, tx, &added[i], batch.ID); err != nil {
				return err
			}
			if err := v.audit(ctx, tx, event{action: "client.import", client: added[i].ID}); err != nil {
				return err
			}
		}
		return v.audit(ctx, tx, event{action: "clients.import", detail: fmt.Sprintf("list %d: %d clients", id, len(added))})
	})
	if ended := ctx.Err(); err != nil && ended != nil {
		return batch, nil, ended
	}
	if err != nil {
		return batch, nil, fmt.Errorf("the clients were not added: %w", err)
	}
	return batch, added, nil
}

// ClientBatches gives the lists of clients that were brought in, newest first.
func (v *Vault) ClientBatches(ctx context.Context) ([]record.ClientBatch, error) {
	list := []record.ClientBatch{}
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT id, at, source, rows, coalesce(undone, 0),
			(SELECT count(*) FROM client c WHERE c.batch = b.id) FROM client_batch b ORDER BY id DESC`, func(rows *sql.Rows) error {
			var b record.ClientBatch
			var at, undone int64
			err := rows.Scan(&b.ID, &at, &b.Source, &b.Rows, &undone, &b.Present)
			b.At = time.UnixMilli(at).UTC()
			if undone != 0 {
				b.Undone = time.UnixMilli(undone).UTC()
			}
			list = append(list, b)
			return err
		})
	})
	return list, err
}

// UndoClients takes a list of clients back: those whose records are as they
// came. The others stay, as every record does in which something was written,
// and kept counts them. It can be done once.
func (v *Vault) UndoClients(ctx context.Context, id record.ClientBatchID) (removed, kept int, err error) {
	var gone []record.ClientID
	err = v.db.Write(ctx, func(tx *sql.Tx) error {
		var undone sql.NullInt64
		err := tx.QueryRowContext(ctx, `SELECT undone FROM client_batch WHERE id = ?`, id).Scan(&undone)
		switch {
		case err == sql.ErrNoRows:
			return errors.New("no such list of clients")
		case err != nil:
			return err
		case undone.Valid:
			return errors.New("this list was taken back before")
		}
		gone, err = untouched(ctx, tx, id)
		if err != nil {
			return err
		}
		now := v.clock().UnixMilli()
		if _, err := tx.ExecContext(ctx, `UPDATE client_batch SET undone = ? WHERE id = ?`, now, id); err != nil {
			return err
		}
		for _, client := range gone {
			if err := v.removeClient(ctx, tx, client, now); err != nil {
				return err
			}
		}
		removed = len(gone)
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM client WHERE batch = ?`, id).Scan(&kept); err != nil {
			return err
		}
		detail := fmt.Sprintf("list %d: %d clients removed, %d kept", id, removed, kept)
		return v.audit(ctx, tx, event{action: "clients.undo", detail: detail})
	})
	if err != nil {
		return 0, 0, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, client := range gone {
		delete(v.opened, client)
	}
	return removed, kept, nil
}

// untouched gives the clients of a list whose records are as they came.
func untouched(ctx context.Context, tx *sql.Tx, id record.ClientBatchID) ([]record.ClientID, error) {
	var list []record.ClientID
	err := each(ctx, tx, `SELECT id FROM client_untouched WHERE batch = ? ORDER BY id`, func(rows *sql.Rows) error {
		var client record.ClientID
		err := rows.Scan(&client)
		list = append(list, client)
		return err
	}, id)
	return list, err
}

// removeClient takes a client back that came with a list. Its number and its id
// stay taken, and the audit trail keeps that it was there.
func (v *Vault) removeClient(ctx context.Context, tx *sql.Tx, client record.ClientID, now int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO client_removed(id, number, batch, at) SELECT id, number, batch, ? FROM client WHERE id = ?`,
		now, client)
	if err != nil {
		return err
	}
	for _, table := range []string{"member", "contact_point", "client_status", "client_place", "client_fact", "contact_tally"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE client = ?`, client); err != nil {
			return fmt.Errorf("taking a client back: %w", err)
		}
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM client WHERE id = ?`, client); err != nil {
		return fmt.Errorf("taking a client back: %w", err)
	}
	return v.audit(ctx, tx, event{action: "client.undo", client: client})
}
