package sealed

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestFirstJournals opens a vault of which the journal is of version 1, with six
// commits, and goes on with it.
func TestFirstJournals(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	if err := os.CopyFS(dir, os.DirFS("testdata/journal-1")); err != nil {
		t.Fatal(err)
	}
	opt := quick()
	opt.CheckpointRecords = 100
	db := reopenUnsealed(t, dir, opt)
	wantSound(t, db, 9)
	if err := insert(db, 10); err != nil {
		t.Fatal(err)
	}
	crashed(t, db)
	journals, err := filepath.Glob(filepath.Join(dir, "records-*.journal"))
	if err != nil || len(journals) != 1 {
		t.Fatal(journals, err)
	}
	if raw, err := os.ReadFile(journals[0]); err != nil || !bytes.HasPrefix(raw, []byte(journalVersion)) {
		t.Errorf("it begins with %q: %v", raw[:20], err)
	}
	db = reopen(t, dir, opt)
	wantSound(t, db, 10)
}

// reopenUnsealed opens a vault without sealing what its journal holds.
func reopenUnsealed(t *testing.T, dir string, opt Options) *DB {
	t.Helper()
	db, err := open(dir, Secret{Passphrase: passphrase}, opt.withDefaults())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
