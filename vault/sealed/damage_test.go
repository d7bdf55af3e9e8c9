package sealed

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
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

// recordsEnd gives where the records of a journal end and the zeros for those to
// come begin; of another file, its size.
func recordsEnd(im crash.Image, name string) int {
	if _, good, err := splitFrames(im.Files[name]); err == nil {
		return int(good)
	}
	return len(im.Files[name])
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
			case at >= recordsEnd(im, name) && entries == 10 && torn > 0: // nothing stood there yet
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
			if at >= recordsEnd(im, name) && entries == 10 && torn == 0 {
				continue // nothing is lost but room
			}
			if !journalPattern.MatchString(name) || entries >= 10 || torn == 0 {
				t.Errorf("%s, cut at %d: nothing was noticed, with %d entries and %d bytes torn", name, at, entries, torn)
			}
		}
	}
}

// TestTornTailOfAnyLength cuts the last record off, with and without the zeros
// that a journal holds for records to come.
func TestTornTailOfAnyLength(t *testing.T) {
	im, blob := aVault(t, 3, 2)
	name := onlyJournal(t, im)
	frames, good, err := splitFrames(im.Files[name])
	if err != nil || len(frames) != 3 || good != int64(recordsEnd(im, name)) {
		t.Fatalf("%d frames, %d bytes good: %v", len(frames), good, err)
	}
	last := frames[2].at
	for cut := last + 1; cut < good; cut += 97 {
		content := slices.Concat(im.Files[name][:cut], make([]byte, cut%2*5000))
		entries, torn, err := outcome(t, withFile(im, name, content), blob)
		if left := bytes.TrimRight(im.Files[name][last:cut], "\x00"); err != nil || entries != 4 || torn != int64(len(left)) {
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
