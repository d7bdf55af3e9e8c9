package sealed

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestPages drives pages by chance: writes, truncations, commits, rollbacks,
// and snapshots that are read bit by bit meanwhile. Beside it goes a plain slice
// of bytes, which must agree at every step.
func TestPages(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	p, err := newPages()
	if err != nil {
		t.Fatal(err)
	}
	defer p.release()
	var now, committed, frozen, copied []byte // what the pages should hold
	var snap *snapshot
	replica, err := newPages() // follows by deltas alone
	if err != nil {
		t.Fatal(err)
	}
	defer replica.release()

	steps := map[string]func(){
		"write": func() {
			at := random.IntN(40) * 512
			b := make([]byte, 512*(1+random.IntN(16)))
			for i := range b {
				b[i] = byte(random.Uint32() & 3)
			}
			if err := p.write(b, int64(at)); err != nil {
				t.Fatal(err)
			}
			if at+len(b) > len(now) {
				now = append(now, make([]byte, at+len(b)-len(now))...)
			}
			copy(now[at:], b)
		},
		"truncate": func() {
			size := random.IntN(len(now)/512+1) * 512
			if _, err := p.truncate(int64(size)); err != nil {
				t.Fatal(err)
			}
			now = now[:size:size]
		},
		"commit": func() {
			delta, size, changed := p.changes(nil)
			if changed == (bytes.Equal(now, committed)) {
				t.Fatalf("changed is %v", changed)
			}
			if err := replica.replay(kindDelta, delta, size); err != nil {
				t.Fatal(err)
			}
			p.settle()
			committed = bytes.Clone(now)
		},
		"rollback": func() {
			p.rollback()
			now = bytes.Clone(committed)
		},
		"freeze": func() {
			if snap != nil {
				return
			}
			s, err := p.freeze()
			if (err == nil) != (len(p.dirty) == 0) {
				t.Fatalf("freezing with %d dirty pages: %v", len(p.dirty), err)
			}
			if err == nil {
				snap, frozen, copied = s, bytes.Clone(committed), nil
			}
		},
		"read": func() {
			if snap == nil {
				return
			}
			b := make([]byte, min(2*pageSize, len(frozen)-len(copied)))
			p.read(snap, b, int64(len(copied)))
			copied = append(copied, b...)
			if !bytes.Equal(copied, frozen[:len(copied)]) {
				t.Fatal("a snapshot has changed")
			}
			if len(copied) == len(frozen) {
				p.thaw()
				snap = nil
			}
		},
	}
	names := []string{"write", "write", "write", "truncate", "commit", "commit", "rollback", "freeze", "read", "read"}
	snapshots := 0
	for range 20000 {
		name := names[random.IntN(len(names))]
		had := snap != nil
		steps[name]()
		if had && snap == nil {
			snapshots++
		}
		if p.size != int64(len(now)) || !bytes.Equal(p.region.mem[:p.size], now) {
			t.Fatalf("after %s the pages differ", name)
		}
		if name == "commit" && !bytes.Equal(replica.region.mem[:replica.size], committed) {
			t.Fatal("the replica differs")
		}
		if tail := p.region.mem[p.size:min(p.size+pageSize, int64(p.region.committed))]; !bytes.Equal(tail, zeroPage[:len(tail)]) {
			t.Fatalf("after %s there is something behind the end", name)
		}
	}
	if snapshots < 100 {
		t.Errorf("only %d snapshots were read to their end", snapshots)
	}
}

// TestArenaIsWiped checks that a page given back holds nothing.
func TestArenaIsWiped(t *testing.T) {
	var a arena
	page, err := a.get()
	if err != nil {
		t.Fatal(err)
	}
	copy(page, "a secret")
	a.put(page)
	if !bytes.Equal(page, zeroPage[:]) {
		t.Error("a page was not wiped")
	}
	if again, err := a.get(); err != nil || &again[0] != &page[0] {
		t.Errorf("a page was not used again: %v", err)
	}
	if err := a.release(); err != nil {
		t.Error(err)
	}
}

func TestRegionHasAnEnd(t *testing.T) {
	mem, err := reserve(regionStep * 2)
	if err != nil {
		t.Fatal(err)
	}
	r := &region{mem: mem}
	if err := r.grow(regionStep + 1); err != nil || r.committed != 2*regionStep {
		t.Errorf("%d bytes committed: %v", r.committed, err)
	}
	if err := r.grow(2*regionStep + 1); err != errRegionFull {
		t.Errorf("growing past the end: %v", err)
	}
	if err := r.wipe(10); err != nil {
		t.Error(err)
	}
}
