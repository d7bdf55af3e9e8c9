package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"casekeep/vault/record"
)

// Doing is told how far long work has come: how much of how much, and what is
// being done.
type Doing func(done, total int64, doing string)

func (d Doing) tell(done, total int64, doing string) {
	if d != nil {
		d(done, total, doing)
	}
}

// ErrNotDue says that a record is kept: its date has not passed, or something
// open forbids destroying it.
var ErrNotDue = errors.New("this record is kept: it is not due")

// Destroy removes a client's whole record, once it is due: every row that names
// it or belongs to it, its place in the index, its files; then it rewrites the
// database and seals it anew, so that no page, no journal and no file of the
// vault holds any of it. rule is the arithmetic in words.
//
// What stays is the stub that Destroy gives, the audit trail, which has ids and
// counts, and what the practice's own book says: an incident names its records
// by id, an order by number. An entry that was moved to another record before
// belongs to that one, and stays.
//
// The rows go in one transaction, which ctx can cancel; what follows is
// finished even so, at the next unlock where the computer stops meanwhile.
func (v *Vault) Destroy(ctx context.Context, client record.ClientID, rule string, doing Doing) (record.Destruction, error) {
	if rule = oneLine(rule); rule == "" {
		return record.Destruction{}, errors.New("a destruction states the rule by which the record is due")
	}
	v.sweeping.Lock()
	defer v.sweeping.Unlock()
	now := v.clock()
	d := record.Destruction{Client: client, Rule: rule, Author: v.author(), At: now}
	err := v.db.Write(ctx, func(tx *sql.Tx) error {
		if err := describe(ctx, tx, &d); err != nil {
			return err
		}
		var err error
		if d.Certificate, err = nextCertificate(ctx, tx, now.In(v.zone(ctx)).Year()); err != nil {
			return err
		}
		return v.destroyRows(ctx, tx, &d, doing)
	})
	if ended := ctx.Err(); err != nil && ended != nil {
		return d, ended
	}
	if err != nil {
		return d, fmt.Errorf("the record was not destroyed: %w", err)
	}
	v.forget(client)
	if err := v.sweep(steady(ctx), doing); err != nil {
		return d, fmt.Errorf("the record is destroyed, but the vault's files are not yet free of it: lock the vault and unlock it again, which finishes that: %w", err)
	}
	return v.destruction(ctx, d.ID)
}

// describe fills in what stays of a record, and refuses one that is kept.
func describe(ctx context.Context, tx *sql.Tx, d *record.Destruction) error {
	keeps, err := loadKeeps(ctx, tx, d.Client)
	if err != nil {
		return err
	}
	if d.Client <= 0 || len(keeps) == 0 {
		return ErrNoClient
	}
	k := keeps[0]
	if k.Status != record.KeepDue {
		return ErrNotDue
	}
	if err := noImport(ctx, tx, d.Client); err != nil {
		return err
	}
	d.Number, d.Kind, d.Closed, d.Until = k.Number, k.Kind, k.Closed, k.Until
	c, err := contentsOf(ctx, tx, d.Client)
	if err != nil {
		return err
	}
	d.First, d.Last, d.Entries, d.Attachments, d.Disclosed, d.Duties = c.First, c.Last, c.Entries, c.Attachments, c.Disclosed, c.Duties
	d.Initials, d.Opened = Initials(c.Name), c.Began
	return nil
}

// noImport refuses a record into which an import runs, or that has part of one.
func noImport(ctx context.Context, tx *sql.Tx, client record.ClientID) error {
	var running bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM batch WHERE client = ? AND finished IS NULL)`, client).Scan(&running)
	if err == nil && running {
		err = errors.New("an import into this record is under way or was cut off: finish or cancel it first, or lock the vault and unlock it again")
	}
	return err
}

// destroyRows states a destruction and removes the record's rows. The database
// judges whether it may (migrations/003.sql).
func (v *Vault) destroyRows(ctx context.Context, tx *sql.Tx, d *record.Destruction, doing Doing) error {
	v.time.destroying.Store(int64(d.Client))
	defer v.time.destroying.Store(0)
	stated := event{action: "record.destroy", client: d.Client, detail: "certificate " + d.Certificate}
	if err := v.audit(ctx, tx, stated); err != nil {
		return err
	}
	if err := v.putDestruction(ctx, tx, d); err != nil {
		return err
	}
	if err := removeRecord(ctx, tx, d.Client, doing); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE destruction SET done = ? WHERE id = ?`, v.clock().UnixMilli(), d.ID); err != nil {
		return err
	}
	detail := fmt.Sprintf("certificate %s: %d entries, %d attachments", d.Certificate, d.Entries, d.Attachments)
	return v.audit(ctx, tx, event{action: "record.destroyed", client: d.Client, detail: detail})
}

// putDestruction writes the row that stays. One that was done in a later state
// of the vault keeps its id, unless another has it here.
func (v *Vault) putDestruction(ctx context.Context, tx *sql.Tx, d *record.Destruction) error {
	duties, err := json.Marshal(append([]string{}, d.Duties...))
	if err != nil {
		return err
	}
	return tx.QueryRowContext(ctx, `INSERT INTO destruction(id, client, number, initials, kind, first_day, last_day, closed_on, opened, keep_until,
		rule, entries, attachments, disclosed, duties, certificate, author, at, event, carried)
		VALUES((SELECT ?1 WHERE ?1 <> 0 AND NOT EXISTS (SELECT 1 FROM destruction WHERE id = ?1)),
		?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,(SELECT max(seq) FROM audit), carrying()) RETURNING id`,
		d.ID, d.Client, d.Number, d.Initials, d.Kind, d.First.String(), d.Last.String(), d.Closed.String(), d.Opened.UnixMilli(), d.Until.String(), d.Rule,
		d.Entries, d.Attachments, d.Disclosed, string(duties), d.Certificate, d.Author, d.At.UnixMilli()).Scan(&d.ID)
}

// nextCertificate gives the next number of a year that no certificate ever had,
// "D-2041-001".
func nextCertificate(ctx context.Context, tx *sql.Tx, year int) (string, error) {
	prefix := fmt.Sprintf("D-%04d", year)
	var last int
	err := tx.QueryRowContext(ctx, `SELECT coalesce(max(CAST(substr(certificate, 8) AS INTEGER)), 0) FROM destruction
		WHERE certificate >= ? AND certificate < ?`, prefix+"-", prefix+".").Scan(&last)
	if err != nil {
		return "", fmt.Errorf("numbering the certificate: %w", err)
	}
	return fmt.Sprintf("%s-%03d", prefix, last+1), nil
}

// forget drops what is remembered of a client since the unlock.
func (v *Vault) forget(client record.ClientID) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.opened, client)
}
