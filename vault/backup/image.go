package backup

import (
	"errors"
	"io"
	"sort"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
)

// readAll reads len(b) bytes; the end of the file may coincide with theirs.
func readAll(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) && errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// pack is an open pack.
type pack struct {
	rel   string
	file  disk.File
	plain io.ReaderAt
	size  int64 // of the plaintext
}

func (s *store) openPack(rel string, k *sealed.Key) (*pack, error) {
	file, size, err := s.open(rel)
	if err != nil {
		return nil, err
	}
	disk.Uncache(file) // what is on the disk is what counts
	plain, n, err := k.Decrypt(file, size)
	if err != nil {
		_ = file.Close()
		return nil, damaged(rel, err)
	}
	return &pack{rel: rel, file: file, plain: plain, size: n}, nil
}

// packed is the database of a generation, read from its packs.
type packed struct {
	size  int64
	packs []*pack
	runs  []run
	first []int64 // each run's first page
}

func (s *store) openImage(m *manifest) (*packed, error) {
	im := &packed{size: m.Size, runs: m.Pages}
	for _, ref := range m.Packs {
		p, err := s.openPack(packs+"/"+ref.Name, m.key)
		if err != nil {
			im.Close()
			return nil, err
		}
		im.packs = append(im.packs, p)
	}
	n := int64(0)
	for _, r := range m.Pages {
		im.first = append(im.first, n)
		n += r[2]
	}
	return im, nil
}

func (im *packed) Size() int64 { return im.size }

func (im *packed) Close() {
	for _, p := range im.packs {
		_ = p.file.Close()
	}
}

// piece is a part of what is asked for that lies in one pack in one stretch.
type piece struct {
	from int64 // in the pack
	b    []byte
}

// ReadAt gathers what it needs of each pack before it reads there: pages that
// lie close together share one of age's chunks, which is decrypted but once so.
func (im *packed) ReadAt(b []byte, at int64) (int, error) {
	n := int(min(int64(len(b)), max(0, im.size-at)))
	pieces := make([][]piece, len(im.packs))
	i := sort.Search(len(im.first), func(i int) bool { return im.first[i] > at/pageSize }) - 1
	for done := 0; done < n; i++ {
		r := im.runs[i]
		from := at + int64(done)
		within := from - im.first[i]*pageSize
		size := int(min(int64(n-done), r[2]*pageSize-within))
		pieces[r[0]] = append(pieces[r[0]], piece{r[1]*pageSize + within, b[done : done+size]})
		done += size
	}
	for i, p := range pieces {
		if err := im.packs[i].read(p); err != nil {
			return 0, err
		}
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// nearby is the gap, in bytes, over which pieces are still read as one: a chunk
// of age's.
const nearby = 64 << 10

// read fills pieces in, which ascend.
func (p *pack) read(pieces []piece) error {
	for i := 0; i < len(pieces); {
		end := i + 1
		last := func() int64 { return pieces[end-1].from + int64(len(pieces[end-1].b)) }
		for end < len(pieces) && pieces[end].from >= last() && pieces[end].from-last() <= nearby {
			end++
		}
		if err := p.readGroup(pieces[i:end], last()); err != nil {
			return damaged(p.rel, err)
		}
		i = end
	}
	return nil
}

func (p *pack) readGroup(group []piece, end int64) error {
	if end > p.size {
		return errShape
	}
	if len(group) == 1 {
		return readAll(p.plain, group[0].b, group[0].from)
	}
	start := group[0].from
	buf := make([]byte, end-start)
	defer clear(buf)
	if err := readAll(p.plain, buf, start); err != nil {
		return err
	}
	for _, g := range group {
		copy(g.b, buf[g.from-start:])
	}
	return nil
}
