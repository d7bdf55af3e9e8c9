package sealed

import (
	"encoding/binary"
	"math/bits"
)

// preimages finds in the pages of a commit, as they were before it, what stands
// in them after it: SQLite moves cells within a page and, where it splits or
// merges some, between them.
type preimages struct {
	pages []preimage
	table []uint32 // by hash: 1 + place in pages << blockBits | block in the page
	shift int
}

type preimage struct {
	at      int64
	content []byte
}

const (
	// moveBlock is what is looked for, in bytes. Every block of a page is in the
	// table, so whatever was moved is found if it is twice as long less one.
	moveBlock  = 16
	blockBits  = 8 // a page has 256
	mostMoving = 256
)

// look takes the pages in. A commit of more than mostMoving pages is an import's
// or the like, where little is moved and much is to be looked through.
func (p *preimages) look(pages []preimage) {
	p.pages = pages
	if len(pages) == 0 || len(pages) > mostMoving {
		p.pages = nil
		return
	}
	size := 1 << bits.Len(uint(len(pages)<<blockBits))
	if cap(p.table) < size {
		p.table = make([]uint32, size)
	}
	p.table = p.table[:size]
	clear(p.table)
	p.shift = 64 - bits.TrailingZeros(uint(size))
	for i, page := range pages {
		for b := 0; b+moveBlock <= len(page.content); b += moveBlock {
			if h, ok := p.hash(page.content[b:]); ok {
				p.table[h] = uint32(i<<blockBits|b/moveBlock) + 1
			}
		}
	}
}

// hash gives the place in the table of the block that b begins with. Zeros have
// none: they are a kind of run.
func (p *preimages) hash(b []byte) (h uint64, ok bool) {
	low, high := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
	mixed := (low ^ bits.RotateLeft64(high*0x9e3779b97f4a7c15, 31)) * 0xd6e8feb86659fd93
	return mixed >> p.shift, low|high != 0
}

// find looks for what stands in now from j on. It gives where in the database it
// was, how many of the at most back bytes before j are the same there too, and
// the length of it all.
func (p *preimages) find(now []byte, j, back int) (from int64, before, n int) {
	if len(p.pages) == 0 || len(now)-j < moveBlock {
		return 0, 0, 0
	}
	h, ok := p.hash(now[j:])
	if !ok || p.table[h] == 0 {
		return 0, 0, 0
	}
	place := p.table[h] - 1
	page := p.pages[place>>blockBits]
	b := int(place&(1<<blockBits-1)) * moveBlock
	most := min(len(page.content)-b, len(now)-j)
	after := equalPrefix(page.content[b:][:most], now[j:][:most])
	if after < moveBlock {
		return 0, 0, 0
	}
	for before < back && before < b && page.content[b-before-1] == now[j-before-1] {
		before++
	}
	return page.at + int64(b-before), before, before + after
}
