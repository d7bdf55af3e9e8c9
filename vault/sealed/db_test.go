package sealed

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestWritesOutliveClosing(t *testing.T) {
	dir := newVault(t, 25, quick())
	db := reopen(t, dir, quick())
	wantSound(t, db, 25)
	if s := db.Status(); s.Replayed != 0 || s.JournalRecords != 0 {
		t.Errorf("the journal was not sealed at closing: %+v", s)
	}
}

func TestWritesOutliveACrash(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 25, quick())
	crashed(t, db)
	db = reopen(t, dir, quick())
	wantSound(t, db, 25)
	s := db.Status()
	if s.Replayed != 26 {
		t.Errorf("replayed %d commits, not 26", s.Replayed)
	}
	if s.JournalRecords != 0 || s.Position.Generation != 2 {
		t.Errorf("opening after a crash did not seal the journal: %+v", s)
	}
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 3, quick())
	before := db.Status().Position
	failure := errors.New("changed my mind")
	err := db.Write(ctx, func(tx *sql.Tx) error {
		if err := insertTx(tx, 4); err != nil {
			return err
		}
		return failure
	})
	if err != failure {
		t.Errorf("got %v", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = db.Write(ctx, func(tx *sql.Tx) error {
			_ = insertTx(tx, 4)
			panic("while writing")
		})
	}()
	wantSound(t, db, 3)
	if after := db.Status().Position; after != before {
		t.Errorf("position went from %v to %v", before, after)
	}
	if err := insert(db, 4); err != nil {
		t.Error(err)
	}
}

func TestPositionGrows(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 0, quick())
	id := db.Status().VaultID
	last := db.Status().Position
	grown := func(what string) {
		t.Helper()
		now := db.Status().Position
		if !last.Before(now) || now.Before(last) {
			t.Errorf("%s: position went from %v to %v", what, last, now)
		}
		last = now
	}
	if err := insert(db, 1); err != nil {
		t.Fatal(err)
	}
	grown("a commit")
	if err := db.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	grown("a checkpoint")
	if err := insert(db, 2); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = reopen(t, dir, quick())
	grown("closing and opening")
	if db.Status().VaultID != id {
		t.Error("the vault changed its id")
	}
}

func TestClosedVaultRefuses(t *testing.T) {
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 1, quick())
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	_, blobErr := db.OpenBlob("00000000000000000000000000000000")
	for what, err := range map[string]error{
		"write":      insert(db, 2),
		"checkpoint": db.Checkpoint(ctx),
		"blob":       blobErr,
		"read":       db.Read(ctx, func(*sql.Tx) error { return nil }),
	} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestFolderHoldsWhatIsDocumented(t *testing.T) {
	dir := newVault(t, 1, quick())
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, e := range entries {
		name := e.Name()
		if journalPattern.MatchString(name) {
			name = "records-<base>.journal"
		}
		names[name] = true
		if info, err := e.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others: %v %v", name, info.Mode(), err)
		}
	}
	for _, want := range []string{"key.age", "key.age.sha256", "records.db.age", "records-<base>.journal", "attachments", "README.txt", "vault.lock"} {
		if !names[want] {
			t.Errorf("%s is missing", want)
		}
		delete(names, want)
	}
	for name := range names {
		t.Errorf("%s should not be there", name)
	}
}
