package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"casekeep/vault/record"
)

// withdrawLines takes back what an entry, which stands no more in its record,
// had set above it: each line becomes what the entries of the same form say that
// stand there. A line that was changed since stays.
func (v *Vault) withdrawLines(ctx context.Context, tx *sql.Tx, gone record.Entry) error {
	had := v.linesOf(gone.Form, gone.Data)
	stand, _, err := v.standingLines(ctx, tx, gone.Client, gone.Form)
	if err != nil {
		return err
	}
	now := lineColumns(stand)
	for column, text := range lineColumns(had) {
		if text == nil {
			continue
		}
		say := ""
		if now[column] != nil {
			say = oneLine(*now[column])
		}
		_, err := tx.ExecContext(ctx, `UPDATE client SET `+column+` = ?1 WHERE id = ?2 AND `+column+` = ?3`, say, gone.Client, oneLine(*text))
		if err != nil {
			return err
		}
	}
	if had.Place == nil {
		return nil
	}
	return placeNow(ctx, tx, gone.Client)
}

// setFiled sets the lines of an entry that was just filed. One of an earlier day
// than another of its form leaves the lines to that one.
func (v *Vault) setFiled(ctx context.Context, tx *sql.Tx, f Filing) error {
	had := v.linesOf(f.Entry.Form, f.Entry.Data)
	if had.SafeContact == nil && had.Risk == nil && had.Language == nil && had.Needs == nil {
		return v.setLines(ctx, tx, f)
	}
	_, last, err := v.standingLines(ctx, tx, f.Entry.Client, f.Entry.Form)
	if err != nil {
		return err
	}
	if last != f.Entry.ID {
		f.SafeContact, f.Risk, f.Language, f.Needs = nil, nil, nil, nil
	}
	return v.setLines(ctx, tx, f)
}

// bringLines sets the lines of an entry above the record that it was moved to,
// unless a later entry of its form stands there.
func (v *Vault) bringLines(ctx context.Context, tx *sql.Tx, moved record.Entry, to record.ClientID) error {
	stand, last, err := v.standingLines(ctx, tx, to, moved.Form)
	if err != nil {
		return err
	}
	if stand.Place != nil {
		if err := placeNow(ctx, tx, to); err != nil {
			return err
		}
	}
	if last != moved.ID {
		return nil
	}
	stand.Entry.Client, stand.Place = to, nil // the place came with its entry
	return v.setLines(ctx, tx, stand)
}

// standingLines gives what the entries of a form that stand in a record set
// above it, and the last of them.
func (v *Vault) standingLines(ctx context.Context, tx *sql.Tx, client record.ClientID, form record.Form) (stand Filing, last record.EntryID, err error) {
	if form == "" {
		return stand, 0, nil
	}
	var all []record.Filed
	err = each(ctx, tx, `SELECT e.id, e.at, e.zone, e.written, e.data FROM entry e WHERE e.client = ? AND e.form = ?
		AND NOT EXISTS (SELECT 1 FROM strike s WHERE s.entry = e.id)
		AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.supersedes = e.id)`, func(rows *sql.Rows) error {
		var f record.Filed
		var at, written int64
		var data []byte
		err := rows.Scan(&f.ID, &at, &f.Zone, &written, &data)
		f.Data, f.At, f.Written = data, time.UnixMilli(at), time.UnixMilli(written)
		all = append(all, f)
		return err
	}, client, form)
	inOrder(all)
	for _, filed := range all {
		last = filed.ID
		f := v.linesOf(form, filed.Data)
		for _, line := range []struct{ to, from **string }{
			{&stand.SafeContact, &f.SafeContact}, {&stand.Risk, &f.Risk}, {&stand.Language, &f.Language}, {&stand.Needs, &f.Needs},
		} {
			if *line.from != nil {
				*line.to = *line.from
			}
		}
		if f.Place != nil {
			stand.Place = f.Place
		}
	}
	return stand, last, err
}

func (v *Vault) linesOf(form record.Form, data json.RawMessage) Filing {
	if v.lines == nil || form == "" {
		return Filing{}
	}
	return v.lines(form, data)
}

func lineColumns(f Filing) map[string]*string {
	return map[string]*string{"safe_contact": f.SafeContact, "risk": f.Risk, "language": f.Language, "needs": f.Needs}
}

// placeNow makes the place above a record the one that was stated for the
// latest day.
func placeNow(ctx context.Context, tx *sql.Tx, client record.ClientID) error {
	_, err := tx.ExecContext(ctx, `UPDATE client SET jurisdiction = coalesce((SELECT jurisdiction FROM client_place_stands
		WHERE client = ?1 ORDER BY since DESC, id DESC LIMIT 1), '') WHERE id = ?1`, client)
	return err
}
