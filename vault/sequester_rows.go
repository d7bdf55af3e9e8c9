package vault

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"casekeep/vault/record"
)

// putAway files the order and puts entries out of sight, those that were sealed
// to somebody out of the database. The audit says how many, and not which.
func (v *Vault) putAway(ctx context.Context, tx *sql.Tx, client record.ClientID, o *SequesterOrder, whole bool, ids []record.EntryID, sealed map[record.EntryID]sealedEntry) error {
	w, err := prepareWriter(ctx, tx)
	if err != nil {
		return err
	}
	defer w.close()
	if err := v.putFiling(ctx, tx, w, &o.Order); err != nil {
		return err
	}
	for _, id := range ids {
		if err := v.putAwayEntry(ctx, tx, client, o, id, sealed[id]); err != nil {
			return err
		}
	}
	if whole {
		_, err := tx.ExecContext(ctx, `INSERT INTO sequestration(client, entry, day, contact, ground, reason, orders, author, at)
			VALUES(?,0,'',0,?,?,?,?,?)`, client, o.Ground, o.Reason, o.Order.Entry.ID, v.author(), v.clock().UnixMilli())
		if err != nil {
			return err
		}
	}
	for _, recount := range []record.ClientID{client, record.Sequestered} {
		if err := recountClient(ctx, tx, recount); err != nil {
			return err
		}
	}
	return v.audit(ctx, tx, event{action: "record.sequester", client: client, detail: fmt.Sprintf("%d entries, order %s", len(ids), o.Order.Entry.ID)})
}

func (v *Vault) putAwayEntry(ctx context.Context, tx *sql.Tx, client record.ClientID, o *SequesterOrder, id record.EntryID, sealed sealedEntry) error {
	e, err := loadStaying(ctx, tx, id)
	if err != nil {
		return err
	}
	if e.Client != client {
		return ErrNoEntry
	}
	if err := unindex(ctx, tx, id); err != nil {
		return err
	}
	var blob any
	var sum []byte
	if sealed.content != nil {
		content, err := sealedContent(ctx, tx, e)
		if err != nil {
			return err
		}
		if !bytes.Equal(content, sealed.content) {
			return errors.New("an entry was changed while it was being sealed: try again")
		}
		blob, sum = sealed.blob.Name, sealed.blob.SHA256[:]
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO sequestration(client, entry, day, contact, paper, place, dedupe, content, twin, ground, reason,
		orders, blob, sha256, holder, author, at)
		SELECT e.client, e.id, day_of(e.at, e.zone), e.form = '', e.form IN (SELECT form FROM keep_paper),
		coalesce((SELECT s.jurisdiction FROM client_place p JOIN client_place_stands s ON s.id = p.id WHERE p.entry = e.id), ''),
		p.dedupe, p.content, coalesce(p.twin, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
		FROM entry e LEFT JOIN provenance p ON p.entry = e.id WHERE e.id = ?1`,
		id, o.Ground, o.Reason, o.Order.Entry.ID, blob, sum, o.HolderName, v.author(), v.clock().UnixMilli())
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE entry SET client = -2 WHERE id = ?`, id); err != nil {
		return err
	}
	if err := v.withdrawLines(ctx, tx, e); err != nil {
		return err
	}
	if sealed.content == nil {
		return nil
	}
	v.time.sealing.Store(true)
	defer v.time.sealing.Store(false)
	return run(ctx, tx, entrySteps, client, id, id)
}

func scanSequestration(rows *sql.Rows) (record.Sequestration, error) {
	var q record.Sequestration
	var at, returned int64
	err := rows.Scan(&q.ID, &q.Client, &q.Number, &q.Entry, day{&q.Day}, &q.Ground, &q.Reason, &q.Order, &q.Holder, &q.Author, &at,
		&returned, &q.Why)
	q.At = time.UnixMilli(at).UTC()
	if returned != 0 {
		q.Returned = time.UnixMilli(returned).UTC()
	}
	return q, err
}

// Unsequester brings an entry back into its record, with its other versions; of
// a whole record everything that one order put out of sight.
func (v *Vault) Unsequester(ctx context.Context, id int64, reason string) error {
	if reason = oneLine(reason); reason == "" {
		return errors.New("bringing something back needs a reason: say what lifted the order")
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		client, ids, err := toReturn(ctx, tx, id)
		if err != nil {
			return err
		}
		back := 0
		for _, one := range ids {
			moved, err := v.bringBack(ctx, tx, client, one, reason)
			if err != nil {
				return err
			}
			back += moved
		}
		for _, recount := range []record.ClientID{client, record.Sequestered} {
			if err := recountClient(ctx, tx, recount); err != nil {
				return err
			}
		}
		return v.audit(ctx, tx, event{action: "record.unsequester", client: client, detail: fmt.Sprintf("%d entries", back)})
	})
}

// toReturn gives the rows that come back together.
func toReturn(ctx context.Context, tx *sql.Tx, id int64) (client record.ClientID, ids []int64, err error) {
	var entry record.EntryID
	var orders int64
	var holder string
	var returned sql.NullInt64
	err = tx.QueryRowContext(ctx, `SELECT client, entry, orders, iif(blob IS NULL, '', holder), returned FROM sequestration WHERE id = ?`, id).
		Scan(&client, &entry, &orders, &holder, &returned)
	switch {
	case err == sql.ErrNoRows:
		return 0, nil, errors.New("no such entry is out of sight")
	case err != nil:
		return 0, nil, err
	case returned.Valid:
		return 0, nil, errors.New("this was brought back before")
	case holder != "":
		return 0, nil, fmt.Errorf("this was sealed to %s: hand the sealed file out, and file again what comes back", holder)
	}
	var versions []record.EntryID
	if entry != 0 {
		if versions, err = versionsOf(ctx, tx, client, []record.EntryID{entry}); err != nil {
			return 0, nil, err
		}
	}
	of := map[record.EntryID]bool{}
	for _, v := range versions {
		of[v] = true
	}
	err = each(ctx, tx, `SELECT id, entry, orders FROM sequestration WHERE client = ? AND returned IS NULL AND blob IS NULL ORDER BY id`, func(rows *sql.Rows) error {
		var row, by int64
		var e record.EntryID
		err := rows.Scan(&row, &e, &by)
		if of[e] || entry == 0 && by == orders {
			ids = append(ids, row)
		}
		return err
	}, client)
	return client, ids, err
}

func (v *Vault) bringBack(ctx context.Context, tx *sql.Tx, client record.ClientID, id int64, reason string) (moved int, err error) {
	var entry record.EntryID
	err = tx.QueryRowContext(ctx, `UPDATE sequestration SET returned = ?, returned_reason = ? WHERE id = ? RETURNING entry`,
		v.clock().UnixMilli(), reason, id).Scan(&entry)
	if err != nil || entry == 0 {
		return 0, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE entry SET client = ? WHERE id = ?`, client, entry); err != nil {
		return 0, err
	}
	e, err := loadEntry(ctx, tx, entry)
	if err != nil {
		return 0, err
	}
	if err := reindex(ctx, tx, e); err != nil {
		return 0, err
	}
	return 1, v.bringLines(ctx, tx, e, client)
}
