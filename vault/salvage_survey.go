package vault

import (
	"cmp"
	"context"
	"slices"
)

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

// shapeOf gives the shape of a table; an empty one where there is no such table.
func (s *survey) shapeOf(table string) shape {
	for _, t := range s.shapes {
		if t.name == table {
			return t
		}
	}
	return shape{}
}

// each hands on the rows of a table that can be read, in the order of their
// pages. torn is told of the others, and of what can be read of their beginning.
func (s *survey) each(ctx context.Context, table string, do func(row) error, torn func(id int64, part []any) error) error {
	shape := s.shapeOf(table)
	r := shape.row()
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
				err = torn(id, columns)
			} else {
				shape.whole(r, id, columns, false)
				err = do(r)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
