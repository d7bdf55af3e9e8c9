package vault

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strings"

	"casekeep/vault/sealed"
)

// The kinds of b-tree pages (https://www.sqlite.org/fileformat2.html#b_tree_pages).
const (
	indexInterior = 0x02
	tableInterior = 0x05
	indexLeaf     = 0x0A
	tableLeaf     = 0x0D
)

const (
	pageBytes = 4096
	fileHead  = 100      // bytes of the file's header on the first page
	maxRecord = 64 << 20 // bytes of a row; the longest entry has half of that
)

// errTorn says that part of a row lies where the image has a hole.
var errTorn = errors.New("part of it is lost")

// pages reads the b-tree pages of a database with holes, which are all zeros. It
// never trusts what a page says.
type dbPages struct {
	image sealed.Image
	count uint32
}

func newDBPages(image sealed.Image) *dbPages {
	return &dbPages{image, uint32(min(image.Size()/pageBytes, math.MaxUint32))}
}

// page reads page n, counted from 1, and gives its kind; 0 where it is no page of
// a b-tree.
func (p *dbPages) page(n uint32, into []byte) (treePage, error) {
	if n == 0 || n > p.count {
		return treePage{}, nil
	}
	if _, err := p.image.ReadAt(into, int64(n-1)*pageBytes); err != nil && err != io.EOF {
		return treePage{}, err
	}
	t := treePage{number: n, bytes: into}
	if n == 1 {
		t.head = fileHead
	}
	switch kind := into[t.head]; kind {
	case indexInterior, tableInterior, indexLeaf, tableLeaf:
		t.kind = kind
	}
	return t, nil
}

// treePage is one page of a b-tree.
type treePage struct {
	number uint32
	bytes  []byte
	head   int
	kind   byte
}

// cells gives where the cells of the page begin, those that can be.
func (t treePage) cells() []int {
	size := 8
	if t.kind == indexInterior || t.kind == tableInterior {
		size = 12
	}
	count := int(binary.BigEndian.Uint16(t.bytes[t.head+3:]))
	list := make([]int, 0, min(count, pageBytes/2))
	for i := range count {
		at := t.head + size + 2*i
		if at+2 > pageBytes {
			break
		}
		if cell := int(binary.BigEndian.Uint16(t.bytes[at:])); cell >= t.head+size && cell < pageBytes-1 {
			list = append(list, cell)
		}
	}
	return list
}

// children gives the pages below an interior page.
func (t treePage) children() []uint32 {
	var list []uint32
	for _, cell := range t.cells() {
		if cell+4 <= pageBytes {
			list = append(list, binary.BigEndian.Uint32(t.bytes[cell:]))
		}
	}
	return append(list, binary.BigEndian.Uint32(t.bytes[t.head+8:]))
}

// rowid gives the number of the row in a cell of a table's leaf.
func (t treePage) rowid(cell int) (int64, bool) {
	_, n := varint(t.bytes[cell:])
	id, m := varint(t.bytes[min(cell+n, pageBytes):])
	return int64(id), n > 0 && m > 0
}

// row gives the columns of the row in a cell; errTorn where some are lost, with
// those before, of which the last may be a beginning. Cells of an index hold rows
// too: those of tables without rowid.
func (p *dbPages) row(t treePage, cell int) (id int64, columns []any, err error) {
	if t.kind == indexInterior {
		cell += 4
	}
	if cell >= pageBytes {
		return 0, nil, errTorn
	}
	size, n := varint(t.bytes[cell:])
	at := cell + n
	most := (pageBytes-12)*64/255 - 23
	if t.kind == tableLeaf {
		most = pageBytes - 35
		number, m := varint(t.bytes[min(at, pageBytes):])
		if m == 0 {
			return 0, nil, errTorn
		}
		id, at = int64(number), at+m
	}
	if n == 0 || size < 2 || size > maxRecord || int64(size) > p.image.Size() {
		return id, nil, errTorn
	}
	local := int(size)
	if local > most {
		const least = (pageBytes-12)*32/255 - 23
		if local = least + (int(size)-least)%(pageBytes-4); local > most {
			local = least
		}
	}
	if at+local > pageBytes {
		return id, nil, errTorn
	}
	record := t.bytes[at : at+local]
	if int(size) > local {
		if at+local+4 > pageBytes {
			return id, nil, errTorn
		}
		if record, err = p.overflow(record, int(size), binary.BigEndian.Uint32(t.bytes[at+local:])); err != nil && err != errTorn {
			return id, nil, err
		}
	}
	columns, ok := columnsOf(record)
	if !ok {
		return id, columns, errTorn
	}
	return id, columns, nil
}

// overflow reads the rest of a row from the chain of pages that holds it, as far
// as that goes.
func (p *dbPages) overflow(begin []byte, size int, next uint32) ([]byte, error) {
	record := append(make([]byte, 0, size), begin...)
	buf := make([]byte, pageBytes)
	for len(record) < size {
		if next == 0 || next > p.count {
			return record, errTorn
		}
		if _, err := p.image.ReadAt(buf, int64(next-1)*pageBytes); err != nil && err != io.EOF {
			return nil, err
		}
		if isZero(buf) {
			return record, errTorn
		}
		next = binary.BigEndian.Uint32(buf)
		record = append(record, buf[4:min(pageBytes, 4+size-len(record))]...)
	}
	return record, nil
}

func isZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// columnsOf decodes a record (https://www.sqlite.org/fileformat2.html#record_format),
// as far as it goes: ok is false where that is not to its end. A text that is cut
// off gives its beginning.
func columnsOf(record []byte) (columns []any, ok bool) {
	head, n := varint(record)
	if n == 0 || head < uint64(n) || head > uint64(len(record)) {
		return nil, false
	}
	at := int(head)
	for kinds := record[n:head]; len(kinds) > 0; {
		kind, n := varint(kinds)
		if n == 0 {
			return nil, false
		}
		kinds = kinds[n:]
		value, size, ok := valueOf(kind, record[at:])
		if !ok {
			if kind >= 13 && kind%2 == 1 {
				columns = append(columns, strings.ToValidUTF8(string(record[at:]), ""))
			}
			return columns, false
		}
		columns, at = append(columns, value), at+size
	}
	return columns, at == len(record)
}

func valueOf(kind uint64, b []byte) (value any, size int, ok bool) {
	switch {
	case kind == 0:
		return nil, 0, true
	case kind >= 1 && kind <= 6:
		size = []int{1, 2, 3, 4, 6, 8}[kind-1]
		if size > len(b) {
			return nil, 0, false
		}
		n := int64(int8(b[0]))
		for _, c := range b[1:size] {
			n = n<<8 | int64(c)
		}
		return n, size, true
	case kind == 7:
		if len(b) < 8 {
			return nil, 0, false
		}
		return math.Float64frombits(binary.BigEndian.Uint64(b)), 8, true
	case kind == 8, kind == 9:
		return int64(kind - 8), 0, true
	case kind < 12 || (kind-12)/2 > uint64(len(b)):
		return nil, 0, false
	}
	size = int(kind-12) / 2
	if kind%2 == 0 {
		return append([]byte{}, b[:size]...), size, true
	}
	return string(b[:size]), size, true
}

// varint reads SQLite's variable-length integer; n is 0 where there is none.
func varint(b []byte) (v uint64, n int) {
	for i, c := range b[:min(len(b), 9)] {
		if i == 8 {
			return v<<8 | uint64(c), 9
		}
		v = v<<7 | uint64(c&0x7F)
		if c < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}
