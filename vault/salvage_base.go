package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/mattn/go-sqlite3"

	"casekeep/vault/record"
)

// refused reports whether the database would not take a row.
func refused(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.Code == sqlite3.ErrConstraint
}

// putTrail takes the audit trail over, as far as its hashes hold: every event is
// the one that was written, and none before it is missing.
func (s *salvager) putTrail(ctx context.Context) error {
	var prev []byte
	broken := false
	return s.rows(ctx, "audit", func(f *filler, r row) error {
		a := eventOf(r)
		if broken || a.Seq != s.out.Events+1 || a.Hash != chain(prev, a) {
			broken = true
			s.out.Dropped++
			return nil
		}
		s.into.time.reach(a.At)
		if _, err := f.insert(ctx, "audit", r); err != nil {
			return err
		}
		s.out.Events, prev = a.Seq, a.Hash[:]
		return nil
	})
}

// onlyWhole are triggers that state or refuse what holds for what happens now.
// What is saved happened long ago, so they are put aside for the moment in which
// it is written.
var onlyWhole = []string{"destruction_due", "practice_placed", "client_born_first", "member_born"}

// firm are the tables that those triggers watch, with what must go before them.
var firm = []string{"practice_place", "setting", "client_batch", "client_removed", "client_fact", "client", "member", "destruction"}

// stated says again what is derived from what was stated, where only the one is
// there: the other is lost, or an older schema did not keep it.
var stated = []string{
	`INSERT INTO client_fact(client, what, day, at) SELECT c.id, 'born', c.born, c.created FROM client c
		WHERE c.born <> '' AND NOT EXISTS (SELECT 1 FROM client_fact f WHERE f.client = c.id AND f.what = 'born' AND f.who = '')`,
	`INSERT INTO client_fact(client, what, who, day, at) SELECT m.client, 'born', m.name, m.born, c.created FROM member m JOIN client c ON c.id = m.client
		WHERE NOT EXISTS (SELECT 1 FROM client_fact f WHERE f.client = m.client AND f.what = 'born' AND f.who = m.name) ORDER BY m.client, m.position`,
	`INSERT INTO practice_place(jurisdiction, at) SELECT value ->> '$.jurisdiction', 0 FROM setting
		WHERE key = 'practice' AND coalesce(value ->> '$.jurisdiction', '') <> '' AND NOT EXISTS (SELECT 1 FROM practice_place)`,
}

// statedPlace is the same for where a client is served.
const statedPlace = `INSERT INTO client_place(client, jurisdiction, at) SELECT c.id, c.jurisdiction, c.created FROM client c
	WHERE c.id > 0 AND c.jurisdiction <> '' AND NOT EXISTS (SELECT 1 FROM client_place p WHERE p.client = c.id)`

// putFirm writes what is known of the clients and of the practice.
func (s *salvager) putFirm(ctx context.Context) error {
	if s.survey.dbPages == nil {
		return nil
	}
	return s.into.db.Maintain(ctx, func(conn *sql.Conn) error {
		tx, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		again, err := aside(ctx, tx, onlyWhole)
		if err != nil {
			return err
		}
		f := newFiller(tx)
		defer f.close()
		for _, table := range firm {
			err := s.survey.each(ctx, table, func(r row) error { return s.putOne(ctx, f, table, r) }, s.torn)
			if err != nil {
				return err
			}
		}
		for _, text := range slices.Concat(stated, again) {
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return err
			}
		}
		return tx.Commit()
	})
}

// aside drops triggers and gives what makes them again.
func aside(ctx context.Context, tx *sql.Tx, names []string) (again []string, err error) {
	for _, name := range names {
		var text string
		if err := tx.QueryRowContext(ctx, `SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?`, name).Scan(&text); err != nil {
			return nil, fmt.Errorf("the trigger %s: %w", name, err)
		}
		if _, err := tx.ExecContext(ctx, `DROP TRIGGER `+name); err != nil {
			return nil, err
		}
		again = append(again, text)
	}
	return again, nil
}

