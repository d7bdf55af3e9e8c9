package vault

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"casekeep/vault/record"
)

// Facts gives what the standards ask of the records named, or of every record
// and the practice's own book where none is named, in one pass and from one
// state of the database. They come in the order of the ids: the book first.
func (v *Vault) Facts(ctx context.Context, clients ...record.ClientID) ([]record.Facts, error) {
	parts := 1
	if len(clients) == 0 {
		parts = min(runtime.GOMAXPROCS(0), mostParts)
	}
	gathered := make([]gathering, parts)
	err := v.db.ReadBeside(ctx, parts, func(part int, tx *sql.Tx) error {
		g := &gathered[part]
		g.at, g.words, g.of = map[record.ClientID]int{}, map[string]string{}, inSight(within(clients))
		if parts > 1 {
			g.of = inSight(share(part, parts))
		}
		for _, step := range []func(context.Context, *sql.Tx) error{
			g.clients, g.members, g.points, g.places, g.forms, g.follow, g.tally,
		} {
			if err := step(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading what is on record: %w", err)
	}
	all := gathered[0].all
	for _, g := range gathered[1:] {
		all = append(all, g.all...)
	}
	slices.SortFunc(all, func(a, b record.Facts) int { return cmp.Compare(a.Client.ID, b.Client.ID) })
	return all, nil
}

// mostParts is how many shares of all records are read beside each other at
// most: others want to read meanwhile.
const mostParts = 3

// within gives the SQL that leaves only some clients in, or all of them: below
// the book are rows that stand for no record.
func within(clients []record.ClientID) func(column string) string {
	if len(clients) == 0 {
		return func(column string) string { return ` AND ` + column + ` >= -1` }
	}
	ids := make([]string, len(clients))
	for i, id := range clients {
		ids[i] = id.String()
	}
	list := strings.Join(ids, ",")
	return func(column string) string { return ` AND ` + column + ` IN (` + list + `)` }
}

// inSight leaves out the records that are out of sight as a whole.
func inSight(of func(column string) string) func(column string) string {
	return func(column string) string {
		return of(column) + ` AND ` + column + ` NOT IN (SELECT id FROM client_out)`
	}
}

// share gives the SQL that leaves one share of all clients in.
func share(part, parts int) func(column string) string {
	return func(column string) string {
		return fmt.Sprintf(` AND %s >= -1 AND abs(%[1]s) %% %d = %d`, column, parts, part)
	}
}

// gathering fills the facts of many clients, table by table.
type gathering struct {
	all []record.Facts
	at  map[record.ClientID]int
	of  func(column string) string

	words map[string]string
}

func (g *gathering) facts(id record.ClientID) *record.Facts { return &g.all[g.at[id]] }

func (g *gathering) clients(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT id, number, kind, name, born, language, needs, jurisdiction, safe_contact, risk, status,
		since, closed_on, created FROM client WHERE 1`+g.of("id")+` ORDER BY id`, func(rows *sql.Rows) error {
		var c record.Client
		var born, since, closed string
		var created int64
		err := rows.Scan(&c.ID, &c.Number, &c.Kind, &c.Name, &born, &c.Language, &c.Needs, &c.Jurisdiction,
			&c.SafeContact, &c.Risk, &c.Status, &since, &closed, &created)
		if err != nil {
			return err
		}
		c.Created = time.UnixMilli(created).UTC()
		for _, day := range []struct {
			text string
			to   *record.Date
		}{{born, &c.Born}, {since, &c.Since}, {closed, &c.ClosedOn}} {
			if *day.to, err = record.ParseDate(day.text); err != nil {
				return err
			}
		}
		g.at[c.ID] = len(g.all)
		g.all = append(g.all, record.Facts{Client: c})
		return nil
	})
}

func (g *gathering) members(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT client, name, role, born, notes FROM member WHERE 1`+g.of("client")+` ORDER BY client, position`,
		func(rows *sql.Rows) error {
			var id record.ClientID
			var m record.Member
			var born string
			err := rows.Scan(&id, &m.Name, &m.Role, &born, &m.Notes)
			if err == nil {
				m.Born, err = record.ParseDate(born)
			}
			c := &g.facts(id).Client
			c.Members = append(c.Members, m)
			return err
		})
}

func (g *gathering) points(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT client, system, value, normal, use, safe FROM contact_point WHERE 1`+g.of("client")+`
		ORDER BY client, position`, func(rows *sql.Rows) error {
		var id record.ClientID
		var p record.ContactPoint
		err := rows.Scan(&id, &p.System, &p.Value, &p.Normal, &p.Use, &p.Safe)
		c := &g.facts(id).Client
		c.Contacts = append(c.Contacts, p)
		return err
	})
}

func (g *gathering) places(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT client, jurisdiction, since FROM client_place_stands WHERE 1`+g.of("client")+` ORDER BY client, id`,
		func(rows *sql.Rows) error {
			var id record.ClientID
			var p record.Place
			var since string
			err := rows.Scan(&id, &p.Jurisdiction, &since)
			if err == nil {
				p.Since, err = record.ParseDate(since)
			}
			f := g.facts(id)
			f.Places = append(f.Places, p)
			return err
		})
}

// forms gives the structured entries that stand: what was struck through, or
// corrected by a later entry, states nothing any more. Those of one client come
// as one text, since a row and its columns cost more than what is in them: an
// entry ends with RS and each of its fields with US, which JSON never holds.
func (g *gathering) forms(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT e.client, group_concat(concat_ws(char(31), e.id, e.form, e.at, e.zone, e.written, coalesce(e.about, 0),
		(SELECT count(*) FROM attachment a WHERE a.entry = e.id), e.data), char(30))
		FROM entry e INDEXED BY entry_form WHERE e.form <> ''`+g.of("e.client")+`
		AND NOT EXISTS (SELECT 1 FROM strike s WHERE s.entry = e.id)
		AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.supersedes = e.id)
		GROUP BY e.client`, func(rows *sql.Rows) error {
		var id record.ClientID
		var text []byte
		if err := rows.Scan(&id, &text); err != nil {
			return err
		}
		f := g.facts(id)
		f.Forms = make([]record.Filed, 0, bytes.Count(text, []byte{'\x1e'})+1)
		for entry := range bytes.SplitSeq(text, []byte{'\x1e'}) {
			filed, err := g.filed(entry)
			if err != nil {
				return err
			}
			f.Forms = append(f.Forms, filed)
		}
		inOrder(f.Forms)
		return nil
	})
}

// inOrder puts entries in the order of their days, those of one day in the
// order in which they were written. One that was entered on a later day stands
// at noon, though an earlier statement of that day has its hour.
func inOrder(forms []record.Filed) {
	slices.SortFunc(forms, func(a, b record.Filed) int { return cmp.Compare(a.ID, b.ID) })
	for i := range forms {
		for j := i; j > 0 && forms[j].Written.Before(forms[j-1].Written) && forms[j].Day() == forms[j-1].Day(); j-- {
			forms[j], forms[j-1] = forms[j-1], forms[j]
		}
	}
}

// filed reads the fields of one structured entry. What they state is not
// copied.
func (g *gathering) filed(text []byte) (record.Filed, error) {
	var fields [7][]byte // id, form, at, zone, written, about, files
	for i := range fields {
		field, rest, ok := bytes.Cut(text, []byte{'\x1f'})
		if !ok {
			return record.Filed{}, fmt.Errorf("a structured entry ends after %d fields", i)
		}
		fields[i], text = field, rest
	}
	var number [5]int64 // id, at, written, about, files
	for i, at := range []int{0, 2, 4, 5, 6} {
		n, err := strconv.ParseInt(string(fields[at]), 10, 64)
		if err != nil {
			return record.Filed{}, err
		}
		number[i] = n
	}
	return record.Filed{
		ID: record.EntryID(number[0]), Form: record.Form(g.word(fields[1])), At: time.UnixMilli(number[1]).UTC(), Zone: g.word(fields[3]),
		Written: time.UnixMilli(number[2]).UTC(), About: record.EntryID(number[3]), Files: int(number[4]), Data: json.RawMessage(text),
	}, nil
}

// word gives a word that stands in many entries as the same string each time.
func (g *gathering) word(text []byte) string {
	if known, ok := g.words[string(text)]; ok {
		return known
	}
	g.words[string(text)] = string(text)
	return string(text)
}

// follow lets what follows an entry up follow its correction up, once there is
// one: a release that was revoked stays revoked when its scope is corrected,
// and a client was told of an incident that was judged anew in the practice's
// book.
func (g *gathering) follow(ctx context.Context, tx *sql.Tx) error {
	later := map[record.EntryID]record.EntryID{}
	err := each(ctx, tx, `SELECT e.supersedes, e.id FROM entry e WHERE e.supersedes IS NOT NULL AND e.form <> ''`,
		func(rows *sql.Rows) error {
			var before, after record.EntryID
			err := rows.Scan(&before, &after)
			later[before] = after
			return err
		})
	if err != nil || len(later) == 0 {
		return err
	}
	for i := range g.all {
		for j := range g.all[i].Forms {
			about := &g.all[i].Forms[j].About
			for range later { // as often as it can have been corrected
				if later[*about] == 0 {
					break
				}
				*about = later[*about]
			}
		}
	}
	return nil
}

func (g *gathering) tally(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT client, channel, kind, location, own_location, contacts, confirmed, first, last
		FROM contact_tally WHERE 1`+g.of("client")+` ORDER BY client, channel`, func(rows *sql.Rows) error {
		var id record.ClientID
		var t record.Tally
		err := rows.Scan(&id, &t.Channel, &t.Kind, &t.Location, &t.OwnLocation, &t.Contacts, &t.Confirmed, &t.First, &t.Last)
		f := g.facts(id)
		f.Tally = append(f.Tally, t)
		return err
	})
}

