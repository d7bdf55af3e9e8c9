package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"casekeep/vault/record"
)

// kept is a record that is due but for what a test adds to it, with an imported
// message, and the day on which it is due.
func (h *house) kept() record.Client {
	h.t.Helper()
	ctx := context.Background()
	h.do(h.SetRetentionRule(ctx, record.RetentionRule{Jurisdiction: "US-TX", Minors: record.MinorsCovered, Confirmed: record.DateOf(h.now),
		Clauses: []record.KeepClause{{From: []string{"termination"}, Years: 7}, {Age: 18, Years: 5}}}))
	c := must(h.t, of(h.AddClient(ctx, record.Client{Name: "Ada Quill", Kind: record.Family, Jurisdiction: "US-TX",
		Members: []record.Member{{Name: "Ada", Born: record.Date{Year: 1980, Month: 2, Day: 3}}}})))
	must(h.t, of(h.Log(ctx, record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, Body: "hello"}, file("a.txt", "a file"))))
	h.imported(c.ID, "sms.xml", "imported")
	return c
}

func (h *house) closeAndWait(c record.Client) {
	h.t.Helper()
	h.do(h.SetStatus(context.Background(), c.ID, record.Closed, record.DateOf(h.now), "done"))
	h.now = h.now.AddDate(7, 0, 5)
}

func (h *house) status(c record.Client) record.Keep {
	h.t.Helper()
	list := must(h.t, of(h.Keep(context.Background(), c.ID)))
	if len(list) != 1 {
		h.t.Fatalf("%d records", len(list))
	}
	return list[0]
}

// No chain of statements on the vault's own connection takes an entry away.
func TestNoStatementsTakeAnEntry(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	c := h.kept()
	must(t, of(h.PlaceHold(ctx, record.Hold{Client: c.ID, Matter: "Quill v. Quill"})))
	must(t, of(h.File(ctx, Filing{Entry: record.Entry{Client: record.Book, Form: record.FormOrder, Subject: "Order", Body: "o", Data: json.RawMessage(`{}`)}})))
	const mine = ` WHERE client = %[1]d`
	const drop = `DELETE FROM provenance; DELETE FROM entry` + mine + ` AND batch IS NOT NULL`
	const hide = `INSERT INTO sequestration(client, entry, day, contact, ground, reason, orders, author, at%[2]s)
		SELECT client, id, %[3]s, %[4]s, 'court', 'r', (SELECT id FROM entry WHERE client = -1), 'p', 1%[5]s FROM entry` + mine + `;
		UPDATE entry SET client = -2` + mine
	hidden := func(more, day, contact, values string) string {
		return strings.NewReplacer("%[2]s", more, "%[3]s", day, "%[4]s", contact, "%[5]s", values).Replace(hide)
	}
	for what, statements := range map[string]string{
		"an import under a hold":           `UPDATE batch SET undone = 1; ` + drop,
		"an import begun again and undone": `UPDATE batch SET finished = NULL; UPDATE batch SET undone = 1; ` + drop,
		"an import in the place of another": `UPDATE batch SET id = id + 100;
			INSERT INTO batch(id, client, at, finished, undone) SELECT id - 100, client, at, finished, 1 FROM batch; ` + drop,
		"an import replaced":              `REPLACE INTO batch(id, client, at, finished, undone) SELECT id, client, at, finished, 1 FROM batch; ` + drop,
		"entries sealed to nobody":        hidden(", blob, holder", "day_of(at, zone)", "form = ''", ", 'x', 'h'") + `; DELETE FROM provenance; DELETE FROM attachment; DELETE FROM entry WHERE client = -2`,
		"entries out of sight, of no day": hidden("", "'1990-01-01'", "form = ''", ""),
		"contacts out of sight as none":   hidden("", "day_of(at, zone)", "0", ""),
		"the book's entries out of sight": strings.ReplaceAll(hidden("", "day_of(at, zone)", "form = ''", ""), "%[1]d", "-1"),
		"a hold replaced":                 `REPLACE INTO hold(id, client, matter, on_day, author, at, lifted) SELECT id, client, matter, on_day, author, at, 1 FROM hold`,
		"a later audit":                   `INSERT INTO audit(seq, at, actor, action, hash) SELECT max(seq) + 1, max(at) + 86400000 * 3650, 'p', 'x', x'00' FROM audit`,
		"a move of long ago": `INSERT INTO client(number, kind, name, status, created) VALUES('2020-001', 'individual', 'Due', 'closed', 0);
			INSERT INTO move(entry, origin, target, at, reason) SELECT id, client, (SELECT max(id) FROM client), 0, 'r' FROM entry` + mine,
	} {
		statements = strings.ReplaceAll(statements, "%[1]d", c.ID.String())
		err := h.db.Write(ctx, func(tx *sql.Tx) error {
			for s := range strings.SplitSeq(statements, ";") {
				if _, err := tx.Exec(s); err != nil {
					return err
				}
			}
			return errUndo
		})
		if errors.Is(err, errUndo) {
			t.Errorf("the database took %s", what)
		}
	}
}

