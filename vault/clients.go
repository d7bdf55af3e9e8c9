package vault

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"casekeep/vault/record"
)

// Clients gives every client as a list shows it: latest contact first, those
// without contact last, by name.
func (v *Vault) Clients(ctx context.Context) ([]record.ClientSummary, error) {
	var list []record.ClientSummary
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		var err error
		if list, err = summaries(ctx, tx); err != nil {
			return fmt.Errorf("listing the clients: %w", err)
		}
		return addContacts(ctx, tx, list)
	})
	return list, err
}

func summaries(ctx context.Context, tx *sql.Tx) ([]record.ClientSummary, error) {
	rows, err := tx.QueryContext(steady(ctx), `SELECT c.id, c.number, c.name, c.kind, c.status, c.entries, c.last_entry,
		(SELECT count(*) FROM member m WHERE m.client = c.id),
		coalesce(e.channel, ''), coalesce(e.subject, ''), substr(coalesce(e.body, ''), 1, 160)
		FROM client c LEFT JOIN entry e ON e.id = c.last_entry
		WHERE c.id > 0 AND c.id NOT IN (SELECT id FROM client_out) ORDER BY c.last_entry IS NULL, c.last_entry DESC, c.name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []record.ClientSummary{}
	for rows.Next() {
		var s record.ClientSummary
		var last sql.NullInt64
		var subject, body string
		if err := rows.Scan(&s.ID, &s.Number, &s.Name, &s.Kind, &s.Status, &s.Entries, &last,
			&s.Members, &s.LastChannel, &subject, &body); err != nil {
			return nil, err
		}
		if last.Valid {
			s.LastContact = record.EntryID(last.Int64).Time()
		}
		s.LastPreview = oneLine(subject)
		if s.LastPreview == "" {
			s.LastPreview = oneLine(body)
		}
		s.Contacts = []record.ContactPoint{}
		list = append(list, s)
	}
	return list, rows.Err()
}

func addContacts(ctx context.Context, tx *sql.Tx, list []record.ClientSummary) error {
	at := make(map[record.ClientID]int, len(list))
	for i := range list {
		at[list[i].ID] = i
	}
	rows, err := tx.QueryContext(steady(ctx), `SELECT client, system, value, normal, use, safe FROM contact_point ORDER BY client, position`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id record.ClientID
		var p record.ContactPoint
		if err := rows.Scan(&id, &p.System, &p.Value, &p.Normal, &p.Use, &p.Safe); err != nil {
			return err
		}
		if i, known := at[id]; known {
			list[i].Contacts = append(list[i].Contacts, p)
		}
	}
	return rows.Err()
}

// FindClient gives the one client that ref names: an id, a record number, a
// whole name, or the beginning of a part of a name that fits no other ("rey"
// fits Dana Reyes, "ana" does not: a slip must not file under somebody else).
// Case and diacritics do not matter. A name that fits several is refused with
// their numbers.
func (v *Vault) FindClient(ctx context.Context, ref string) (record.ClientSummary, error) {
	list, err := v.Clients(ctx)
	if err != nil {
		return record.ClientSummary{}, err
	}
	want := foldName(ref)
	if want == "" {
		return record.ClientSummary{}, fmt.Errorf("say which client: a name, a record number or an id")
	}
	fits := []func(record.ClientSummary) bool{
		func(c record.ClientSummary) bool { return c.ID.String() == ref || c.Number == ref },
		func(c record.ClientSummary) bool { return foldName(c.Name) == want },
		func(c record.ClientSummary) bool { return beginsPart(foldName(c.Name), want) },
	}
	for _, fit := range fits {
		var found []record.ClientSummary
		for _, c := range list {
			if fit(c) {
				found = append(found, c)
			}
		}
		if len(found) == 1 {
			return found[0], nil
		}
		if len(found) > 1 {
			return record.ClientSummary{}, ambiguous(ref, found)
		}
	}
	return record.ClientSummary{}, fmt.Errorf("%w: nobody is called %q; see the list of clients", ErrNoClient, ref)
}

// beginsPart reports whether a word of a name, and what follows it, begins with
// want. In scripts without spaces each character begins one.
func beginsPart(name, want string) bool {
	for i := range name {
		before, _ := utf8.DecodeLastRuneInString(name[:i])
		inWord := i > 0 && (unicode.IsLetter(before) || unicode.IsNumber(before)) && !unicode.In(before, unspaced...)
		if !inWord && strings.HasPrefix(name[i:], want) {
			return true
		}
	}
	return false
}

func ambiguous(ref string, found []record.ClientSummary) error {
	const shown = 5
	var names []string
	for i, c := range found {
		if i == shown {
			names = append(names, fmt.Sprintf("and %d more", len(found)-shown))
			break
		}
		names = append(names, fmt.Sprintf("%s (%s)", c.Name, c.Number))
	}
	return fmt.Errorf("%q fits %d clients: %s; use the record number", ref, len(found), strings.Join(names, ", "))
}

func foldName(s string) string { return Plain(oneLine(s)) }
