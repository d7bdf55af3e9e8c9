package sealed

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/mattn/go-sqlite3"

	"casekeep/vault/sealed/disk/crash"
	"casekeep/vault/sealed/parallel"
)

// A target is a small vault of which files are damaged: six entries in the base,
// four in the journal, and an attachment.
type target struct {
	image crash.Image
	blob  string
	now   Position
	ends  map[int64]bool // where records of the journal end
	past  []crash.Image  // what it was after each commit and checkpoint
}

const targetEntries = 10

func newTarget(t testing.TB) *target {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "vault")
	opt := quick()
	opt.OnConnect = func(c *sqlite3.SQLiteConn) error { // a smaller base has fewer bytes to try
		_, err := c.Exec("PRAGMA page_size=512", nil)
		return err
	}
	db := openNew(t, dir, 0, opt)
	v := &target{ends: map[int64]bool{}}
	for n := 1; n <= targetEntries; n++ {
		if err := insert(db, n); err != nil {
			t.Fatal(err)
		}
		v.remember(t, dir)
		if n == 3 || n == 6 {
			if err := db.Checkpoint(ctx); err != nil {
				t.Fatal(err)
			}
			v.remember(t, dir)
		}
	}
	b, err := db.PutBlob(ctx, textReader(1))
	if err != nil {
		t.Fatal(err)
	}
	v.blob, v.now = b.Name, db.Status().Position
	crashed(t, db)
	if v.image, err = crash.ReadImage(dir); err != nil {
		t.Fatal(err)
	}
	frames, _, err := splitFrames(v.image.Files[onlyJournal(t, v.image)])
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range frames {
		v.ends[f.at] = true
	}
	return v
}

func (v *target) remember(t testing.TB, dir string) {
	t.Helper()
	im, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	v.past = append(v.past, im)
}

// damage is one change to a file.
type damage struct {
	file    string
	what    string
	content []byte // nil: it is removed
	sealed  bool   // the content is another file that was sealed, whole
}

// judge opens the vault with a damage and gives an error unless that was found
// or did no harm, and Verify says the same. No damage may yield what was never
// written: a vault that opens holds either everything, or, where its journal was
// cut, what it held before some of the last commits, as its position tells.
func (v *target) judge(d damage, verify bool) error {
	im := withFile(v.image, d.file, d.content)
	status, entries, err := opened(im, v.blob)
	torn := status.TornTail > 0
	switch {
	case err != nil && !recognized(err) && !errors.Is(err, ErrNotVault) && !(d.sealed && errors.Is(err, errOtherSum)):
		return fmt.Errorf("%s, %s: not fit to be shown: %w", d.file, d.what, err)
	case err != nil:
	case entries == targetEntries && status.Position.Sequence == v.now.Sequence:
	case journalPattern.MatchString(d.file) && entries < targetEntries && status.Position.Sequence < v.now.Sequence && (torn || v.ends[int64(recordsEnd(im, d.file))]):
	default:
		return fmt.Errorf("%s, %s: nothing was noticed, with %d entries at %v and %d bytes torn", d.file, d.what, entries, status.Position, status.TornTail)
	}
	if !verify {
		return nil
	}
	return v.agrees(im, d, err, torn)
}

// agrees checks that Verify finds what opening found.
func (v *target) agrees(im crash.Image, d damage, found error, torn bool) error {
	opt := quick()
	opt.Files = crash.NewMemory(im, memoryVault)
	report, err := Verify(ctx, memoryVault, passphrase, opt)
	if err != nil && (found == nil || !recognized(err) && !errors.Is(err, ErrNotVault)) {
		return fmt.Errorf("%s, %s: verify says %w", d.file, d.what, err)
	}
	// A missing attachment, or another one, is for the database's owner to miss.
	owners := errors.Is(found, ErrNoBlob) || errors.Is(found, errOtherSum)
	if sees := err != nil || len(report.Problems) > 0; sees != (found != nil) && !owners || found == nil && torn != (report.TornTail > 0) {
		return fmt.Errorf("%s, %s: opening says %v and torn %v, verify %v, %v and %d bytes torn", d.file, d.what, found, torn, report.Problems, err, report.TornTail)
	}
	return nil
}

