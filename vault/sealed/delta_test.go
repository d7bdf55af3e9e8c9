package sealed

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
)

// deltaOf gives the delta from was to now, page by page as the engine does.
func deltaOf(was, now []byte) []byte {
	w := deltaWriter{was: new(preimages)}
	var before []preimage
	for at := 0; at < len(was); at += pageSize {
		before = append(before, preimage{int64(at), was[at:min(at+pageSize, len(was))]})
	}
	w.was.look(before)
	for at := 0; at < len(now); at += pageSize {
		end := min(at+pageSize, len(now))
		w.page(int64(at), was[at:end], now[at:end])
	}
	return w.buf
}

// alter applies a delta to a database in place.
func alter(delta, db []byte) error {
	moved, err := moved(delta, db, len(db), kindDelta)
	if err != nil {
		return err
	}
	return applyDelta(delta, db, moved, kindDelta)
}

func TestDelta(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	page := func() []byte {
		b := make([]byte, pageSize)
		for i := range b {
			b[i] = byte(random.Uint32())
		}
		return b
	}
	was := page()
	one := bytes.Clone(was)
	one[100]++
	near := bytes.Clone(was)
	near[100]++
	near[103]++
	far := bytes.Clone(was)
	far[100]++
	far[3000]++
	hole := bytes.Clone(was)
	clear(hole[10:4000])
	shifted := slices.Concat(was[:100], page()[:50], was[100:pageSize-50])
	swapped := slices.Concat(was[2048:], was[:2048])
	for _, c := range []struct {
		what string
		now  []byte
		most int // bytes
	}{
		{"nothing", was, 0},
		{"one byte", one, 3},
		{"two near ones in one run", near, 6},
		{"two far ones", far, 7},
		{"zeros", hole, 4},
		{"a cell between others", shifted, 50 + 30},
		{"halves that change places", swapped, 20},
		{"the last byte", append(bytes.Clone(was[:pageSize-1]), was[pageSize-1]+1), 5},
		{"everything", page(), pageSize + 4},
	} {
		delta := deltaOf(was, c.now)
		if len(delta) > c.most {
			t.Errorf("%s takes %d bytes, not %d", c.what, len(delta), c.most)
		}
		got := bytes.Clone(was)
		if err := alter(delta, got); err != nil || !bytes.Equal(got, c.now) {
			t.Errorf("%s did not come back: %v", c.what, err)
		}
	}
}

func TestDeltaOutside(t *testing.T) {
	db := make([]byte, 100)
	for what, delta := range map[string][]byte{
		"a run past the end":     {90, 20 << 2},
		"a zero run past it":     {90, 20<<2 | runZeros},
		"a copy past it":         {90, 20<<2 | runCopied, 0},
		"a copy from past it":    {80, 20<<2 | runCopied, 2},
		"a copy from before it":  {10, 20<<2 | runCopied, 21},
		"a copy from nowhere":    {10, 20<<2 | runCopied},
		"a copy from far off":    {10, 20<<2 | runCopied, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1},
		"an unknown kind of run": {10, 20<<2 | 3},
		"a gap past it":          {101, 1},
		"a gap that wraps":       {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2},
		"a length that wraps":    {1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1},
		"half a number":          {0x80},
		"a gap without a length": {1},
		"too few bytes":          {1, 4 << 2, 'a'},
		"an endless number":      bytes.Repeat([]byte{0xff}, 20),
	} {
		if err := alter(delta, db); !errors.Is(err, errDelta) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// FuzzDelta checks that whatever changed comes back, and that no delta, however
// made, writes outside the database.
func FuzzDelta(f *testing.F) {
	f.Add([]byte("some content"), []byte("some other content"))
	f.Add(make([]byte, 5000), bytes.Repeat([]byte{1, 0}, 3000))
	f.Fuzz(func(t *testing.T, was, now []byte) {
		_ = alter(now, bytes.Clone(was))
		size := max(len(was), len(now))
		before, after := make([]byte, size), make([]byte, size)
		copy(before, was)
		copy(after, now)
		delta := deltaOf(before, after)
		if err := alter(delta, before); err != nil || !bytes.Equal(before, after) {
			t.Fatalf("did not come back: %v", err)
		}
	})
}

// FuzzRecord checks that what parses encodes to the same bytes.
func FuzzRecord(f *testing.F) {
	key := []byte("key")
	for _, r := range []record{
		{kind: kindOpening, body: opening{generation: 7}.append(nil)},
		{kind: kindDelta, sequence: 9, size: 4096, body: []byte{1, 2, 3}},
	} {
		b, _ := r.append(nil, key)
		f.Add(b[:len(b)-32])
	}
	f.Fuzz(func(t *testing.T, signed []byte) {
		mac := recordMAC(key, signed)
		b := append(bytes.Clone(signed), mac[:]...)
		r, got, err := parseRecord(b, key)
		if err != nil {
			return
		}
		if again, _ := r.append(nil, key); !bytes.Equal(again, b) || got != mac {
			t.Fatal("does not encode to the same bytes")
		}
		if o, err := parseOpening(r.body); err == nil && !bytes.Equal(o.append(nil), r.body) {
			t.Fatal("an opening does not encode to the same bytes")
		}
		b[len(b)/2] ^= 1
		if _, _, err := parseRecord(b, key); err == nil {
			t.Fatal("a changed record is believed")
		}
	})
}

// FuzzFrames checks that splitting a journal accounts for every byte.
func FuzzFrames(f *testing.F) {
	frame := func(sequence uint64, content string) []byte {
		b := append(make([]byte, frameHead), content...)
		finishFrame(b, sequence)
		return b
	}
	good := bytes.Join([][]byte{[]byte(journalVersion), frame(0, "opening"), frame(1, "commit"), frame(2, "")}, nil)
	f.Add(good)
	f.Add(good[:len(good)-3])
	f.Add([]byte("sealed journal 12\n"))
	f.Add(append(bytes.Clone(good[:40]), bytes.Repeat([]byte(frameMagic+"\x10\x00\x00\x00"), 50)...))
	f.Fuzz(func(t *testing.T, raw []byte) {
		frames, good, err := splitFrames(raw)
		if good > int64(len(raw)) || len(frames) == 0 && err == nil {
			t.Fatalf("%d of %d bytes good in %d frames: %v", good, len(raw), len(frames), err)
		}
		if len(frames) == 0 {
			return
		}
		again := bytes.Clone(raw[:len(journalVersion)])
		for _, f := range frames {
			b := append(make([]byte, frameHead), f.sealed...)
			finishFrame(b, f.sequence)
			again = append(again, b...)
		}
		if !bytes.Equal(again, raw[:good]) {
			t.Fatal("frames do not encode to the same bytes")
		}
	})
}
