package sealed

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/vault/sealed/disk/crash"
)

// aVault gives the files of a vault with entries in the base, some more in the
// journal, and an attachment.
func aVault(t testing.TB, sealedEntries, journaled int) (im crash.Image, blob string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, sealedEntries, quick())
	if err := db.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	for n := sealedEntries + 1; n <= sealedEntries+journaled; n++ {
		if err := insert(db, n); err != nil {
			t.Fatal(err)
		}
	}
	b, err := db.PutBlob(ctx, strings.NewReader(text(1)))
	if err != nil {
		t.Fatal(err)
	}
	crashed(t, db)
	im, err = crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	return im, b.Name
}

// onlyJournal gives the name of the image's journal.
func onlyJournal(t testing.TB, im crash.Image) string {
	t.Helper()
	for name := range im.Files {
		if journalPattern.MatchString(name) {
			return name
		}
	}
	t.Fatal("there is no journal")
	return ""
}

// withFile gives the image with another content for a file; nil removes it.
func withFile(im crash.Image, name string, content []byte) crash.Image {
	out := crash.Image{Dirs: im.Dirs, Files: map[string][]byte{}}
	for n, c := range im.Files {
		out.Files[n] = c
	}
	if out.Files[name] = content; content == nil {
		delete(out.Files, name)
	}
	return out
}