func (s *salvager) putOne(ctx context.Context, f *filler, table string, r row) error {
	switch table {
	case "client":
		if r.number("id") <= 0 {
			return nil // they are in every vault
		}
		r.put("batch", s.known(ctx, f, "client_batch", r.number("batch")))
	case "client_removed":
		if s.known(ctx, f, "client_batch", r.number("batch")) == nil {
			return s.standIn(ctx, f, "client_batch", r.number("batch"))
		}
	}
	done, err := s.put(ctx, f, table, r)
	if err == nil && done && table == "client" {
		s.clients[r.number("id")] = true
		s.out.Clients++
	}
	return err
}

// known gives the id of a row of a small table, or nil where it is lost.
func (s *salvager) known(ctx context.Context, f *filler, table string, id int64) any {
	there, err := f.id(ctx, `SELECT id FROM `+table+` WHERE id = ?`, id)
	if err != nil {
		return nil
	}
	return nilIfZero(there)
}

// standIn puts a row in the place of one that is lost and that others need.
func (s *salvager) standIn(ctx context.Context, f *filler, table string, id int64) error {
	var err error
	switch table {
	case "client_batch":
		_, err = f.exec(ctx, `INSERT INTO client_batch(id, at, source, sha256, rows) VALUES(?, 0, 'lost', zeroblob(32), 0)`, id)
	case "source":
		_, err = f.exec(ctx, `INSERT INTO source(id, name, format, parser, size, sha256, declared, imported)
			VALUES(?, 'a file whose name is lost', '', '', 0, zeroblob(32), -1, 0)`, id)
	}
	return err
}

// simple are the tables whose rows hang on clients and imports alone.
var simple = []string{"source", "batch", "client_status", "contact_point", "keep_extension", "hold", "retention_rule", "received", "snooze",
	"backup_known", "batch_source"}

// putSimple writes them.
func (s *salvager) putSimple(ctx context.Context) error {
	for _, table := range simple {
		err := s.rows(ctx, table, func(f *filler, r row) error {
			if _, ok := r.names["client"]; ok {
				s.needs(r.number("client"))
			}
			if table == "batch_source" && (!s.batches[r.number("batch")] || !s.sources[r.number("source")]) {
				return nil
			}
			done, err := s.put(ctx, f, table, r)
			switch {
			case done && table == "batch":
				s.batches[r.number("id")] = true
			case done && table == "source":
				s.sources[r.number("id")] = true
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// needs remembers that a client is referred to, whether it is there or not.
func (s *salvager) needs(client int64) {
	if client > 0 && !s.clients[client] {
		s.lostClients[client] = true
	}
}

// nameClients gives every record a client that has lost its own.
func (s *salvager) nameClients(ctx context.Context) error {
	if len(s.lostClients) == 0 {
		return nil
	}
	ids := make([]int64, 0, len(s.lostClients))
	for id := range s.lostClients {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return s.into.db.Write(ctx, func(tx *sql.Tx) error {
		f := newFiller(tx)
		defer f.close()
		for _, id := range ids {
			if err := s.nameClient(ctx, f, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *salvager) nameClient(ctx context.Context, f *filler, id int64) error {
	if gone, err := f.id(ctx, `SELECT 1 FROM destruction WHERE client = ?1 UNION ALL SELECT 1 FROM client_removed WHERE id = ?1`, id); err != nil || gone != 0 {
		return err
	}
	now := s.into.clock()
	number, err := nextNumber(ctx, f.tx, now.In(s.into.zone(ctx)).Year())
	if err != nil {
		return err
	}
	name := nameless
	if id != s.bucket {
		s.out.Nameless++
		name = fmt.Sprintf("%s %d", nameless, s.out.Nameless)
	}
	_, err = f.exec(ctx, `INSERT INTO client(id, number, kind, name, status, created) VALUES(?,?,?,?,?,?)`,
		id, number, record.Individual, name, record.Active, now.UnixMilli())
	return err
}
