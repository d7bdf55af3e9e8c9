package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
)

// How much of a table is read at a time.
const (
	pieceRows  = 2000
	pieceBytes = 4 << 20
)

// keyed is a row under its key.
type keyed struct {
	key  [2]int64
	text string // all its columns as a JSON list, bytes in hexadecimal
}

func (k keyed) compare(other keyed) int { return slices.Compare(k.key[:], other.key[:]) }

// reader gives the rows of a table in the order of its key, piece by piece, each
// from a transaction of its own.
type reader struct {
	v     *Vault
	query string // for the rows after a key
	last  [2]int64
}

func newReader(v *Vault, query string) *reader {
	return &reader{v, query, [2]int64{math.MinInt64, math.MinInt64}}
}

// read gives the next piece; none: that was all.
func (r *reader) read(ctx context.Context) ([]keyed, error) {
	var piece []keyed
	bytes := 0
	err := r.v.db.Read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(steady(ctx), r.query, r.last[0], r.last[1], pieceRows)
		if err != nil {
			return err
		}
		defer rows.Close()
		for bytes < pieceBytes && rows.Next() {
			var k keyed
			if err := rows.Scan(&k.key[0], &k.key[1], &k.text); err != nil {
				return err
			}
			bytes += len(k.text)
			piece = append(piece, k)
		}
		return rows.Err()
	})
	if len(piece) > 0 {
		r.last = piece[len(piece)-1].key
	}
	return piece, err
}

// ahead reads pieces in the background, one ahead of their use.
func (r *reader) ahead(ctx context.Context) func() ([]keyed, error) {
	type result struct {
		piece []keyed
		err   error
	}
	pieces := make(chan result, 1)
	go func() {
		defer close(pieces)
		for {
			piece, err := r.read(ctx)
			select {
			case pieces <- result{piece, err}:
			case <-ctx.Done():
				return
			}
			if err != nil || len(piece) == 0 {
				return
			}
		}
	}()
	return func() ([]keyed, error) {
		next, ok := <-pieces
		if !ok {
			return nil, ctx.Err()
		}
		return next.piece, next.err
	}
}

// columnsOf gives a table's columns, and the SQL that makes a JSON list of them.
func (c *comparer) columnsOf(ctx context.Context, table string) (names []string, list string, err error) {
	err = c.copy.db.Read(ctx, func(tx *sql.Tx) error {
		var parts []string
		err := each(ctx, tx, `SELECT name, type FROM pragma_table_info(?)`, func(rows *sql.Rows) error {
			var name, kind string
			err := rows.Scan(&name, &kind)
			names = append(names, name)
			if kind == "BLOB" {
				name = "hex(" + name + ")"
			}
			parts = append(parts, name)
			return err
		}, table)
		list = "json_array(" + strings.Join(parts, ", ") + ")"
		return err
	})
	return names, list, err
}

// tables compares every table, row by row.
func (c *comparer) tables(ctx context.Context) error {
	for _, t := range comparedTables {
		if err := c.table(ctx, t); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return nil
}

func (c *comparer) table(ctx context.Context, t comparedTable) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	names, list, err := c.columnsOf(ctx, t.name)
	if err != nil {
		return err
	}
	first, second, both := strings.Cut(t.key, ", ")
	after := first + ` > ?1`
	if !both {
		second = "0"
	} else {
		after = `(` + t.key + `) > (?1, ?2)`
	}
	query := `SELECT ` + first + `, ` + second + `, ` + list + ` FROM ` + t.name + ` WHERE ` + after + ` ORDER BY ` + t.key + ` LIMIT ?3`
	had, has := newReader(c.copy, query).ahead(ctx), newReader(c.live, query).ahead(ctx)
	return c.merge(ctx, t, names, had, has)
}

// merge walks through both lists at once.
func (c *comparer) merge(ctx context.Context, t comparedTable, names []string, had, has func() ([]keyed, error)) error {
	var live []keyed
	for more := true; ; {
		old, err := had()
		if err != nil || len(old) == 0 {
			return err
		}
		for _, row := range old {
			for more && (len(live) == 0 || live[0].compare(row) < 0) {
				if len(live) > 0 {
					live = live[1:]
					continue
				}
				if live, err = has(); err != nil {
					return err
				}
				more = len(live) > 0
			}
			now := ""
			if len(live) > 0 && live[0].key == row.key {
				now = live[0].text
			}
			if now != row.text {
				if err := c.judge(ctx, t, names, row, now); err != nil {
					return err
				}
			}
		}
		c.out.Rows += int64(len(old))
		c.step(int64(len(old)) * perEntry)
	}
}

// judge finds out whether a row that differs, or is missing where now is empty,
// may.
func (c *comparer) judge(ctx context.Context, t comparedTable, names []string, row keyed, now string) error {
	w, err := c.whose(ctx, t, row)
	if err != nil {
		return err
	}
	if t.same != "" {
		same, err := c.isThere(ctx, t, names, row)
		if err != nil || same {
			return err
		}
	}
	if now == "" {
		return c.verdict(ctx, t, row, w, t.gone, "is missing")
	}
	var before, after []json.RawMessage
	if err := json.Unmarshal([]byte(row.text), &before); err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(now), &after); err != nil {
		return err
	}
	for i, name := range names {
		if string(before[i]) == string(after[i]) {
			continue
		}
		if err := c.verdict(ctx, t, row, w, t.mayDiffer(name), "differs: "+strings.ReplaceAll(name, "_", " ")); err != nil {
			return err
		}
	}
	return nil
}

func (t comparedTable) mayDiffer(column string) string {
	for columns, why := range t.may {
		if slices.Contains(strings.Fields(columns), column) {
			return why
		}
	}
	return t.may["*"]
}
