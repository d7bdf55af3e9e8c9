package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"casekeep/vault/record"
)

// How much of an import that is taken back one transaction removes: so long has
// whoever saves something meanwhile to wait.
const (
	undoEntries = 1000
	undoBytes   = 4 << 20
)

// undoing is an import that is being undone: what of it is gone already.
type undoing struct {
	batch  record.BatchID
	client record.ClientID

	Action      string // what the trail will call it
	Entries     int
	Attachments int
	Amendments  int
	Strikes     int
}

func (u *undoing) detail() string {
	return fmt.Sprintf("import %d: %d entries removed, %d attachments, %d amendments, %d strikes",
		u.batch, u.Entries, u.Attachments, u.Amendments, u.Strikes)
}

const ofBatch = ` IN (SELECT id FROM entry WHERE batch = ?1 AND client = ?2 AND id >= ?3)`

// undoSteps remove entries of an import from an id on, and what hangs on them
// first.
var undoSteps = []struct {
	counts func(*undoing) *int
	sql    string
}{
	{nil, `INSERT INTO entry_index(entry_index, rowid, said) SELECT 'delete', id, said FROM entry_said WHERE id` + ofBatch},
	{nil, `INSERT OR IGNORE INTO blob_discarded(blob) SELECT blob FROM attachment WHERE entry` + ofBatch},
	{func(u *undoing) *int { return &u.Attachments }, `DELETE FROM attachment WHERE entry` + ofBatch},
	{func(u *undoing) *int { return &u.Amendments }, `DELETE FROM amendment WHERE entry` + ofBatch},
	{func(u *undoing) *int { return &u.Strikes }, `DELETE FROM strike WHERE entry` + ofBatch},
	{nil, `DELETE FROM move WHERE entry` + ofBatch},
	{nil, `DELETE FROM provenance WHERE entry` + ofBatch},
	{func(u *undoing) *int { return &u.Entries }, `DELETE FROM entry WHERE batch = ?1 AND client = ?2 AND id >= ?3`},
}

// removeFrom removes the import's entries from an id on.
func (u *undoing) removeFrom(ctx context.Context, tx *sql.Tx, first int64) error {
	for _, step := range undoSteps {
		result, err := tx.ExecContext(ctx, step.sql, u.batch, u.client, first)
		if err != nil {
			return fmt.Errorf("undoing the import: %w", err)
		}
		n, err := result.RowsAffected()
		if err != nil {
			return err
		}
		if step.counts != nil {
			*step.counts(u) += int(n)
		}
	}
	return nil
}

// markUndone lets a batch's entries be removed.
func (v *Vault) markUndone(ctx context.Context, tx *sql.Tx, id record.BatchID) error {
	_, err := tx.ExecContext(ctx, `UPDATE batch SET undone = ? WHERE id = ?`, v.clock().UnixMilli(), id)
	return err
}

// undoingKey is where the vault keeps what of an import is gone, until all of it
// is.
func undoingKey(id record.BatchID) string { return fmt.Sprint("undoing.", id) }

// loadUndoing finds out how far the undoing of an import that did not end has
// come; begins: nothing of it is gone. ErrReleased says that it cannot begin.
func loadUndoing(ctx context.Context, tx *sql.Tx, id record.BatchID, action string) (u undoing, begins bool, err error) {
	var so sql.NullString
	var released bool
	err = tx.QueryRowContext(ctx, `SELECT b.client, b.undone IS NULL, b.released, s.value FROM batch b LEFT JOIN setting s ON s.key = ?2 WHERE b.id = ?1`,
		id, undoingKey(id)).Scan(&u.client, &begins, &released, &so)
	if err == nil && begins && released {
		err = ErrReleased
	}
	u.batch, u.Action = id, action
	if err == nil && so.Valid {
		err = json.Unmarshal([]byte(so.String), &u)
	}
	return u, begins, err
}

