package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"casekeep/vault/record"
)

// PlaceHold puts a record, or with record.Book every record, under a legal
// hold: nothing of it is destroyed and no import into it undone until the hold
// is lifted.
func (v *Vault) PlaceHold(ctx context.Context, h record.Hold) (record.Hold, error) {
	h.Matter, h.Note, h.Source = oneLine(h.Matter), oneLine(h.Note), oneLine(h.Source)
	h.At, h.Author = v.clock(), v.author()
	today := record.DateOf(h.At.In(v.zone(ctx)))
	if h.On.IsZero() {
		h.On = today
	}
	switch {
	case h.Matter == "":
		return h, errors.New("a hold names its matter: the case, the complaint, or what is expected")
	case today.Before(h.On):
		return h, fmt.Errorf("%s is still to come: say when the hold began", h.On.Long())
	case !h.Until.IsZero() && h.Until.Before(h.Since):
		return h, errors.New("the period that the hold is about ends before it begins")
	}
	err := v.db.Write(ctx, func(tx *sql.Tx) error {
		if err := needRecord(ctx, tx, h.Client); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO hold(client, matter, on_day, source, since, until, note, author, at)
			VALUES(?,?,?,?,?,?,?,?,?)`, h.Client, h.Matter, h.On.String(), h.Source, h.Since.String(), h.Until.String(), h.Note,
			h.Author, h.At.UnixMilli())
		if err != nil {
			return err
		}
		if h.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "hold.place", client: h.Client, detail: fmt.Sprintf("hold %d", h.ID)})
	})
	return h, err
}

// LiftHold ends a hold: who lifted it, on which day, and why.
func (v *Vault) LiftHold(ctx context.Context, id int64, on record.Date, by, reason string) error {
	by, reason = oneLine(by), oneLine(reason)
	now := v.clock()
	today := record.DateOf(now.In(v.zone(ctx)))
	if on.IsZero() {
		on = today
	}
	switch {
	case by == "" || reason == "":
		return errors.New("lifting a hold says who lifted it and why")
	case today.Before(on):
		return fmt.Errorf("%s is still to come: say when the hold was lifted", on.Long())
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		var client record.ClientID
		var began record.Date
		var lifted sql.NullInt64
		err := tx.QueryRowContext(ctx, `SELECT client, on_day, lifted FROM hold WHERE id = ?`, id).Scan(&client, day{&began}, &lifted)
		switch {
		case err == sql.ErrNoRows:
			return errors.New("no such hold")
		case err != nil:
			return err
		case lifted.Valid:
			return errors.New("this hold was lifted before")
		case on.Before(began):
			return fmt.Errorf("the hold began on %s: it was not lifted before", began.Long())
		}
		_, err = tx.ExecContext(ctx, `UPDATE hold SET lifted = ?, lifted_on = ?, lifted_by = ?, lifted_reason = ? WHERE id = ?`,
			now.UnixMilli(), on.String(), by, reason, id)
		if err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "hold.lift", client: client, detail: fmt.Sprintf("hold %d", id)})
	})
}

// Holds gives the holds on a client's record, those on every record with them;
// for client 0 all of them. Those that stand come first, the newest before.
func (v *Vault) Holds(ctx context.Context, client record.ClientID) ([]record.Hold, error) {
	list := []record.Hold{}
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT id, client, matter, on_day, source, since, until, note, author, at, coalesce(lifted, 0), lifted_on,
			lifted_by, lifted_reason FROM hold WHERE ?1 = 0 OR client IN (?1, -1) ORDER BY lifted IS NOT NULL, id DESC`, func(rows *sql.Rows) error {
			var h record.Hold
			var at, lifted int64
			err := rows.Scan(&h.ID, &h.Client, &h.Matter, day{&h.On}, &h.Source, day{&h.Since}, day{&h.Until}, &h.Note, &h.Author, &at,
				&lifted, day{&h.LiftedOn}, &h.LiftedBy, &h.LiftedReason)
			h.At = time.UnixMilli(at).UTC()
			if lifted != 0 {
				h.Lifted = time.UnixMilli(lifted).UTC()
			}
			list = append(list, h)
			return err
		}, client)
	})
	return list, err
}