// outcome opens an image and gives what came of it.
func outcome(t testing.TB, im crash.Image, blob string) (entries int, torn int64, err error) {
	t.Helper()
	root := scratch(t)
	defer os.RemoveAll(root)
	dir := filepath.Join(root, "vault")
	if err := im.Write(dir); err != nil {
		t.Fatal(err)
	}
	db, err := Open(dir, passphrase, quick())
	if err != nil {
		return 0, 0, err
	}
	defer db.Close()
	if entries, err = sound(db); err != nil {
		return 0, 0, err
	}
	r, err := db.OpenBlob(blob)
	if err != nil {
		return entries, db.Status().TornTail, err
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err == nil && string(content) != text(1) {
		t.Fatalf("wrong plaintext came out of an attachment: %q", content)
	}
	return entries, db.Status().TornTail, err
}

// recognized reports whether an error tells of damage.
func recognized(err error) bool {
	return errors.Is(err, ErrDamaged) || errors.Is(err, ErrTooNew) || errors.Is(err, ErrNoBlob)
}

// TestFlippedBits flips bits all over the files of a vault. Each flip must be
// found, or do nothing: the torn-tail rule alone lets the last commit go, and
// then says so.
func TestFlippedBits(t *testing.T) {
	im, blob := aVault(t, 6, 4)
	random := rand.New(rand.NewPCG(5, 6))
	tried, found := 0, 0
	for name, content := range im.Files {
		if name == lockFile || name == readmeFile {
			continue
		}
		for _, at := range positions(len(content), random) {
			flipped := bytes.Clone(content)
			flipped[at] ^= 1 << random.IntN(8)
			tried++
			entries, torn, err := outcome(t, withFile(im, name, flipped), blob)
			switch {
			case err != nil && recognized(err):
				found++
			case err != nil:
				t.Errorf("%s, byte %d: %v", name, at, err)
			case name == keySumFile && entries == 10: // the key opens all the same
			case journalPattern.MatchString(name) && entries == 9 && torn > 0:
				found++
			default:
				t.Errorf("%s, byte %d: nothing was noticed, with %d entries and %d bytes torn", name, at, entries, torn)
			}
		}
	}
	t.Logf("%d flips, %d found", tried, found)
}

// positions gives every place near the ends and some between.
func positions(size int, random *rand.Rand) (at []int) {
	for i := range min(size, 24) {
		at = append(at, i, size-1-i)
	}
	for range 60 {
		at = append(at, random.IntN(size))
	}
	return at
}

// TestTruncation cuts files off. A journal may lose its last commit, said aloud
// unless the cut falls between two records, which looks like the moment before.
func TestTruncation(t *testing.T) {
	im, blob := aVault(t, 6, 4)
	random := rand.New(rand.NewPCG(7, 8))
	for name, content := range im.Files {
		if name == lockFile || name == readmeFile || name == keySumFile {
			continue
		}
		for _, at := range positions(len(content), random) {
			entries, torn, err := outcome(t, withFile(im, name, content[:at]), blob)
			if err != nil {
				if !recognized(err) {
					t.Errorf("%s, cut at %d: %v", name, at, err)
				}
				continue
			}
			if !journalPattern.MatchString(name) || entries >= 10 || torn == 0 {
				t.Errorf("%s, cut at %d: nothing was noticed, with %d entries and %d bytes torn", name, at, entries, torn)
			}
		}
	}
}

func TestTornTailOfAnyLength(t *testing.T) {
	im, blob := aVault(t, 3, 2)
	name := onlyJournal(t, im)
	frames, good, err := splitFrames(im.Files[name])
	if err != nil || len(frames) != 3 || good != int64(len(im.Files[name])) {
		t.Fatalf("%d frames, %d bytes good: %v", len(frames), good, err)
	}
	last := frames[2].at
	for cut := last + 1; cut < good; cut += 97 {
		entries, torn, err := outcome(t, withFile(im, name, im.Files[name][:cut]), blob)
		if err != nil || entries != 4 || torn != cut-last {
			t.Fatalf("cut at %d: %d entries, %d bytes torn, %v", cut, entries, torn, err)
		}
	}
}

func TestDamageBeforeTheTailIsRefused(t *testing.T) {
	im, blob := aVault(t, 3, 3)
	name := onlyJournal(t, im)
	frames, _, err := splitFrames(im.Files[name])
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range frames[:3] {
		content := bytes.Clone(im.Files[name])
		content[f.at+100] ^= 4
		_, _, err := outcome(t, withFile(im, name, content), blob)
		var damage *DamagedError
		if !errors.As(err, &damage) || damage.File != name || damage.Offset != f.at {
			t.Errorf("record %d: %v", i, err)
		}
	}
}

// TestReplacedJournals puts journals and records where they do not belong.
func TestReplacedJournals(t *testing.T) {
	im, blob := aVault(t, 3, 3)
	name := onlyJournal(t, im)
	content := im.Files[name]
	frames, good, err := splitFrames(content)
	if err != nil {
		t.Fatal(err)
	}
	piece := func(i int) []byte {
		end := good
		if i+1 < len(frames) {
			end = frames[i+1].at
		}
		return content[frames[i].at:end]
	}
	renumbered := bytes.Clone(piece(3))
	finishFrame(renumbered, 99)
	other, _ := aVault(t, 3, 3)
	foreign := other.Files[onlyJournal(t, other)]
	head := []byte(journalVersion)
	for what, journal := range map[string][]byte{
		"missing":                nil,
		"of another vault":       foreign,
		"a record twice":         bytes.Join([][]byte{content, piece(3)}, nil),
		"an older record again":  bytes.Join([][]byte{content, piece(1)}, nil),
		"a record left out":      bytes.Join([][]byte{head, piece(0), piece(1), piece(3)}, nil),
		"two records swapped":    bytes.Join([][]byte{head, piece(0), piece(2), piece(1), piece(3)}, nil),
		"a record renumbered":    bytes.Join([][]byte{head, piece(0), piece(1), piece(2), renumbered}, nil),
		"without its opening":    bytes.Join([][]byte{head, piece(1), piece(2)}, nil),
		"two openings":           bytes.Join([][]byte{head, piece(0), piece(0)}, nil),
		"empty":                  {},
		"of an unknown version":  append([]byte("sealed journal 2\n"), content[len(head):]...),
		"text":                   []byte("hello\n"),
		"records of another one": bytes.Join([][]byte{content, foreign[len(head):]}, nil),
	} {
		_, _, err := outcome(t, withFile(im, name, journal), blob)
		if !recognized(err) {
			t.Errorf("%s: %v", what, err)
		}
		if (what == "of an unknown version") != errors.Is(err, ErrTooNew) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestForkedJournal joins the histories of two copies of a vault that went
// different ways: every record is this vault's own, for this base, and in order.
func TestForkedJournal(t *testing.T) {
	im, blob := aVault(t, 3, 1)
	name := onlyJournal(t, im)
	opt := quick()
	opt.CheckpointRecords = 1 << 20
	var forks [2][]byte
	for i := range forks {
		dir := filepath.Join(t.TempDir(), "vault")
		if err := im.Write(dir); err != nil {
			t.Fatal(err)
		}
		db, err := open(dir, passphrase, opt) // without the checkpoint that follows a crash
		if err != nil {
			t.Fatal(err)
		}
		for n := 5; n <= 6; n++ {
			err := db.Write(ctx, func(tx *sql.Tx) error {
				_, err := tx.Exec(fmt.Sprintf("CREATE TABLE fork_%d_%d(x)", i, n))
				return errors.Join(err, insertTx(tx, n))
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		crashed(t, db)
		if forks[i], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	a, _, err := splitFrames(forks[0])
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := splitFrames(forks[1])
	if err != nil {
		t.Fatal(err)
	}
	if n, _, err := outcome(t, withFile(im, name, forks[0]), blob); n != 6 || err != nil {
		t.Fatalf("a fork of its own: %d entries, %v", n, err)
	}
	mixed := append(bytes.Clone(forks[0][:a[3].at]), forks[1][b[3].at:]...)
	if _, _, err := outcome(t, withFile(im, name, mixed), blob); !errors.Is(err, ErrDamaged) {
		t.Errorf("the forks joined: %v", err)
	}
}

// TestOlderBase puts back a base from before a checkpoint: its journal is gone,
// and with it commits that were acknowledged, so it must not open quietly.
func TestOlderBase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 2, quick())
	before, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := insert(db, 3); err != nil {
		t.Fatal(err)
	}
	b, err := db.PutBlob(ctx, strings.NewReader(text(1)))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	after, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	mixed := withFile(after, baseFile, before.Files[baseFile])
	if _, _, err := outcome(t, mixed, b.Name); !errors.Is(err, ErrDamaged) {
		t.Errorf("an older base with a newer journal: %v", err)
	}
	// An older pair put over a newer one opens, and leaves what the newer base
	// would need, should it turn up.
	name := onlyJournal(t, after)
	over := filepath.Join(t.TempDir(), "over")
	if err := withFile(before, name, after.Files[name]).Write(over); err != nil {
		t.Fatal(err)
	}
	wantSound(t, reopen(t, over, quick()), 2)
	if _, err := os.Stat(filepath.Join(over, name)); err != nil {
		t.Errorf("the newer journal: %v", err)
	}
	// The whole older vault is a vault. Its position tells that it is older.
	stale := filepath.Join(t.TempDir(), "stale")
	if err := before.Write(stale); err != nil {
		t.Fatal(err)
	}
	old, now := reopen(t, stale, quick()), reopen(t, dir, quick())
	if !old.Status().Position.Before(now.Status().Position) || old.Status().VaultID != now.Status().VaultID {
		t.Errorf("an older copy at %v, the vault at %v", old.Status().Position, now.Status().Position)
	}
}

// TestStaleJournalIsSwept leaves another journal and unfinished files beside a
// whole vault.
func TestStaleJournalIsSwept(t *testing.T) {
	im, _ := aVault(t, 3, 2)
	name := onlyJournal(t, im)
	leavings := []string{
		"records-00112233445566778899aabbccddeeff.journal", baseFile + unfinished,
		name + unfinished, blobFolder + "/00112233445566778899aabbccddeeff" + unfinished,
	}
	kept := []string{"records.db (conflicted copy).age", "notes.txt"}
	for _, left := range append(leavings, kept...) {
		im = withFile(im, left, im.Files[name])
	}
	dir := filepath.Join(t.TempDir(), "vault")
	if err := im.Write(dir); err != nil {
		t.Fatal(err)
	}
	db := reopen(t, dir, quick())
	wantSound(t, db, 5)
	for _, left := range leavings {
		if _, err := os.Stat(filepath.Join(dir, left)); !os.IsNotExist(err) {
			t.Errorf("%s is still there", left)
		}
	}
	for _, other := range kept {
		if _, err := os.Stat(filepath.Join(dir, other)); err != nil {
			t.Errorf("%s, which is not the vault's, is gone", other)
		}
	}
}