// try judges every damage on all cores.
func (v *target) try(t *testing.T, class string, all []damage) {
	t.Helper()
	var failures atomic.Int64
	err := parallel.Each(ctx, int64(len(all)), 16, func(at, end int64) error {
		for i, d := range all[at:end] {
			if err := v.judge(d, (int(at)+i)%4 == 0); err != nil {
				t.Error(err)
				if failures.Add(1) > 20 {
					return errors.New("there are too many to go on")
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	crash.Tally(t, class, len(all))
}

// places gives the places of a file to damage: each in a full run, else those
// near the ends and some between.
func places(size int) (at []int) {
	if crash.Full() {
		for i := range size {
			at = append(at, i)
		}
		return at
	}
	random := rand.New(rand.NewPCG(5, uint64(size)))
	for i := range min(size, 24) {
		at = append(at, i, size-1-i)
	}
	for range min(size, 60) {
		at = append(at, random.IntN(size))
	}
	return at
}

// unsealed reports whether a file holds nothing that is sealed.
func unsealed(name string) bool { return name == lockFile || name == readmeFile || name == keySumFile }

// TestFlippedBits flips bits of every file: in a full run each bit of what is
// sealed.
func TestFlippedBits(t *testing.T) {
	v := newTarget(t)
	random := rand.New(rand.NewPCG(5, 6))
	var all []damage
	for _, name := range slices.Sorted(maps.Keys(v.image.Files)) {
		content := v.image.Files[name]
		bits := 1
		if crash.Full() && !unsealed(name) {
			bits = 8
		}
		for _, at := range places(len(content)) {
			for i := range bits {
				bit := i
				if bits == 1 {
					bit = random.IntN(8)
				}
				flipped := bytes.Clone(content)
				flipped[at] ^= 1 << bit
				all = append(all, damage{file: name, what: fmt.Sprintf("byte %d, bit %d", at, bit), content: flipped})
			}
		}
	}
	v.try(t, "a flipped bit", all)
}

// TestTruncation cuts files off at any length, and removes them.
func TestTruncation(t *testing.T) {
	v := newTarget(t)
	var all []damage
	for _, name := range slices.Sorted(maps.Keys(v.image.Files)) {
		content := v.image.Files[name]
		for _, at := range places(len(content)) {
			all = append(all, damage{file: name, what: fmt.Sprintf("cut at %d", at), content: content[:at]})
		}
		all = append(all, damage{file: name, what: "removed"})
	}
	v.try(t, "a file cut off", all)
}

// TestStrangeFiles puts what belongs elsewhere into each file: another file of
// the vault, the same file of another vault, what the files held at every earlier moment,
// and each of them appended or put ahead.
func TestStrangeFiles(t *testing.T) {
	v := newTarget(t)
	strange := v.strangers(t)
	var all []damage
	for _, name := range slices.Sorted(maps.Keys(v.image.Files)) {
		content := v.image.Files[name]
		for what, other := range strange {
			if bytes.Equal(other, content) {
				continue
			}
			all = append(all, damage{name, what, other, true}, damage{name, what + " appended", slices.Concat(content, other), false},
				damage{name, what + " ahead", slices.Concat(other, content), false})
		}
	}
	v.try(t, "a file swapped, replayed or appended to", all)
}

// strangers gives contents that belong nowhere in the vault as it is.
func (v *target) strangers(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{
		"a zero": {0}, "a line end": []byte("\n"), "zeros": make([]byte, 4096), "64 KiB": bytes.Repeat([]byte("age-encryption.org/v1\n"), 3000),
	}
	add := func(from string, im crash.Image) {
		for name, content := range im.Files {
			out[from+" "+name] = content
		}
	}
	add("its own", v.image)
	other, _ := aVault(t, 6, 4)
	add("another vault's", other)
	for i, im := range v.past {
		add(fmt.Sprintf("its own of moment %d,", i), im)
	}
	return out
}
