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

// fits reports whether a row can be one of the table.
func (s shape) fits(columns []any) bool {
	if len(columns) < s.least || len(columns) > len(s.columns) {
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

// survey tells which pages hold rows of which table.
type survey struct {
	*dbPages
	shapes []shape
	pages  map[string][]uint32 // of each table, in the order of its rows
	schema bool                // the list of tables could be read
}

// look goes once through the trees, as far as they hold together, and once
// through all pages.
func (s *survey) look(ctx context.Context, progress func(pages uint32)) error {
	owner := make([]byte, s.count+1) // 1 + the table; other: seen, and of no table
	const other = 255
	roots, err := s.roots(ctx)
	if err != nil {
		return err
	}
	for root, table := range roots {
		mark := byte(other)
		if i := slices.IndexFunc(s.shapes, func(t shape) bool { return t.name == table }); i >= 0 {
			mark = byte(i + 1)
		}
		if err := s.walk(ctx, root, mark, owner); err != nil {
			return err
		}
	}
	type found struct {
		page  uint32
		first int64
	}
	all := make([][]found, len(s.shapes))
	buf := make([]byte, pageBytes)
	for n := uint32(1); n <= s.count; n++ {
		if n%256 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			progress(256)
		}
		t, err := s.page(n, buf)
		if err != nil {
			return err
		}
		if t.kind == 0 || owner[n] == other || t.kind == tableInterior {
			continue
		}
		mark := owner[n]
		if mark == 0 {
			mark = s.guess(t)
		}
		if mark == 0 {
			continue
		}
		f := found{page: n, first: int64(n)}
		if cells := t.cells(); t.kind == tableLeaf && len(cells) > 0 {
			f.first, _ = t.rowid(cells[0])
		}
		all[mark-1] = append(all[mark-1], f)
	}
	s.pages = map[string][]uint32{}
	for i, list := range all {
		slices.SortFunc(list, func(a, b found) int { return cmp.Compare(a.first, b.first) })
		for _, f := range list {
			s.pages[s.shapes[i].name] = append(s.pages[s.shapes[i].name], f.page)
		}
	}
	return nil
}

// roots gives the roots of all trees that the list of tables still names, each
// with its table; "" for an index.
func (s *survey) roots(ctx context.Context) (map[uint32]string, error) {
	roots := map[uint32]string{}
	owner := make([]byte, s.count+1)
	if err := s.walk(ctx, 1, 1, owner); err != nil {
		return nil, err
	}
	buf := make([]byte, pageBytes)
	for n := uint32(1); n <= s.count; n++ {
		if owner[n] == 0 {
			if t, err := s.page(n, buf); err != nil {
				return nil, err
			} else if t.kind != tableLeaf || !s.isSchema(t) {
				continue
			}
		}
		t, err := s.page(n, buf)
		if err != nil {
			return nil, err
		}
		if t.kind != tableLeaf {
			continue
		}
		for _, cell := range t.cells() {
			_, columns, err := s.row(t, cell)
			if err != nil || !isSchemaRow(columns) {
				continue
			}
			if root, _ := columns[3].(int64); root > 0 && root <= int64(s.count) {
				table, _ := columns[1].(string)
				if columns[0] != "table" {
					table = ""
				}
				roots[uint32(root)] = table
				s.schema = true
			}
		}
	}
	return roots, nil
}

func (s *survey) isSchema(t treePage) bool {
	cells := t.cells()
	if len(cells) == 0 {
		return false
	}
	_, columns, err := s.row(t, cells[0])
	return err == nil && isSchemaRow(columns)
}

func isSchemaRow(columns []any) bool {
	if len(columns) != 5 {
		return false
	}
	kind, _ := columns[0].(string)
	_, name := columns[1].(string)
	_, root := columns[3].(int64)
	return name && root && slices.Contains([]string{"table", "index", "view", "trigger"}, kind)
}

// walk marks the pages of a tree, as far as they can be reached.
func (s *survey) walk(ctx context.Context, root uint32, mark byte, owner []byte) error {
	buf := make([]byte, pageBytes)
	for todo := []uint32{root}; len(todo) > 0; {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if n == 0 || n > s.count || owner[n] != 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		t, err := s.page(n, buf)
		if err != nil {
			return err
		}
		if t.kind == 0 {
			continue
		}
		owner[n] = mark
		if t.kind == tableInterior || t.kind == indexInterior {
			todo = append(todo, t.children()...)
		}
	}
	return nil
}

// guess tells by its rows of which table a page is that no tree leads to: 1 + the
// table, 0 where that is not clear.
func (s *survey) guess(t treePage) byte {
	fit := map[byte]int{}
	rows := 0
	for _, cell := range t.cells() {
		_, columns, err := s.row(t, cell)
		if err != nil {
			continue
		}
		rows++
		for i, shape := range s.shapes {
			if shape.loose == (t.kind != tableLeaf) && shape.speaks() && shape.fits(columns) {
				fit[byte(i+1)]++
			}
		}
	}
	only := byte(0)
	for mark, n := range fit {
		if n == rows && only != 0 {
			return 0
		}
		if n == rows {
			only = mark
		}
	}
	return only
}

// each hands on the rows of a table that can be read, in the order of their
// pages; torn counts the others and is told their numbers.
func (s *survey) each(ctx context.Context, table string, do func(row) error, torn func(id int64)) error {
	i := slices.IndexFunc(s.shapes, func(t shape) bool { return t.name == table })
	if i < 0 {
		return nil
	}
	shape := s.shapes[i]
	r := row{names: map[string]int{}, values: make([]any, len(shape.columns))}
	for i, c := range shape.columns {
		r.names[c.name] = i
	}
	buf := make([]byte, pageBytes)
	for _, n := range s.pages[table] {
		if err := ctx.Err(); err != nil {
			return err
		}
		t, err := s.page(n, buf)
		if err != nil {
			return err
		}
		for _, cell := range t.cells() {
			id, columns, err := s.row(t, cell)
			if err != nil || !shape.fits(columns) {
				torn(id)
				continue
			}
			for i, c := range shape.columns {
				switch {
				case c.number:
					r.values[i] = id
				case i < len(columns):
					r.values[i] = columns[i]
				default:
					r.values[i] = c.fallback
				}
			}
			if err := do(r); err != nil {
				return err
			}
		}
	}
	return nil
}
