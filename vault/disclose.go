package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"casekeep/vault/record"
)

// Release is what a produced record held, for the disclosure and for the rule
// that what was released can no longer be undone.
type Release struct {
	Disclosure record.Disclosure
	Entries    []record.EntryID
}

// Disclose writes a disclosure (TSP 3.08; 45 CFR 164.528) and, in the same
// transaction, hands the file over: deliver is called when everything is
// written but not yet durable, and its error leaves no disclosure. If the
// commit fails after deliver has succeeded, retract is called.
func (v *Vault) Disclose(ctx context.Context, r Release, deliver, retract func() error) (record.Disclosure, error) {
	d := r.Disclosure
	d.To, d.Purpose = oneLine(d.To), oneLine(d.Purpose)
	if d.To == "" {
		return d, errors.New("say to whom the record goes: a disclosure names its receiver")
	}
	if d.Purpose == "" {
		return d, errors.New("say why the record goes out: a disclosure states its purpose")
	}
	d.At = v.clock()
	d.Entries = len(r.Entries)
	delivered := false
	err := v.db.Write(ctx, func(tx *sql.Tx) error {
		if err := putDisclosure(ctx, tx, &d); err != nil {
			return err
		}
		if err := markReleased(ctx, tx, d.ID, r.Entries); err != nil {
			return err
		}
		detail := fmt.Sprintf("disclosure %d, %d entries", d.ID, d.Entries)
		if err := v.audit(ctx, tx, event{action: "record.produce", client: d.Client, detail: detail}); err != nil {
			return err
		}
		if err := deliver(); err != nil {
			return err
		}
		delivered = true
		return nil
	})
	if err != nil && delivered {
		err = errors.Join(err, retract())
	}
	return d, err
}

func putDisclosure(ctx context.Context, tx *sql.Tx, d *record.Disclosure) error {
	leftOut, err := jsonOrNull(d.LeftOut)
	if err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO disclosure(client, at, receiver, purpose, since, until, entries, pages,
		file, sha256, sealed, left_out) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)`,
		d.Client, d.At.UnixMilli(), d.To, d.Purpose, d.From.String(), d.Until.String(), d.Entries, d.Pages,
		d.File, d.SHA256[:], d.Sealed, leftOut)
	if err != nil {
		return err
	}
	d.ID, err = result.LastInsertId()
	return err
}

func markReleased(ctx context.Context, tx *sql.Tx, disclosure int64, ids []record.EntryID) error {
	put, err := tx.PrepareContext(steady(ctx), `INSERT INTO disclosure_entry(disclosure, entry) VALUES(?, ?)`)
	if err != nil {
		return err
	}
	defer put.Close()
	for _, id := range ids {
		if _, err := put.ExecContext(steady(ctx), disclosure, id); err != nil {
			return err
		}
	}
	if err := noneGoes(ctx, tx, disclosure); err != nil {
		return err
	}
	for _, statement := range []string{
		`UPDATE entry SET released = 1 WHERE released = 0
			AND id IN (SELECT entry FROM disclosure_entry WHERE disclosure = ?)`,
		`UPDATE batch SET released = 1 WHERE released = 0
			AND id IN (SELECT e.batch FROM disclosure_entry d JOIN entry e ON e.id = d.entry WHERE d.disclosure = ?)`,
	} {
		if _, err := tx.ExecContext(ctx, statement, disclosure); err != nil {
			return err
		}
	}
	return nil
}

// noneGoes refuses to release what an import brought that is being taken back, or
// that has not ended: it could not be canceled any more.
func noneGoes(ctx context.Context, tx *sql.Tx, disclosure int64) error {
	var going bool
	err := tx.QueryRowContext(ctx, `SELECT b.undone IS NOT NULL FROM batch b WHERE b.finished IS NULL AND b.released = 0
		AND EXISTS (SELECT 1 FROM disclosure_entry d JOIN entry e ON e.id = d.entry
			WHERE d.disclosure = ? AND e.batch = b.id AND e.client = b.client) LIMIT 1`, disclosure).Scan(&going)
	switch {
	case err == sql.ErrNoRows:
		return nil
	case err == nil && going:
		return errors.New("some of these entries came with an import that is being taken back: try again once that is done")
	case err == nil:
		return errors.New("some of these entries came with an import that has not ended: try again once it has")
	}
	return err
}

// Disclosures gives the releases of a client's record, newest first (45 CFR
// 164.528).
func (v *Vault) Disclosures(ctx context.Context, client record.ClientID) ([]record.Disclosure, error) {
	list := []record.Disclosure{}
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT id, client, at, receiver, purpose, since, until, entries, pages, file, sha256, sealed,
			left_out FROM disclosure WHERE client = ? ORDER BY id DESC`, func(rows *sql.Rows) error {
			d, err := scanDisclosure(rows)
			list = append(list, d)
			return err
		}, client)
	})
	return list, err
}

func scanDisclosure(rows *sql.Rows) (record.Disclosure, error) {
	var d record.Disclosure
	var at int64
	var since, until string
	var sum []byte
	var leftOut sql.NullString
	err := rows.Scan(&d.ID, &d.Client, &at, &d.To, &d.Purpose, &since, &until, &d.Entries, &d.Pages, &d.File, &sum,
		&d.Sealed, &leftOut)
	if err != nil {
		return d, err
	}
	d.At = time.UnixMilli(at).UTC()
	copy(d.SHA256[:], sum)
	if d.From, err = record.ParseDate(since); err != nil {
		return d, err
	}
	if d.Until, err = record.ParseDate(until); err != nil {
		return d, err
	}
	return d, fromJSON(leftOut, &d.LeftOut)
}
