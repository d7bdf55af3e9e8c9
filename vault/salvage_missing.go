package vault

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"casekeep/vault/record"
)

// maxMissing bounds how many losses are put into words.
const maxMissing = 1000

func (s *salvager) missing(format string, args ...any) {
	if len(s.out.Missing) < maxMissing {
		s.out.Missing = append(s.out.Missing, fmt.Sprintf(format, args...))
	}
}

// day gives the day of an entry in words, in the practice's zone.
func (s *salvager) day(ctx context.Context, id record.EntryID) string {
	return record.DateOf(id.Time().In(s.into.zone(ctx))).Long()
}

// compareCounts compares how many contacts each client is said to have with those
// that were saved, before they are counted anew.
func (s *salvager) compareCounts(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT * FROM (SELECT c.number, c.name, c.entries, (SELECT count(*) FROM entry e WHERE e.client = c.id AND e.form = '') AS saved
		FROM client c WHERE c.id > 0) WHERE saved < entries ORDER BY number`, func(rows *sql.Rows) error {
		var number, name string
		var had, has int
		err := rows.Scan(&number, &name, &had, &has)
		s.out.MissingEntries += had - has
		s.missing("Record %s (%s): %d of %d contacts are lost.", number, name, had-has, had)
		return err
	})
}

// tellMissing tells of records and entries that only the audit trail still knows.
func (s *salvager) tellMissing(ctx context.Context) error {
	if s.out.NoList {
		s.missing("The list of the database’s tables is lost: what was found was told by its looks alone.")
	}
	if s.out.Events == 0 {
		s.missing("The audit trail is lost from its beginning: a new one begins with what was saved.")
	}
	if s.out.Dropped > 0 {
		s.missing("Of the audit trail %d events hold; %d later ones that could be read are left out.", s.out.Events, s.out.Dropped)
	}
	zone := s.into.zone(ctx)
	return s.into.db.Read(ctx, func(tx *sql.Tx) error {
		if err := s.trailEnds(ctx, tx, zone); err != nil {
			return err
		}
		err := each(ctx, tx, `SELECT DISTINCT c.number, c.name FROM client c WHERE c.id > 0 AND c.name GLOB ? ORDER BY c.number`,
			func(rows *sql.Rows) error {
				var number, name string
				err := rows.Scan(&number, &name)
				s.missing("Record %s (%s): the client’s name and number are lost.", number, name)
				return err
			}, nameless+" *")
		if err != nil {
			return err
		}
		err = each(ctx, tx, `SELECT DISTINCT a.client, min(a.at) FROM audit a WHERE a.client > 0 AND a.action IN ('client.add', 'client.import', 'record.receive')
			AND NOT EXISTS (SELECT 1 FROM client c WHERE c.id = a.client) AND NOT EXISTS (SELECT 1 FROM client_removed r WHERE r.id = a.client)
			AND NOT EXISTS (SELECT 1 FROM destruction d WHERE d.client = a.client) GROUP BY a.client`, func(rows *sql.Rows) error {
			var id, at int64
			err := rows.Scan(&id, &at)
			s.missing("A record that was opened on %s is lost, and nothing else is known of it.", record.DateOf(time.UnixMilli(at).In(zone)).Long())
			return err
		})
		if err != nil {
			return err
		}
		return each(ctx, tx, `SELECT coalesce(c.number, '?'), coalesce(c.name, 'its name is lost'), count(DISTINCT a.entry), min(a.entry), max(a.entry)
			FROM audit a LEFT JOIN client c ON c.id = a.client
			WHERE (a.action = 'entry.file' OR a.action = 'entry.log' AND (c.id IS NULL OR c.name GLOB ?)) AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.id = a.entry)
			AND NOT EXISTS (SELECT 1 FROM destruction d WHERE d.client = a.client) AND NOT EXISTS (SELECT 1 FROM sequestration q WHERE q.entry = a.entry)
			GROUP BY a.client`, func(rows *sql.Rows) error {
			var number, name string
			var n int
			var first, last record.EntryID
			err := rows.Scan(&number, &name, &n, &first, &last)
			s.out.MissingEntries += n
			s.missing("Record %s (%s): %d entries that were written down are lost, from %s to %s.", number, name, n,
				record.DateOf(first.Time().In(zone)).Long(), record.DateOf(last.Time().In(zone)).Long())
			return err
		}, nameless+" *")
	})
}

// trailEnds tells where entries were written after the last event that was saved:
// each of them had its own.
func (s *salvager) trailEnds(ctx context.Context, tx *sql.Tx, zone *time.Location) error {
	var at, written int64
	err := tx.QueryRowContext(ctx, `SELECT coalesce((SELECT max(at) FROM audit), 0), coalesce((SELECT max(written) FROM entry WHERE form <> ?), 0)`,
		record.FormRecovered).Scan(&at, &written)
	if err == nil && s.out.Events > 0 && written > at {
		s.missing("The audit trail ends on %s: what came after it is lost.", record.DateOf(time.UnixMilli(at).In(zone)).Long())
	}
	return err
}

// end gives the vault a practice where its own is lost, and says in the trail what
// was done.
func (s *salvager) end(ctx context.Context) error {
	p, err := s.into.Practice(ctx)
	if err != nil {
		return err
	}
	s.into.setActor(p)
	if p.Zone == "" {
		if p.Name == "" {
			p.Name = "Recovered practice"
		}
		if err := s.into.SetPractice(ctx, p); err != nil {
			return err
		}
	}
	o := s.out
	detail := fmt.Sprintf("%d clients, %d entries, %d attachments, %d events; %d clients without a name, at least %d entries lost, %d events left out",
		o.Clients, o.Entries, o.Attachments, o.Events, o.Nameless, o.MissingEntries, o.Dropped)
	s.step(s.total - s.done)
	return s.into.db.Write(ctx, func(tx *sql.Tx) error {
		return s.into.audit(ctx, tx, event{action: "vault.salvage", detail: detail})
	})
}

// eventOf reads an event of the trail from its row.
func eventOf(r row) record.AuditEvent {
	hash, _ := r.at("hash").([]byte)
	return record.AuditEvent{
		Seq: r.number("seq"), At: time.UnixMilli(r.number("at")).UTC(), Actor: r.text("actor"), Action: r.text("action"),
		Client: record.ClientID(r.number("client")), Entry: record.EntryID(r.number("entry")), Detail: r.text("detail"), Hash: hashOf(hash),
	}
}
