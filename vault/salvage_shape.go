package vault

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
)

// shape is what the rows of a table look like, by which pages are told to be of
// it that no tree leads to any more.
type shape struct {
	name    string
	columns []column
	least   int  // columns that its oldest rows have
	loose   bool // WITHOUT ROWID: its rows stand in a tree as those of an index do
}

type column struct {
	name     string
	kind     string // INTEGER, TEXT, BLOB
	needed   bool   // NOT NULL
	number   bool   // another name of the rowid
	fallback any    // of rows that are older than the column
}

// addedTo says how many columns tables had before a later schema added some.
var addedTo = map[string]int{"entry": 21, "client": 19}

// words are columns that hold one of a few words, where tables look alike
// otherwise.
var words = map[string][]string{
	"client_fact.what": {"born", "died", "adult"}, "client_status.status": {"screening", "active", "closed"},
}

// shapesOf reads the tables of the present schema.
func shapesOf(ctx context.Context, tx *sql.Tx) ([]shape, error) {
	var list []shape
	err := each(ctx, tx, `SELECT name, wr FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%'
		AND name <> 'contact_tally' AND name NOT GLOB 'entry_index*' ORDER BY name`, func(rows *sql.Rows) error {
		var s shape
		err := rows.Scan(&s.name, &s.loose)
		list = append(list, s)
		return err
	})
	for i := range list {
		if err != nil {
			return nil, err
		}
		s := &list[i]
		err = each(ctx, tx, `SELECT name, type, "notnull", pk, dflt_value FROM pragma_table_info(?)`, func(rows *sql.Rows) error {
			var c column
			var key int
			var fallback sql.NullString
			if err := rows.Scan(&c.name, &c.kind, &c.needed, &key, &fallback); err != nil {
				return err
			}
			c.number = key == 1 && c.kind == "INTEGER" && !s.loose
			switch {
			case fallback.String == "0":
				c.fallback = int64(0)
			case fallback.Valid:
				c.fallback = strings.Trim(fallback.String, "'")
			}
			s.columns = append(s.columns, c)
			return nil
		}, s.name)
		s.least = cmp.Or(addedTo[s.name], len(s.columns))
	}
	return list, err
}

// row gives an empty row of the table.
func (s shape) row() row {
	r := row{names: map[string]int{}, values: make([]any, len(s.columns))}
	for i, c := range s.columns {
		r.names[c.name] = i
	}
	return r
}

// fits reports whether a row can be one of the table.
func (s shape) fits(columns []any) bool {
	if len(columns) < s.least {
		return false
	}
	return s.begins(columns)
}

// begins reports whether a row of the table can begin with these columns.
func (s shape) begins(columns []any) bool {
	if len(columns) > len(s.columns) {
		return false
	}
	for i, value := range columns {
		c := s.columns[i]
		ok := false
		switch v := value.(type) {
		case nil:
			ok = c.number || !c.needed
		case int64:
			ok = c.kind == "INTEGER" && !c.number
		case string:
			ok = c.kind == "TEXT"
			if known := words[s.name+"."+c.name]; known != nil {
				ok = slices.Contains(known, v)
			}
		case []byte:
			ok = c.kind == "BLOB"
		}
		if !ok {
			return false
		}
	}
	return true
}

// speaks reports whether rows hold more than numbers, by which they are told from
// those of an index.
func (s shape) speaks() bool {
	return slices.ContainsFunc(s.columns, func(c column) bool { return c.kind != "INTEGER" })
}

// whole makes a row of columns that can be read, those that a table got later
// filled in. Where the end of a row is lost (part) so is what stood there.
func (s shape) whole(r row, id int64, columns []any, part bool) {
	for i, c := range s.columns {
		switch {
		case c.number:
			r.values[i] = id
		case i < len(columns):
			r.values[i] = columns[i]
		case !part || !c.needed || c.fallback != nil:
			r.values[i] = c.fallback
		case c.kind == "TEXT":
			r.values[i] = ""
		default:
			r.values[i] = int64(0)
		}
	}
}