func (u *undoing) save(ctx context.Context, tx *sql.Tx) error {
	text, err := json.Marshal(u)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO setting(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value`,
		undoingKey(u.batch), string(text))
	return err
}

// undoSome removes the newest entries of an import that did not end, as much of
// them as one transaction carries, and reports whether that was the last of
// them. Whole at every step: the client's counts, the index, and the trail, which
// says when it began and, at the end, what all of it was.
func (v *Vault) undoSome(ctx context.Context, id record.BatchID, action string) (ended bool, err error) {
	err = v.db.Write(ctx, func(tx *sql.Tx) error {
		u, begins, err := loadUndoing(ctx, tx, id, action)
		if err != nil {
			return err
		}
		if begins {
			if err := v.markUndone(ctx, tx, id); err != nil {
				return err
			}
		}
		if err := u.removeNewest(ctx, tx); err != nil {
			return err
		}
		err = tx.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM entry WHERE batch = ? AND client = ?)`, id, u.client).Scan(&ended)
		switch {
		case err != nil:
			return err
		case ended:
			return v.endUndoing(ctx, tx, &u)
		case begins:
			detail := fmt.Sprintf("import %d", id)
			if err := v.audit(ctx, tx, event{action: "import.undoing", client: u.client, detail: detail}); err != nil {
				return err
			}
		}
		return u.save(ctx, tx)
	})
	return ended, err
}

// removeNewest removes the newest entries and takes them off the client's counts.
// The tally does not have them: see tallied.
func (u *undoing) removeNewest(ctx context.Context, tx *sql.Tx) error {
	var first sql.NullInt64
	err := tx.QueryRowContext(ctx, `SELECT min(id) FROM (
		SELECT id, row_number() OVER newest AS n, sum(size) OVER newest AS size FROM (
			SELECT id, octet_length(body) AS size FROM entry WHERE batch = ?1 AND client = ?2 ORDER BY id DESC LIMIT ?3)
		WINDOW newest AS (ORDER BY id DESC)) WHERE n = 1 OR size <= ?4`, u.batch, u.client, undoEntries, undoBytes).Scan(&first)
	if err != nil || !first.Valid {
		return err
	}
	before := u.Entries
	if err := u.removeFrom(ctx, tx, first.Int64); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE client SET entries = entries - ?,
		last_entry = (SELECT max(id) FROM entry WHERE client = ?2 AND form = '') WHERE id = ?2`, u.Entries-before, u.client)
	return err
}

// endUndoing closes an import of which nothing is left.
func (v *Vault) endUndoing(ctx context.Context, tx *sql.Tx, u *undoing) error {
	if _, err := tx.ExecContext(ctx, `UPDATE batch SET finished = ? WHERE id = ?`, v.clock().UnixMilli(), u.batch); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM setting WHERE key = ?`, undoingKey(u.batch)); err != nil {
		return err
	}
	if err := recountClient(ctx, tx, u.client); err != nil {
		return err
	}
	return v.audit(ctx, tx, event{action: u.Action, client: u.client, detail: u.detail()})
}

var (
	errGoing   = errors.New("this entry came with an import that did not end and is being taken back: it goes with the import, and nothing is changed of it any more")
	errUnended = errors.New("this entry came with an import that has not ended: until it has, nothing is changed of it")
)

// notGoing refuses to change what goes with an import that is being taken back, or
// would go if that is canceled.
func notGoing(ctx context.Context, tx *sql.Tx, id record.EntryID) error {
	var going bool
	err := tx.QueryRowContext(ctx, `SELECT b.undone IS NOT NULL FROM entry e JOIN batch b ON b.id = e.batch AND b.client = e.client
		WHERE e.id = ? AND b.finished IS NULL AND b.released = 0`, id).Scan(&going)
	switch {
	case err == sql.ErrNoRows:
		return nil
	case err == nil && going:
		return errGoing
	case err == nil:
		return errUnended
	}
	return err
}

// loadStaying is loadEntry for whoever is about to change something of it.
func loadStaying(ctx context.Context, tx *sql.Tx, id record.EntryID) (record.Entry, error) {
	if err := notGoing(ctx, tx, id); err != nil {
		return record.Entry{}, err
	}
	return loadEntry(ctx, tx, id)
}
