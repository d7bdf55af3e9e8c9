package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"casekeep/vault/record"
)

// ErrNoEntry says that a client's timeline has no such entry.
var ErrNoEntry = errors.New("no such entry")

// Page asks for a part of a client's timeline.
type Page struct {
	Before record.EntryID // entries before this one; 0: from the newest
	After  record.EntryID // entries after this one, for a page in the order in which things happened
	Oldest bool           // oldest first
	Limit  int            // 0: all

	WithFiles bool // only entries that files are kept with
}

const entryColumns = `e.id, e.client, e.channel, e.direction, e.at, e.zone, e.zone_basis, e.written, e.author, e.parties,
	e.subject, e.body, e.duration, e.outcome, e.identity, e.location, coalesce(e.supersedes, 0), coalesce(e.version_of, 0),
	coalesce(e.batch, 0), e.released, coalesce((SELECT s.id FROM entry s WHERE s.supersedes = e.id), 0),
	e.form, e.data, coalesce(e.about, 0), e.day_only, e.purpose, e.own_location`

// Timeline gives a part of a client's timeline, newest first unless the page
// asks otherwise, each entry with its attachments, amendments, strike and
// provenance.
func (v *Vault) Timeline(ctx context.Context, client record.ClientID, page Page) ([]record.Entry, error) {
	query := `SELECT ` + entryColumns + ` FROM entry e WHERE e.client = ?`
	args := []any{client}
	if page.Before != 0 {
		query += ` AND e.id < ?`
		args = append(args, page.Before)
	}
	if page.After != 0 {
		query += ` AND e.id > ?`
		args = append(args, page.After)
	}
	if page.WithFiles {
		query += ` AND EXISTS (SELECT 1 FROM attachment a WHERE a.entry = e.id)`
	}
	query += ` ORDER BY e.id`
	if !page.Oldest {
		query += ` DESC`
	}
	if page.Limit > 0 {
		query += fmt.Sprintf(` LIMIT %d`, page.Limit)
	}
	var list []record.Entry
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		var err error
		list, err = loadEntries(ctx, tx, query, args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the timeline: %w", err)
	}
	return list, nil
}

