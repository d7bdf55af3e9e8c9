package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"casekeep/vault/record"
)

// ErrNoClient says that no client has the name or number asked for.
var ErrNoClient = errors.New("no such client")

// AddClient opens a new record and gives it its number. Kind is individual and
// status active where they are empty.
func (v *Vault) AddClient(ctx context.Context, c record.Client) (record.Client, error) {
	if c.Kind == "" {
		c.Kind = record.Individual
	}
	if c.Status == "" {
		c.Status = record.Active
	}
	c.Created = v.clock()
	if err := v.checkClient(ctx, &c); err != nil {
		return c, err
	}
	err := v.db.Write(ctx, func(tx *sql.Tx) error {
		var err error
		if c.Number, err = nextNumber(ctx, tx, c.Created.In(v.zone(ctx)).Year()); err != nil {
			return err
		}
		if err := v.insertClient(ctx, tx, &c, 0); err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "client.add", client: c.ID})
	})
	return c, err
}

// nextClient gives an id that no client ever had.
const nextClient = `SELECT max(coalesce(max(id), 0), 0, (SELECT coalesce(max(id), 0) FROM client_removed),
	(SELECT coalesce(max(client), 0) FROM destruction)) + 1 FROM client`

// insertClient puts a client with its number into the vault and gives it its id,
// which no client ever had.
func (v *Vault) insertClient(ctx context.Context, tx *sql.Tx, c *record.Client, batch record.ClientBatchID) error {
	result, err := tx.ExecContext(ctx, `INSERT INTO client(id, number, kind, name, legal_name, pronouns, born, language,
		needs, jurisdiction, safe_contact, risk, status, since, closed_on, closed_reason, created, batch)
		VALUES((`+nextClient+`),
		?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,nullif(?, 0))`,
		c.Number, c.Kind, c.Name, c.LegalName, c.Pronouns, c.Born.String(), c.Language,
		c.Needs, c.Jurisdiction, c.SafeContact, c.Risk, c.Status, c.Since.String(), c.ClosedOn.String(), c.Reason,
		c.Created.UnixMilli(), batch)
	if err != nil {
		return err
	}
	id, err := result.LastInsertId()
	if err != nil {
		return err
	}
	c.ID = record.ClientID(id)
	if err := putPeople(ctx, tx, *c); err != nil {
		return err
	}
	if err := putStatus(ctx, tx, *c, c.Created); err != nil {
		return err
	}
	return v.putPlace(ctx, tx, c.ID, record.Place{Jurisdiction: c.Jurisdiction, Since: c.Since}, 0)
}