// A request that is open keeps its record also where it is out of sight.
func TestAnOpenRequestOutOfSightKeepsItsRecord(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	c := h.kept()
	asked := must(t, of(h.File(ctx, Filing{Entry: record.Entry{Client: c.ID, Form: record.FormRequest, Subject: "Request", Body: "asks", Data: json.RawMessage(`{}`)}})))
	order := must(t, of(h.File(ctx, Filing{Entry: record.Entry{Client: record.Book, Form: record.FormOrder, Subject: "Order", Body: "o", Data: json.RawMessage(`{}`)}})))
	h.sql(fmt.Sprintf(`INSERT INTO sequestration(client, entry, day, contact, paper, ground, reason, orders, author, at)
		SELECT client, id, day_of(at, zone), 0, 1, 'court', 'r', %d, 'p', 1 FROM entry WHERE id = %d`, order.ID, asked.ID),
		fmt.Sprintf(`UPDATE entry SET client = -2 WHERE id = %d`, asked.ID))
	h.closeAndWait(c)
	if k := h.status(c); k.Status != record.KeepBlocked || k.Blockers[0].Why != "request" {
		t.Errorf("%s, %+v", k.Status, k.Blockers)
	}
}

// An entry that was moved out of a record under a hold is kept by that hold.
func TestAHoldFollowsWhatIsMoved(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	c := h.kept()
	h.closeAndWait(c)
	if k := h.status(c); k.Status != record.KeepDue {
		t.Fatalf("%s, %+v", k.Status, k)
	}
	held := must(t, of(h.AddClient(ctx, record.Client{Name: "Bo Larsen", Jurisdiction: "US-TX"})))
	e := must(t, of(h.Log(ctx, record.Entry{Client: held.ID, Channel: record.Text, Direction: record.In, Body: "evidence", At: day0})))
	hold := must(t, of(h.PlaceHold(ctx, record.Hold{Client: held.ID, Matter: "Larsen"})))
	h.do(h.Move(ctx, e.ID, c.ID, "theirs"))
	h.now = h.now.AddDate(1, 0, 3)
	if k := h.status(c); k.Status != record.KeepHeld || k.Blockers[0].Of != hold.ID {
		t.Errorf("%s, %+v", k.Status, k.Blockers)
	}
	if _, err := h.Destroy(ctx, c.ID, "rule", nil); !errors.Is(err, ErrNotDue) {
		t.Errorf("destroyed: %v", err)
	}
	h.do(h.LiftHold(ctx, hold.ID, record.Date{}, "the court", "settled"))
	if k := h.status(c); k.Status != record.KeepDue {
		t.Errorf("%s, %+v", k.Status, k)
	}
}

// Of two members of one name the younger keeps the record too.
func TestMembersOfOneNameKeepTheRecord(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	c := h.kept()
	young, old := record.Member{Name: "Kit", Born: record.Date{Year: 2024, Month: 5, Day: 6}}, record.Member{Name: "Kit", Born: record.Date{Year: 1970, Month: 5, Day: 6}}
	for _, members := range [][]record.Member{{young, old}, {old, young}} {
		c.Members = members
		h.do(h.ChangeClient(ctx, c))
		h.do(h.SetStatus(ctx, c.ID, record.Closed, record.DateOf(h.now), "done"))
		if k := h.status(c); k.Until != (record.Date{Year: 2047, Month: 5, Day: 6}) {
			t.Errorf("kept until %s: %+v", k.Until, k.Steps)
		}
	}
}

// A date that cannot be counted from keeps the record, whatever the other dates
// say.
func TestADateThatCannotBeCountedKeeps(t *testing.T) {
	for name, statement := range map[string]string{
		"no day of the calendar":  `INSERT INTO client_fact(client, what, who, day, at) VALUES(%d, 'born', 'Kit', '2019-13-45', 1)`,
		"no day at all":           `INSERT INTO client_fact(client, what, who, day, at) VALUES(%d, 'born', 'Kit', 'unknown', 1)`,
		"beyond the last year":    `INSERT INTO client_fact(client, what, who, day, at) VALUES(%d, 'born', 'Kit', '9990-01-01', 1)`,
		"a closing of that kind":  `INSERT INTO client_status(client, status, on_day, at) VALUES(%d, 'closed', '9999-01-01', 1)`,
		"a closing without a day": `INSERT INTO client_status(client, status, on_day, at) VALUES(%d, 'closed', 'soon', 1)`,
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, "v")
			c := h.kept()
			h.do(h.SetStatus(context.Background(), c.ID, record.Closed, record.DateOf(h.now), "done"))
			h.sql(fmt.Sprintf(statement, c.ID))
			h.now = h.now.AddDate(80, 0, 0)
			var due, reasons int
			h.do(h.db.Read(context.Background(), func(tx *sql.Tx) error {
				return tx.QueryRow(`SELECT (SELECT count(*) FROM keep_step WHERE client = ?1 AND until IS NULL), (SELECT count(*) FROM keep_reason WHERE client = ?1)`, c.ID).Scan(&due, &reasons)
			}))
			if due > 0 && reasons == 0 {
				t.Errorf("%d steps give no date, and the record is kept for no reason", due)
			}
		})
	}
}