// Count gives how many entries a client's timeline has.
func (v *Vault) Count(ctx context.Context, client record.ClientID) (int, error) {
	var n int
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM entry WHERE client = ?`, client).Scan(&n)
	})
	return n, err
}

// Entry gives one entry whole.
func (v *Vault) Entry(ctx context.Context, id record.EntryID) (record.Entry, error) {
	var e record.Entry
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		var err error
		e, err = loadEntry(ctx, tx, id)
		return err
	})
	return e, err
}

func loadEntry(ctx context.Context, tx *sql.Tx, id record.EntryID) (record.Entry, error) {
	list, err := loadEntries(ctx, tx, `SELECT `+entryColumns+` FROM entry e WHERE e.id = ? AND e.client >= -1`, id)
	if err != nil {
		return record.Entry{}, err
	}
	if len(list) == 0 {
		return record.Entry{}, ErrNoEntry
	}
	return list[0], nil
}

// loadEntries runs a query for entryColumns and adds what hangs on each entry,
// in a handful of queries however many entries there are.
func loadEntries(ctx context.Context, tx *sql.Tx, query string, args ...any) ([]record.Entry, error) {
	list, err := scanEntries(ctx, tx, query, args...)
	if err != nil {
		return nil, err
	}
	const chunk = 500
	for first := 0; first < len(list); first += chunk {
		if err := decorate(ctx, tx, list[first:min(first+chunk, len(list))]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func scanEntries(ctx context.Context, tx *sql.Tx, query string, args ...any) ([]record.Entry, error) {
	rows, err := tx.QueryContext(steady(ctx), query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []record.Entry
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var e record.Entry
		var at, written, seconds int64
		var parties, data sql.NullString
		if err := rows.Scan(&e.ID, &e.Client, &e.Channel, &e.Direction, &at, &e.Zone, &e.ZoneBasis, &written, &e.Author,
			&parties, &e.Subject, &e.Body, &seconds, &e.Outcome, &e.Identity, &e.Location, &e.Supersedes, &e.VersionOf,
			&e.Batch, &e.Released, &e.Superseded, &e.Form, &data, &e.About, &e.DayOnly, &e.Purpose, &e.OwnLocation); err != nil {
			return nil, err
		}
		e.At, e.Written = time.UnixMilli(at).UTC(), time.UnixMilli(written).UTC()
		e.Duration = time.Duration(seconds) * time.Second
		if data.Valid {
			e.Data = json.RawMessage(data.String)
		}
		if err := fromJSON(parties, &e.Parties); err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

// steady gives a context for many statements or rows in a row. The driver
// watches a context that can be canceled with a goroutine for each of them,
// which takes several times as long as the work; whoever uses steady asks ctx
// between them instead.
func steady(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

func fromJSON[T any](text sql.NullString, to *[]T) error {
	if !text.Valid {
		return nil
	}
	return json.Unmarshal([]byte(text.String), to)
}

// decorate adds attachments, amendments, strikes and provenance.
func decorate(ctx context.Context, tx *sql.Tx, list []record.Entry) error {
	at := make(map[record.EntryID]*record.Entry, len(list))
	ids := make([]string, len(list))
	for i := range list {
		at[list[i].ID] = &list[i]
		ids[i] = list[i].ID.String()
	}
	in := ` IN (` + strings.Join(ids, ",") + `)`
	for _, add := range []func(context.Context, *sql.Tx, string, map[record.EntryID]*record.Entry) error{
		addAttachments, addAmendments, addStrikes, addProvenance,
	} {
		if err := add(ctx, tx, in, at); err != nil {
			return err
		}
	}
	return nil
}

func addAttachments(ctx context.Context, tx *sql.Tx, in string, at map[record.EntryID]*record.Entry) error {
	return each(ctx, tx, `SELECT entry, id, name, type, size, sha256, blob FROM attachment WHERE entry`+in+` ORDER BY id`,
		func(rows *sql.Rows) error {
			var entry record.EntryID
			var a record.Attachment
			var sum []byte
			err := rows.Scan(&entry, &a.ID, &a.Name, &a.Type, &a.Size, &sum, &a.Blob)
			copy(a.SHA256[:], sum)
			at[entry].Attachments = append(at[entry].Attachments, a)
			return err
		})
}

func addAmendments(ctx context.Context, tx *sql.Tx, in string, at map[record.EntryID]*record.Entry) error {
	return each(ctx, tx, `SELECT entry, at, author, text, reason FROM amendment WHERE entry`+in+` ORDER BY id`,
		func(rows *sql.Rows) error {
			var entry record.EntryID
			var a record.Amendment
			var when int64
			err := rows.Scan(&entry, &when, &a.Author, &a.Text, &a.Reason)
			a.At = time.UnixMilli(when).UTC()
			at[entry].Amendments = append(at[entry].Amendments, a)
			return err
		})
}

func addStrikes(ctx context.Context, tx *sql.Tx, in string, at map[record.EntryID]*record.Entry) error {
	return each(ctx, tx, `SELECT entry, at, author, reason FROM strike WHERE entry`+in,
		func(rows *sql.Rows) error {
			var entry record.EntryID
			var s record.Strike
			var when int64
			err := rows.Scan(&entry, &when, &s.Author, &s.Reason)
			s.At = time.UnixMilli(when).UTC()
			at[entry].Struck = &s
			return err
		})
}

func addProvenance(ctx context.Context, tx *sql.Tx, in string, at map[record.EntryID]*record.Entry) error {
	return each(ctx, tx, `SELECT p.entry, p.locator, p.raw, p.original, p.message_id, p.warnings, p.damaged, `+sourceColumns+`
		FROM provenance p JOIN source s ON s.id = p.source WHERE p.entry`+in,
		func(rows *sql.Rows) error {
			var entry record.EntryID
			var p record.Provenance
			var raw []byte
			var warnings sql.NullString
			source, fields := sourceFields()
			err := rows.Scan(append([]any{&entry, &p.Locator, &raw, &p.Original, &p.MessageID, &warnings, &p.Damaged}, fields...)...)
			if err != nil {
				return err
			}
			copy(p.Raw[:], raw)
			p.Source = source()
			at[entry].Provenance = &p
			return fromJSON(warnings, &p.Warnings)
		})
}

const sourceColumns = `s.id, s.name, s.format, s.parser, s.size, s.sha256, s.declared, s.imported`

// sourceFields gives the places to scan sourceColumns into, and what they then
// make.
func sourceFields() (func() record.Source, []any) {
	var s record.Source
	var sum []byte
	var imported int64
	done := func() record.Source {
		copy(s.SHA256[:], sum)
		s.Imported = time.UnixMilli(imported).UTC()
		return s
	}
	return done, []any{&s.ID, &s.Name, &s.Format, &s.Parser, &s.Size, &sum, &s.Declared, &imported}
}

// each runs a query and hands each row on, until ctx ends.
func each(ctx context.Context, tx *sql.Tx, query string, row func(*sql.Rows) error, args ...any) error {
	rows, err := tx.QueryContext(steady(ctx), query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// EntryIDs gives the ids of everything in a client's record that is in sight,
// in the order of the timeline.
func (v *Vault) EntryIDs(ctx context.Context, client record.ClientID) ([]record.EntryID, error) {
	var ids []record.EntryID
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		if err := needClient(ctx, tx, client); err != nil {
			return err
		}
		return each(ctx, tx, `SELECT id FROM entry WHERE client = ? ORDER BY id`, func(rows *sql.Rows) error {
			var id record.EntryID
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		}, client)
	})
	return ids, err
}
