package sealed

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// TestReplacedBaseIsKept has a sync service put what another computer saved in
// the place of a vault that is open. Neither is lost: the vault goes on, and what
// was put there is a vault of its own, once it has its key.
func TestReplacedBaseIsKept(t *testing.T) {
	dir := newVault(t, 3, quick())
	other := filepath.Join(t.TempDir(), "other")
	if err := os.CopyFS(other, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	there := reopen(t, other, quick())
	for n := 4; n <= 7; n++ {
		if err := errors.Join(insert(there, n), there.Checkpoint(ctx)); err != nil {
			t.Fatal(err)
		}
	}
	if err := insert(there, 8); err != nil { // in its journal alone
		t.Fatal(err)
	}
	crashed(t, there)
	came, err := crash.ReadImage(other)
	if err != nil {
		t.Fatal(err)
	}
	db := reopen(t, dir, quick())
	m := &meddled{dir: dir}
	journal := onlyJournal(t, came)
	if err := errors.Join(m.put(journal, came.Files[journal]), m.put(baseFile, came.Files[baseFile])); err != nil {
		t.Fatal(err)
	}
	if err := insert(db, 4); err != nil {
		t.Fatal(err)
	}
	want := []string{setAside + "1"}
	if got := db.Status().SetAside; !slices.Equal(got, want) {
		t.Errorf("set aside: %q", got)
	}
	crashed(t, db)
	db = reopen(t, dir, quick())
	wantSound(t, db, 4)
	if got := db.Status().SetAside; !slices.Equal(got, want) {
		t.Errorf("set aside, as a later unlock sees it: %q", got)
	}
	aside := filepath.Join(dir, want[0])
	if err := os.WriteFile(filepath.Join(aside, keyFile), came.Files[keyFile], 0o600); err != nil {
		t.Fatal(err)
	}
	wantSound(t, reopen(t, aside, quick()), 8)
}

// TestSameBasePutAgain replaces the base by itself, which is nothing to speak of.
func TestSameBasePutAgain(t *testing.T) {
	dir := newVault(t, 3, quick())
	db := reopen(t, dir, quick())
	before := db.Status().Position.Generation
	base, err := os.ReadFile(filepath.Join(dir, baseFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join((&meddled{dir: dir}).put(baseFile, base), insert(db, 4)); err != nil {
		t.Fatal(err)
	}
	if s := db.Status(); len(s.SetAside) > 0 || s.Position.Generation != before {
		t.Errorf("set aside: %q, and sealed %d times", s.SetAside, s.Position.Generation-before)
	}
}

// numberless is a file system that calls files by another number each time.
type numberless struct {
	disk.Files
	asked *uint64
}

func (n numberless) Stamp(path string) (disk.Stamp, error) {
	s, err := n.Files.Stamp(path)
	*n.asked++
	s.File[1] += *n.asked
	return s, err
}

func TestFileSystemWithoutNumbers(t *testing.T) {
	opt := quick()
	opt.Files = numberless{opt.Files, new(uint64)}
	opt.CheckpointRecords = 5
	dir := newVault(t, 3, opt)
	db := reopen(t, dir, opt)
	for n := 4; n <= 20; n++ {
		if err := insert(db, n); err != nil {
			t.Fatal(err)
		}
	}
	if s := db.Status(); len(s.SetAside) > 0 || s.ReadOnly != nil || s.Position.Generation > 12 {
		t.Errorf("%+v", s)
	}
	wantSound(t, db, 20)
}

// onRename does something when a file is about to take the place of another.
type onRename struct {
	disk.Files
	to string
	do func()
}

func (f *onRename) Rename(from, to string) error {
	if do := f.do; do != nil && to == f.to {
		f.do = nil
		do()
	}
	return f.Files.Rename(from, to)
}

// TestCommitWhileAnotherTakesOver saves an entry between another process's reading
// of the journal and the moment at which that puts its own in the place of it. The
// lock's file was removed before, so that neither knows of the other. What was
// acknowledged is there.
func TestCommitWhileAnotherTakesOver(t *testing.T) {
	dir := newVault(t, 3, quick())
	first := reopen(t, dir, quick())
	if err := errors.Join(insert(first, 4), os.Remove(filepath.Join(dir, lockFile))); err != nil {
		t.Fatal(err)
	}
	var saved error
	opt := quick()
	opt.Files = &onRename{opt.Files, filepath.Join(dir, first.journal.name), func() { saved = insert(first, 5) }}
	second := reopen(t, dir, opt)
	if saved != nil {
		t.Fatalf("the first process found out before: %v", saved)
	}
	wantSound(t, second, 5)
	if err := insert(first, 6); !errors.Is(err, ErrTakenOver) {
		t.Errorf("what the first process saves then: %v", err)
	}
	if err := insert(second, 6); err != nil {
		t.Fatal(err)
	}
	crashed(t, second)
	wantSound(t, reopen(t, dir, quick()), 6)
}
