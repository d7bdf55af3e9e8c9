package vault

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"casekeep/vault/record"
)

// errUndo takes a transaction back that the database would have taken.
var errUndo = errors.New("taken back")

// try runs statements in one transaction, and gives what the database said; nil
// where it took them, though nothing of it stays.
func (m *many) try(statements ...string) error {
	err := m.db.Write(m.ctx, func(tx *sql.Tx) error {
		for _, s := range statements {
			if _, err := tx.ExecContext(m.ctx, s); err != nil {
				return err
			}
		}
		return errUndo
	})
	if errors.Is(err, errUndo) {
		return nil
	}
	return err
}

// rows counts what no statement may take away.
func (m *many) rows() string {
	m.t.Helper()
	var counts []string
	m.must(m.db.Read(m.ctx, func(tx *sql.Tx) error {
		for _, table := range []string{"client", "client_status", "client_fact", "client_place", "entry", "attachment", "disclosure", "hold", "keep_extension",
			"retention_rule", "practice_place", "destruction"} {
			var n int
			if err := tx.QueryRowContext(m.ctx, `SELECT count(*) FROM `+table).Scan(&n); err != nil {
				return err
			}
			counts = append(counts, fmt.Sprint(table, " ", n))
		}
		return nil
	}))
	return strings.Join(counts, ", ")
}

// stated is the statement of a record's destruction as the program would make
// it.
func stateOne(id record.ClientID, until, more string) string {
	return fmt.Sprintf(`INSERT INTO destruction(client, number, initials, kind, first_day, last_day, closed_on, keep_until, rule, entries, attachments, certificate,
		author, at, event%s) SELECT id, number, 'A', kind, '', '', '', '%s', 'r', 0, 0, 'c', 'p', 0, (SELECT max(seq) FROM audit)%s FROM client WHERE id = %d`,
		strings.ReplaceAll(more, "1", ""), until, strings.NewReplacer("carried", "1", "done", "1", "swept", "1").Replace(more), id)
}

// Whatever statement runs on the vault's own connection, a record that is not
// due loses no row; of one that is due the destruction can be stated, with its
// true date alone.
func TestDatabaseKeepsRecordsUntilTheirDate(t *testing.T) {
	m := newMany(t, 400, 5)
	m.change(func(tx *sql.Tx, h *history) error {
		_, err := tx.ExecContext(m.ctx, `INSERT INTO attachment(entry, name, type, size, sha256, blob) SELECT id, 'f', 't', 1, x'00', 'b' FROM entry WHERE client = ?`, h.id)
		return err
	})
	m.now = utc("2036-03-01")
	whole := m.rows()
	tried := map[record.KeepStatus]int{}
	for id, k := range m.keeps() {
		if tried[k.Status]++; tried[k.Status] > 40 {
			continue
		}
		until := k.Until.String()
		if err := m.try(stateOne(id, until, "")); (err == nil) != (k.Status == record.KeepDue) {
			t.Fatalf("a record that is %s, kept until %q: the database said %v", k.Status, until, err)
		}
		of := fmt.Sprintf(` WHERE client = %d`, id)
		for _, statement := range []string{
			stateOne(id, "2000-01-01", ""), stateOne(id, "2035-12-31", ""), stateOne(id, until, ", carried"), stateOne(id, until, ", done"), stateOne(id, until, ", swept"),
			`DELETE FROM entry` + of, `DELETE FROM attachment WHERE entry IN (SELECT id FROM entry` + of + `)`, `DELETE FROM client_status` + of,
			`DELETE FROM client_fact` + of, `DELETE FROM client_place` + of, `DELETE FROM disclosure` + of, `DELETE FROM hold` + of, `DELETE FROM keep_extension` + of,
			fmt.Sprintf(`DELETE FROM client WHERE id = %d`, id), fmt.Sprintf(`REPLACE INTO client(id, number, kind, name, status, created) VALUES(%d,'x','individual','x','active',0)`, id),
			`UPDATE entry SET client = -2` + of, `UPDATE entry SET client = -3` + of, `UPDATE client_status SET on_day = '1990-01-01'` + of,
			`UPDATE client_fact SET day = '1900-01-01'` + of, `UPDATE keep_extension SET until = '1990-01-01'` + of, `UPDATE hold SET lifted = 1` + of,
			fmt.Sprintf(`UPDATE client SET created = 0 WHERE id = %d`, id), fmt.Sprintf(`UPDATE client SET kind = 'sequestered' WHERE id = %d`, id),
		} {
			if err := m.try(statement); err == nil && m.touches(statement) {
				t.Errorf("a record that is %s: the database took %s", k.Status, statement)
			}
		}
	}
	for _, statement := range []string{
		`DELETE FROM retention_rule`, `UPDATE retention_rule SET clauses = '[]'`, `DELETE FROM practice_place`, `UPDATE practice_place SET at = 0`,
		`DELETE FROM client`, `DELETE FROM entry`, `DELETE FROM attachment`,
		`INSERT INTO retention_rule(jurisdiction, clauses, minors, confirmed, at) VALUES('US-TX','[{"age":18,"years":0}]','same','2020-01-01',0)`,
		`INSERT INTO retention_rule(jurisdiction, clauses, minors, confirmed, at) VALUES('US-TX','[{"from":["death"],"years":1}]','same','2020-01-01',0)`,
		`INSERT INTO retention_rule(jurisdiction, clauses, minors, confirmed, at) VALUES('US-TX','[{"from":["entry"],"years":0}]','same','2020-01-01',0)`,
		`INSERT INTO retention_rule(jurisdiction, clauses, minors, confirmed, at) VALUES('US-TX','[{"from":["entry"],"under":18,"years":1}]','same','2020-01-01',0)`,
	} {
		if err := m.try(statement); err == nil {
			t.Errorf("the database took %s", statement)
		}
	}
	for _, status := range []record.KeepStatus{record.KeepKept, record.KeepDue, record.KeepHeld, record.KeepBlocked, record.KeepUnknown} {
		if tried[status] == 0 {
			t.Errorf("no record was %s", status)
		}
	}
	if after := m.rows(); after != whole {
		t.Errorf("there were %s, and are %s", whole, after)
	}
}

// touches reports whether a statement changes a row at all.
func (m *many) touches(statement string) bool {
	m.t.Helper()
	var n int64
	err := m.db.Write(m.ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(m.ctx, statement)
		if err != nil {
			return err
		}
		n, err = result.RowsAffected()
		return errors.Join(err, errUndo)
	})
	if !errors.Is(err, errUndo) {
		m.t.Fatal(err)
	}
	return n > 0
}