// ChangeClient replaces what is known of a client. Status, numbers and counts
// stay: SetStatus changes the status. The audit names the fields that changed.
func (v *Vault) ChangeClient(ctx context.Context, c record.Client) error {
	if err := v.checkClient(ctx, &c); err != nil {
		return err
	}
	if c.ID == record.Book {
		return ErrNoClient
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		before, err := loadClient(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		changed := changedFields(before, c)
		if len(changed) == 0 {
			return nil
		}
		_, err = tx.ExecContext(ctx, `UPDATE client SET kind=?, name=?, legal_name=?, pronouns=?, born=?, language=?,
			needs=?, jurisdiction=?, safe_contact=?, risk=?, since=? WHERE id=?`,
			c.Kind, c.Name, c.LegalName, c.Pronouns, c.Born.String(), c.Language,
			c.Needs, c.Jurisdiction, c.SafeContact, c.Risk, c.Since.String(), c.ID)
		if err != nil {
			return err
		}
		for _, table := range []string{"member", "contact_point"} {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE client = ?`, c.ID); err != nil {
				return err
			}
		}
		if err := putPeople(ctx, tx, c); err != nil {
			return err
		}
		if c.Jurisdiction != before.Jurisdiction {
			today := record.DateOf(v.clock().In(v.zone(ctx)))
			if err := v.putPlace(ctx, tx, c.ID, record.Place{Jurisdiction: c.Jurisdiction, Since: today}, 0); err != nil {
				return err
			}
		}
		return v.audit(ctx, tx, event{action: "client.change", client: c.ID, detail: strings.Join(changed, ", ")})
	})
}

// SetStatus moves a client between screening, active and closed, as of a day.
// Closing keeps the day and the reason; a client that was closed can be opened
// again.
func (v *Vault) SetStatus(ctx context.Context, id record.ClientID, status record.Status, on record.Date, reason string) error {
	switch status {
	case record.Screening, record.Active:
		on, reason = record.Date{}, ""
	case record.Closed:
		if err := v.checkClosing(ctx, on); err != nil {
			return err
		}
	default:
		return fmt.Errorf("%q is not a status: a client is screening, active or closed", status)
	}
	if id == record.Book {
		return ErrNoClient
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		before, err := loadClient(ctx, tx, id)
		if err != nil {
			return err
		}
		if status == record.Closed && !before.Since.IsZero() && on.Before(before.Since) {
			return fmt.Errorf("%s became a client on %s: the closing day cannot be before it", before.Name, before.Since.Long())
		}
		_, err = tx.ExecContext(ctx, `UPDATE client SET status=?, closed_on=?, closed_reason=? WHERE id=?`,
			status, on.String(), reason, id)
		if err != nil {
			return err
		}
		after := record.Client{ID: id, Status: status, ClosedOn: on, Reason: reason}
		if err := putStatus(ctx, tx, after, v.clock()); err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "client." + string(status), client: id})
	})
}

// putStatus keeps each status that a client ever had: a closing that was taken
// back stays on record.
func putStatus(ctx context.Context, tx *sql.Tx, c record.Client, at time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO client_status(client, status, on_day, reason, at) VALUES(?,?,?,?,?)`,
		c.ID, c.Status, c.ClosedOn.String(), c.Reason, at.UnixMilli())
	return err
}

func (v *Vault) checkClosing(ctx context.Context, on record.Date) error {
	if on.IsZero() {
		return errors.New("say on which day the client was closed, as YYYY-MM-DD")
	}
	if today := record.DateOf(v.clock().In(v.zone(ctx))); today.Before(on) {
		return fmt.Errorf("%s is still to come: close the client on that day", on.Long())
	}
	return nil
}

// OpenClient gives a client whole, and audits the opening once an unlock.
func (v *Vault) OpenClient(ctx context.Context, id record.ClientID) (record.Client, error) {
	c, err := v.Client(ctx, id)
	if err != nil {
		return c, err
	}
	v.mu.Lock()
	seen := v.opened[id]
	v.mu.Unlock()
	if seen || !v.canNote() {
		return c, nil
	}
	err = v.db.Write(v.noting(ctx), func(tx *sql.Tx) error {
		return v.audit(ctx, tx, event{action: "client.open", client: id})
	})
	if err != nil {
		return c, err
	}
	v.mu.Lock()
	v.opened[id] = true
	v.mu.Unlock()
	return c, nil
}

// Client gives a client whole, with members and contact points.
func (v *Vault) Client(ctx context.Context, id record.ClientID) (record.Client, error) {
	var c record.Client
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		var err error
		c, err = loadClient(ctx, tx, id)
		return err
	})
	return c, err
}

