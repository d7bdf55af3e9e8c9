package sealed

import (
	"errors"
	"maps"
	"slices"
	"sync"
)

// pageSize is the unit of pre-images in bytes. SQLite's own pages may have
// another size.
const pageSize = 4096

var zeroPage [pageSize]byte

// pages holds a database in memory: its content, what every page that changed
// since the last commit was before, and, while a checkpoint runs, what the
// database was when it began.
//
// Bytes at and beyond size are always zero.
type pages struct {
	mu       sync.Mutex
	region   *region
	arena    arena
	size     int64
	resized  func(int64)       // told of each new size
	was      int64             // the size at the last commit
	dirty    map[uint32][]byte // page number to its pre-image; nil: zeros
	before   preimages         // of the commit whose delta is made
	snapshot *snapshot
}

// A snapshot is the database at the moment it was frozen: the pages in kept,
// else the pre-images, else the live pages.
type snapshot struct {
	size int64
	kept map[uint32][]byte
}

func newPages() (*pages, error) {
	r, err := newRegion()
	if err != nil {
		return nil, err
	}
	return &pages{region: r, resized: func(int64) {}, dirty: map[uint32][]byte{}}, nil
}

// write is SQLite's: it changes the database ahead of a commit.
func (p *pages) write(b []byte, at int64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	end := at + int64(len(b))
	if err := p.region.grow(end); err != nil {
		return err
	}
	if err := p.keep(at, end); err != nil {
		return err
	}
	copy(p.region.mem[at:end], b)
	if end > p.size {
		p.resize(end)
	}
	return nil
}

// truncate is SQLite's: it shortens the database. SQLite does so ahead of a
// commit's sync or, where pages were freed, after it; then alone is true.
func (p *pages) truncate(size int64) (alone bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if size >= p.size {
		return false, nil
	}
	alone = len(p.dirty) == 0
	if err := p.keep(size, p.size); err != nil {
		return false, err
	}
	clear(p.region.mem[size:p.size])
	p.resize(size)
	return alone, nil
}

func (p *pages) resize(size int64) {
	p.size = size
	p.resized(size)
}

// keep saves the pre-images of the pages that [at,end) touches.
func (p *pages) keep(at, end int64) error {
	for n := uint32(at / pageSize); int64(n)*pageSize < end; n++ {
		if _, ok := p.dirty[n]; ok {
			continue
		}
		var pre []byte
		if from := int64(n) * pageSize; from < p.was {
			var err error
			if pre, err = p.arena.get(); err != nil {
				return err
			}
			copy(pre, p.region.mem[from:from+pageSize])
		}
		p.dirty[n] = pre
	}
	return nil
}

// changes appends what changed since the last commit to dst, as a delta from
// the database then to the database of the given size now.
func (p *pages) changes(dst []byte) (delta []byte, size int64, changed bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	numbers := slices.Sorted(maps.Keys(p.dirty))
	p.lookBack(numbers)
	w := deltaWriter{buf: dst, was: &p.before}
	for _, n := range numbers {
		from := int64(n) * pageSize
		if from >= p.size {
			break
		}
		pre := p.dirty[n]
		if pre == nil {
			pre = zeroPage[:]
		}
		end := min(from+pageSize, p.size)
		w.page(from, pre[:end-from], p.region.mem[from:end])
	}
	return w.buf, p.size, len(w.buf) > len(dst) || p.size != p.was
}

// lookBack lets the delta find what was moved.
func (p *pages) lookBack(numbers []uint32) {
	var list []preimage
	for _, n := range numbers {
		from := int64(n) * pageSize
		if pre := p.dirty[n]; pre != nil {
			list = append(list, preimage{from, pre[:min(pageSize, p.was-from)]})
		}
	}
	p.before.look(list)
}

// settle makes the present content the committed one.
func (p *pages) settle() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for n, pre := range p.dirty {
		if p.snapshot == nil || !p.snapshot.keep(n, pre) {
			p.arena.put(pre)
		}
	}
	clear(p.dirty)
	p.was = p.size
}

// rollback brings the committed content back.
func (p *pages) rollback() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for n, pre := range p.dirty {
		from := int64(n) * pageSize
		if pre == nil {
			clear(p.region.mem[from : from+pageSize])
			continue
		}
		copy(p.region.mem[from:], pre)
		p.arena.put(pre)
	}
	clear(p.dirty)
	p.resize(p.was)
}

// replay applies the delta of a record of a kind, while nobody else uses the
// pages.
func (p *pages) replay(in recordKind, delta []byte, size int64) error {
	if err := p.region.grow(size); err != nil {
		return err
	}
	moved, err := moved(delta, p.region.mem[:p.size], int(size), in)
	if err != nil {
		return err
	}
	defer wipe(moved)
	if size < p.size {
		clear(p.region.mem[size:p.size])
	}
	if err := applyDelta(delta, p.region.mem[:size], moved, in); err != nil {
		return err
	}
	p.was = size
	p.resize(size)
	return nil
}

var errMidCommit = errors.New("a commit is under way")

// freeze starts a snapshot at a commit boundary.
func (p *pages) freeze() (*snapshot, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.dirty) > 0 {
		return nil, errMidCommit
	}
	p.snapshot = &snapshot{size: p.size, kept: map[uint32][]byte{}}
	return p.snapshot, nil
}

// keep takes a pre-image over where it is the snapshot's page.
func (s *snapshot) keep(n uint32, pre []byte) bool {
	if _, ok := s.kept[n]; ok || int64(n)*pageSize >= s.size {
		return false
	}
	s.kept[n] = pre
	return true
}

// read copies the snapshot's bytes from at on into b, which ends within it.
func (p *pages) read(s *snapshot, b []byte, at int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(b) > 0 {
		n, in := uint32(at/pageSize), at%pageSize
		from, kept := s.kept[n]
		if !kept {
			from, kept = p.dirty[n]
		}
		switch {
		case !kept:
			from = p.region.mem[at-in : at-in+pageSize]
		case from == nil:
			from = zeroPage[:]
		}
		c := copy(b, from[in:])
		b, at = b[c:], at+int64(c)
	}
}

// thaw ends the snapshot. It may have kept many pages, which are given back one
// by one so that no commit waits for all.
func (p *pages) thaw() {
	p.mu.Lock()
	s := p.snapshot
	p.snapshot = nil
	p.mu.Unlock()
	if s == nil {
		return
	}
	for _, pre := range s.kept {
		p.mu.Lock()
		p.arena.put(pre)
		p.mu.Unlock()
	}
}

// release wipes the database from memory.
func (p *pages) release() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.arena.release()
	return errors.Join(err, p.region.wipe(p.size))
}
