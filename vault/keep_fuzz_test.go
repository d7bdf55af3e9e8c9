package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"casekeep/vault/record"
)

// FuzzClauses states rules of any content: what the database takes it can count
// with, and the program can read.
func FuzzClauses(f *testing.F) {
	h := newHouse(f, "v")
	ctx := context.Background()
	c := must(f, of(h.AddClient(ctx, record.Client{Name: "Ada Quill", Jurisdiction: "US-TX", Born: record.Date{Year: 2015, Month: 2, Day: 3}})))
	must(f, of(h.Log(ctx, record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, Body: "hello"})))
	h.do(h.SetStatus(ctx, c.ID, record.Closed, record.DateOf(h.now), "done"))
	for _, text := range []string{`[]`, `[{"from":["contact"],"years":7}]`, `[{"from":["contact"],"years":7},{"age":18,"years":5}]`, `[{"from":["contact"],"under":18,"years":7}]`,
		`[{"from":[7],"years":7}]`, `[{"from":["contact"],"years":7,"under":17.5},{"from":["contact"],"years":7}]`, `[{"age":"18","years":5}]`, `[[7]]`, `[null]`,
		`[{"from":["contact"],"years":7,"Years":1}]`, `[{"from":["contact"],"years":7,"years":1}]`, `[{"from":["contact"],"years":7,"age":null}]`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsRune(text, 0) {
			return
		}
		err := h.db.Write(ctx, func(tx *sql.Tx) error {
			if _, err := tx.Exec(`INSERT INTO retention_rule(jurisdiction, clauses, minors, confirmed, at) VALUES('US-TX', ?, 'covered', '2020-01-01', 1)`, text); err != nil {
				return errUndo
			}
			var steps, dated int
			if err := tx.QueryRow(`SELECT count(*), count(until) FROM keep_step`).Scan(&steps, &dated); err != nil || steps != dated {
				t.Errorf("%s: %d steps, %d of them with a date, %v", text, steps, dated, err)
			}
			var clauses []record.KeepClause
			if err := json.Unmarshal([]byte(text), &clauses); err != nil {
				t.Errorf("%s: %v", text, err)
			}
			for _, one := range clauses {
				if one.Years < 0 || (one.Age == 0) == (len(one.From) == 0) {
					t.Errorf("%s reads as %+v", text, one)
				}
			}
			if _, err := loadKeeps(ctx, tx); err != nil {
				t.Errorf("%s: %v", text, err)
			}
			return errUndo
		})
		if !errors.Is(err, errUndo) {
			t.Error(err)
		}
	})
}
