package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"casekeep/vault/record"
)

const destructionColumns = `id, client, number, initials, kind, first_day, last_day, closed_on, opened, keep_until, rule, entries, attachments,
	disclosed, duties, certificate, author, at, coalesce(swept, 0)`

// Destructions gives what stays of the records that were destroyed, the newest
// first.
func (v *Vault) Destructions(ctx context.Context) ([]record.Destruction, error) {
	var list []record.Destruction
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		var err error
		list, err = loadDestructions(ctx, tx)
		return err
	})
	return list, err
}

func (v *Vault) destruction(ctx context.Context, id int64) (d record.Destruction, err error) {
	list, err := v.Destructions(steady(ctx))
	for _, one := range list {
		if one.ID == id {
			d = one
		}
	}
	return d, err
}

func loadDestructions(ctx context.Context, tx *sql.Tx) ([]record.Destruction, error) {
	list := []record.Destruction{}
	err := each(ctx, tx, `SELECT `+destructionColumns+` FROM destruction WHERE done IS NOT NULL ORDER BY at DESC, id DESC`, func(rows *sql.Rows) error {
		var d record.Destruction
		var at, opened, swept int64
		var duties sql.NullString
		err := rows.Scan(&d.ID, &d.Client, &d.Number, &d.Initials, &d.Kind, day{&d.First}, day{&d.Last}, day{&d.Closed}, &opened, day{&d.Until},
			&d.Rule, &d.Entries, &d.Attachments, &d.Disclosed, &duties, &d.Certificate, &d.Author, &at, &swept)
		d.At, d.Opened = time.UnixMilli(at).UTC(), time.UnixMilli(opened).UTC()
		if swept != 0 {
			d.Swept = time.UnixMilli(swept).UTC()
		}
		if err == nil {
			err = fromJSON(duties, &d.Duties)
		}
		list = append(list, d)
		return err
	})
	return list, err
}

// Contents is what a record holds, in numbers.
type Contents struct {
	Name        string // also of a record that is out of sight
	Entries     int    // those out of sight with them
	Attachments int
	Bytes       int64 // of the attachments
	First, Last record.Date
	Disclosed   int       // how often it was handed out
	Duties      []string  // at disposal, by the rules that bind it
	Began       time.Time // when it came into this vault
}

// Contents gives what a record holds.
func (v *Vault) Contents(ctx context.Context, client record.ClientID) (c Contents, err error) {
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		c, err = contentsOf(ctx, tx, client)
		return err
	})
	return c, err
}

func contentsOf(ctx context.Context, tx *sql.Tx, client record.ClientID) (c Contents, err error) {
	var began int64
	err = tx.QueryRowContext(ctx, `SELECT name, created FROM client WHERE id = ? AND id > 0`, client).Scan(&c.Name, &began)
	if err == sql.ErrNoRows {
		return c, ErrNoClient
	}
	if err != nil {
		return c, err
	}
	c.Began = time.UnixMilli(began).UTC()
	err = tx.QueryRowContext(ctx, `SELECT coalesce(min(day), ''), coalesce(max(day), ''),
		(SELECT count(*) FROM entry WHERE client = ?1) + (SELECT count(*) FROM sequestration WHERE client = ?1 AND entry <> 0 AND returned IS NULL),
		(SELECT count(*) FROM disclosure WHERE client = ?1)
		FROM (SELECT * FROM (SELECT day_of(at, zone) AS day FROM entry WHERE client = ?1 ORDER BY id LIMIT 1)
			UNION ALL SELECT * FROM (SELECT day_of(at, zone) FROM entry WHERE client = ?1 ORDER BY id DESC LIMIT 1)
			UNION ALL SELECT day FROM sequestration WHERE client = ?1 AND entry <> 0)`, client).Scan(
		day{&c.First}, day{&c.Last}, &c.Entries, &c.Disclosed)
	if err != nil {
		return c, err
	}
	err = tx.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(a.size), 0) FROM attachment a WHERE a.entry IN (SELECT id FROM entry_of WHERE client = ?)`,
		client).Scan(&c.Attachments, &c.Bytes)
	if err != nil {
		return c, err
	}
	c.Duties, err = dutiesOf(ctx, tx, client)
	return c, err
}

func dutiesOf(ctx context.Context, tx *sql.Tx, client record.ClientID) ([]string, error) {
	var duties []string
	err := each(ctx, tx, `SELECT r.told FROM keep_place p JOIN keep_rule r ON r.jurisdiction = p.jurisdiction WHERE p.client = ? ORDER BY r.jurisdiction`,
		func(rows *sql.Rows) error {
			var text string
			var told record.RuleTold
			if err := rows.Scan(&text); err != nil {
				return err
			}
			err := json.Unmarshal([]byte(text), &told)
			duties = append(duties, told.Duties...)
			return err
		}, client)
	return duties, err
}

// FirstSeen gives when the audit trail first tells of a record, which may be
// destroyed since; zero where it does not.
func (v *Vault) FirstSeen(ctx context.Context, client record.ClientID) (at time.Time, err error) {
	var first sql.NullInt64
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT min(at) FROM audit WHERE client = ?`, client).Scan(&first)
	})
	if first.Valid {
		at = time.UnixMilli(first.Int64).UTC()
	}
	return at, err
}

// Exported counts how often the whole vault was exported into a file between
// two moments, by the trail.
func (v *Vault) Exported(ctx context.Context, from, until time.Time) (n int, err error) {
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM audit WHERE action = 'paper.export' AND at BETWEEN ? AND ?`,
			from.UnixMilli(), until.UnixMilli()).Scan(&n)
	})
	return n, err
}
