package vault

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"

	"casekeep/vault/record"
)

func putPeople(ctx context.Context, tx *sql.Tx, c record.Client) error {
	for i, m := range c.Members {
		_, err := tx.ExecContext(ctx, `INSERT INTO member(client, position, name, role, born, notes) VALUES(?,?,?,?,?,?)`,
			c.ID, i, m.Name, m.Role, m.Born.String(), m.Notes)
		if err != nil {
			return err
		}
	}
	for i, p := range c.Contacts {
		_, err := tx.ExecContext(ctx, `INSERT INTO contact_point(client, position, system, value, normal, use, safe) VALUES(?,?,?,?,?,?,?)`,
			c.ID, i, p.System, p.Value, p.Normal, p.Use, p.Safe)
		if err != nil {
			return err
		}
	}
	return nil
}

func loadMembers(ctx context.Context, tx *sql.Tx, id record.ClientID) ([]record.Member, error) {
	rows, err := tx.QueryContext(steady(ctx), `SELECT name, role, born, notes FROM member WHERE client = ? ORDER BY position`, id)
	if err != nil {
		return nil, fmt.Errorf("reading the members: %w", err)
	}
	defer rows.Close()
	var members []record.Member
	for rows.Next() {
		var m record.Member
		var born string
		if err := rows.Scan(&m.Name, &m.Role, &born, &m.Notes); err != nil {
			return nil, err
		}
		if m.Born, err = record.ParseDate(born); err != nil {
			return nil, err
		}
		members = append(members, m)
	}
	return members, rows.Err()
}

func loadContacts(ctx context.Context, tx *sql.Tx, id record.ClientID) ([]record.ContactPoint, error) {
	rows, err := tx.QueryContext(steady(ctx), `SELECT system, value, normal, use, safe FROM contact_point WHERE client = ? ORDER BY position`, id)
	if err != nil {
		return nil, fmt.Errorf("reading the contact points: %w", err)
	}
	defer rows.Close()
	points := []record.ContactPoint{}
	for rows.Next() {
		var p record.ContactPoint
		if err := rows.Scan(&p.System, &p.Value, &p.Normal, &p.Use, &p.Safe); err != nil {
			return nil, err
		}
		points = append(points, p)
	}
	return points, rows.Err()
}

// changedFields names the fields in which two states of a client differ, for
// the audit: names of fields, never what they hold.
func changedFields(before, after record.Client) []string {
	var names []string
	note := func(name string, same bool) {
		if !same {
			names = append(names, name)
		}
	}
	note("kind", before.Kind == after.Kind)
	note("name", before.Name == after.Name)
	note("legal name", before.LegalName == after.LegalName)
	note("pronouns", before.Pronouns == after.Pronouns)
	note("born", before.Born == after.Born)
	note("language", before.Language == after.Language)
	note("needs", before.Needs == after.Needs)
	note("jurisdiction", before.Jurisdiction == after.Jurisdiction)
	note("safe contact", before.SafeContact == after.SafeContact)
	note("risk", before.Risk == after.Risk)
	note("since", before.Since == after.Since)
	note("contact points", len(before.Contacts) == len(after.Contacts) &&
		(len(before.Contacts) == 0 || reflect.DeepEqual(before.Contacts, after.Contacts)))
	note("members", len(before.Members) == len(after.Members) &&
		(len(before.Members) == 0 || reflect.DeepEqual(before.Members, after.Members)))
	return names
}
