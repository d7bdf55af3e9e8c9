package vault

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"casekeep/vault/record"
)

// row is a whole row of a table on its way into another database, whose schema
// is the same: a column that a later schema adds comes along by itself.
type row struct {
	names  map[string]int
	values []any
}

func (r row) at(column string) any { return r.values[r.names[column]] }

func (r row) put(column string, value any) {
	switch n := value.(type) { // as SQLite gives it
	case record.ClientID:
		value = int64(n)
	case int:
		value = int64(n)
	}
	r.values[r.names[column]] = value
}

// number gives a column of numbers; 0 for NULL.
func (r row) number(column string) int64 {
	n, _ := r.at(column).(int64)
	return n
}

// text gives a column of text; "" for NULL.
func (r row) text(column string) string {
	s, _ := r.at(column).(string)
	return s
}

// eachRow runs a query that gives whole rows of a table, and hands each on. A
// row is of use until the next one.
func eachRow(ctx context.Context, tx *sql.Tx, query string, do func(row) error, args ...any) error {
	var r row
	var places []any
	return each(ctx, tx, query, func(rows *sql.Rows) error {
		if r.names == nil {
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			r.names, r.values = make(map[string]int, len(columns)), make([]any, len(columns))
			for i, name := range columns {
				r.names[name] = i
				places = append(places, &r.values[i])
			}
		}
		if err := rows.Scan(places...); err != nil {
			return err
		}
		return do(r)
	}, args...)
}

// filler puts whole rows into tables.
type filler struct {
	tx         *sql.Tx
	statements map[string]*sql.Stmt
}

func newFiller(tx *sql.Tx) *filler { return &filler{tx, map[string]*sql.Stmt{}} }

func (f *filler) close() {
	for _, s := range f.statements {
		s.Close()
	}
}

// prepared gives a statement that is prepared once.
func (f *filler) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if s := f.statements[text]; s != nil {
		return s, nil
	}
	s, err := f.tx.PrepareContext(steady(ctx), text)
	if err != nil {
		return nil, err
	}
	f.statements[text] = s
	return s, nil
}

// exec runs a statement that is prepared once.
func (f *filler) exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	s, err := f.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(steady(ctx), args...)
}

// id asks for one number; 0 where there is none.
func (f *filler) id(ctx context.Context, text string, args ...any) (int64, error) {
	s, err := f.prepared(ctx, text)
	if err != nil {
		return 0, err
	}
	var n sql.NullInt64
	err = s.QueryRowContext(steady(ctx), args...).Scan(&n)
	if err == sql.ErrNoRows {
		return 0, nil
	}
	return n.Int64, err
}

// insert puts a row into a table and gives its number.
func (f *filler) insert(ctx context.Context, table string, r row) (int64, error) {
	columns := make([]string, len(r.values))
	for name, i := range r.names {
		columns[i] = name
	}
	text := `INSERT INTO ` + table + `(` + strings.Join(columns, ", ") + `) VALUES(?` + strings.Repeat(", ?", len(columns)-1) + `)`
	result, err := f.exec(ctx, text, r.values...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", table, err)
	}
	return result.LastInsertId()
}