func loadClient(ctx context.Context, tx *sql.Tx, id record.ClientID) (record.Client, error) {
	c := record.Client{ID: id}
	var born, since, closed string
	var created int64
	err := tx.QueryRowContext(ctx, `SELECT number, kind, name, legal_name, pronouns, born, language, needs, jurisdiction,
		safe_contact, risk, status, since, closed_on, closed_reason, created FROM client
		WHERE id = ? AND id >= -1 AND id NOT IN (SELECT id FROM client_out)`, id).Scan(
		&c.Number, &c.Kind, &c.Name, &c.LegalName, &c.Pronouns, &born, &c.Language, &c.Needs, &c.Jurisdiction,
		&c.SafeContact, &c.Risk, &c.Status, &since, &closed, &c.Reason, &created)
	if err == sql.ErrNoRows {
		return c, ErrNoClient
	}
	if err != nil {
		return c, fmt.Errorf("reading a client: %w", err)
	}
	c.Created = time.UnixMilli(created).UTC()
	for _, day := range []struct {
		text string
		to   *record.Date
	}{{born, &c.Born}, {since, &c.Since}, {closed, &c.ClosedOn}} {
		if *day.to, err = record.ParseDate(day.text); err != nil {
			return c, err
		}
	}
	if c.Contacts, err = loadContacts(ctx, tx, id); err != nil {
		return c, err
	}
	c.Members, err = loadMembers(ctx, tx, id)
	return c, err
}

// checkClient trims a client's fields and refuses what could not stand in a
// record.
func (v *Vault) checkClient(ctx context.Context, c *record.Client) error {
	today := record.DateOf(v.clock().In(v.zone(ctx)))
	if err := checkBorn(c.Born, today); err != nil {
		return err
	}
	c.Name = oneLine(strings.ToValidUTF8(c.Name, "\uFFFD"))
	if c.Name == "" {
		return errors.New("a client needs a name")
	}
	if len(c.Name) > 400 {
		return errors.New("that name is too long: 400 bytes at most")
	}
	if !c.Kind.Valid() {
		return fmt.Errorf("%q is not a kind of client: use individual, couple, family, group, organization or community", c.Kind)
	}
	for i := range c.Members {
		c.Members[i].Name = oneLine(c.Members[i].Name)
		if c.Members[i].Name == "" {
			return errors.New("each member needs a name")
		}
		if err := checkBorn(c.Members[i].Born, today); err != nil {
			return err
		}
	}
	for i := range c.Contacts {
		p := &c.Contacts[i]
		p.Value = oneLine(p.Value)
		if p.Value == "" {
			return errors.New("a contact point needs a number or address")
		}
		if p.Normal == "" {
			p.Normal = p.Value
		}
	}
	return nil
}

// checkBorn refuses a day on which nobody alive can have been born.
func checkBorn(born, today record.Date) error {
	const oldest = 130 // years: longer than anybody has lived
	switch {
	case born.IsZero():
		return nil
	case today.Before(born):
		return fmt.Errorf("%s is still to come: check the date of birth", born.Long())
	case born.Year < today.Year-oldest:
		return fmt.Errorf("%s is more than %d years ago: check the date of birth", born.Long(), oldest)
	}
	return nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// nextNumber gives the next number of a year that no record ever had,
// "2026-017".
func nextNumber(ctx context.Context, tx *sql.Tx, year int) (string, error) {
	last, err := lastNumber(ctx, tx, year)
	return recordNumber(year, last+1), err
}

func recordNumber(year, n int) string { return fmt.Sprintf("%04d-%03d", year, n) }

func lastNumber(ctx context.Context, tx *sql.Tx, year int) (int, error) {
	prefix := fmt.Sprintf("%04d", year)
	var last int
	err := tx.QueryRowContext(ctx, `SELECT coalesce(max(CAST(substr(number, 6) AS INTEGER)), 0)
		FROM (SELECT number FROM client UNION ALL SELECT number FROM client_removed UNION ALL SELECT number FROM destruction)
		WHERE number >= ? AND number < ?`, prefix+"-", prefix+".").Scan(&last)
	if err != nil {
		return 0, fmt.Errorf("numbering the record: %w", err)
	}
	return last, nil
}

func (v *Vault) zone(ctx context.Context) *time.Location {
	p, err := v.Practice(ctx)
	if err != nil {
		return time.Local
	}
	return record.LoadZone(p.Zone)
}
