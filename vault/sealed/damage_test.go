package sealed

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
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
	status, entries, err := opened(im, blob)
	return entries, status.TornTail, err
}

// opened opens an image in memory, reads all that is in it, and gives what came
// of it.
func opened(im crash.Image, blob string) (s Status, entries int, err error) {
	opt := quick()
	opt.Files = crash.NewMemory(im, memoryVault)
	db, err := Open(memoryVault, passphrase, opt)
	if err != nil {
		return s, 0, err
	}
	defer db.Close()
	s = db.Status()
	if entries, err = sound(db); err != nil {
		return s, 0, err
	}
	r, err := db.OpenBlob(blob)
	if err != nil {
		return s, entries, err
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err == nil && sha256.Sum256(content) != sha256.Sum256([]byte(text(1))) {
		err = errOtherSum
	}
	return s, entries, err
}

// recordsEnd gives where the records of a journal end and the zeros for those to
// come begin; of another file, its size.
func recordsEnd(im crash.Image, name string) int {
	if _, good, err := splitFrames(im.Files[name]); err == nil {
		return int(good)
	}
	return len(im.Files[name])
}

// errOtherSum is what whoever keeps a [Blob] notices by its sum alone: anything
// else that was sealed to the vault can stand in an attachment's place.
var errOtherSum = errors.New("it is another attachment")

// recognized reports whether an error tells of damage.
func recognized(err error) bool {
	return errors.Is(err, ErrDamaged) || errors.Is(err, ErrTooNew) || errors.Is(err, ErrNoBlob)
}

// TestTornTailOfAnyLength cuts the last record off, with and without the zeros
// that a journal holds for records to come.
func TestTornTailOfAnyLength(t *testing.T) {
	im, blob := aVault(t, 3, 2)
	name := onlyJournal(t, im)
	frames, good, err := splitFrames(im.Files[name])
	if err != nil || len(frames) != 3 || len(bytes.TrimRight(im.Files[name][good:], "\x00")) > 0 {
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

// Some file systems give a file that grows blocks of others, whose content a crash
// leaves in the place of what was being written: such as of journals before this
// one. Those hold no commit that is missing.
func TestTornTailBeforeRecordsOfOld(t *testing.T) {
	im, blob := aVault(t, 3, 2)
	name := onlyJournal(t, im)
	raw := im.Files[name]
	frames, good, err := splitFrames(raw)
	if err != nil {
		t.Fatal(err)
	}
	last := frames[2].at
	old := raw[frames[0].at:last]
	for _, cut := range []int64{last, last + 1, last + frameHead + 7, good - 1} {
		content := slices.Concat(raw[:cut], make([]byte, 100), old, make([]byte, 100))
		if entries, torn, err := outcome(t, withFile(im, name, content), blob); err != nil || entries != 4 || torn == 0 {
			t.Errorf("cut at %d: %d entries, %d bytes torn, %v", cut-last, entries, torn, err)
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