// Changes tells whose records were touched after an event of the audit trail,
// and the number of the newest event: what was known of all others still
// holds. After event 0, before the first one, nothing was known: it names
// nobody.
func (v *Vault) Changes(ctx context.Context, after int64) (clients []record.ClientID, head int64, err error) {
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		if after == 0 {
			return tx.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM audit`).Scan(&head)
		}
		head = after
		return each(ctx, tx, `SELECT client, max(seq) FROM audit WHERE seq > ? GROUP BY client`, func(rows *sql.Rows) error {
			var id record.ClientID
			var seq int64
			err := rows.Scan(&id, &seq)
			clients, head = append(clients, id), max(head, seq)
			return err
		}, after)
	})
	return clients, head, err
}

// Span asks for a client's contacts of a kind within a time.
type Span struct {
	Client      record.ClientID
	Channel     record.Channel
	Kind        string    // record.TallyService and the rest
	Location    *string   // nil: any
	OwnLocation *string   // nil: any
	From, Until time.Time // From is included, Until is not; zero: open
}

// Contacts counts the contacts of a span, and names the first and the last.
func (v *Vault) Contacts(ctx context.Context, s Span) (n int, first, last record.EntryID, err error) {
	query := `SELECT count(*), coalesce(min(id), 0), coalesce(max(id), 0) FROM entry e WHERE e.client = ? AND e.channel = ? AND e.form = ''
		AND CASE WHEN direction = 'third' THEN 'third' WHEN purpose <> '' THEN 'exempt' ELSE 'service' END = ?
		AND NOT EXISTS (SELECT 1 FROM strike s WHERE s.entry = e.id)
		AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.supersedes = e.id)`
	args := []any{s.Client, s.Channel, s.Kind}
	if !s.From.IsZero() {
		query += ` AND e.id >= ?`
		args = append(args, s.From.UnixMilli()<<16)
	}
	if !s.Until.IsZero() {
		query += ` AND e.id < ?`
		args = append(args, s.Until.UnixMilli()<<16)
	}
	if s.Location != nil {
		query += ` AND e.location = ?`
		args = append(args, *s.Location)
	}
	if s.OwnLocation != nil {
		query += ` AND e.own_location = ?`
		args = append(args, *s.OwnLocation)
	}
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, query, args...).Scan(&n, &first, &last)
	})
	return n, first, last, err
}
