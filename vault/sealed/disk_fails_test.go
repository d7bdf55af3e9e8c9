package sealed

import (
	"bytes"
	"database/sql"
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// TestReadOnlyFolder opens a vault in a folder that cannot be written.
func TestReadOnlyFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 5, quick())
	b, err := db.PutBlob(ctx, textReader(5))
	if err != nil {
		t.Fatal(err)
	}
	crashed(t, db)
	rec, err := crash.Record(fastFiles{disk.OS()}, dir)
	if err != nil {
		t.Fatal(err)
	}
	opt := quick()
	opt.Files = rec
	rec.Fail(crash.Fault{At: 1, Err: syscall.EROFS, Forever: true})
	db = reopen(t, dir, opt)
	wantSound(t, db, 5)
	if !errors.Is(db.Status().ReadOnly, ErrReadOnly) || !disk.IsReadOnly(db.Status().ReadOnly) {
		t.Errorf("the status is %v", db.Status().ReadOnly)
	}
	_, putErr := db.PutBlob(ctx, textReader(1))
	for what, err := range map[string]error{
		"write": insert(db, 6), "checkpoint": db.Checkpoint(ctx), "put": putErr,
		"remove": db.RemoveBlob(b.Name), "maintain": migrate(db),
	} {
		if !errors.Is(err, ErrReadOnly) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if r, err := db.OpenBlob(b.Name); err != nil {
		t.Error(err)
	} else if err := r.Close(); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Errorf("closing: %v", err)
	}
	if rec.Len() != 0 {
		t.Errorf("%d operations changed the folder", rec.Len())
	}
}

// TestReadOnlyAfterAFailedSync is the rule that a sync that failed once is never
// believed again.
func TestReadOnlyAfterAFailedSync(t *testing.T) {
	root := t.TempDir()
	rec, err := crash.Record(disk.OS(), root)
	if err != nil {
		t.Fatal(err)
	}
	opt := quick()
	opt.Files = rec
	dir := filepath.Join(root, "vault")
	db := openNew(t, dir, 3, opt)
	rec.Fail(crash.Fault{At: 2, Err: syscall.EIO}) // the write, then the sync
	if err := insert(db, 4); !errors.Is(err, ErrReadOnly) {
		t.Errorf("the write: %v", err)
	}
	rec.Heal()
	wantSound(t, db, 3)
	if err := insert(db, 4); !errors.Is(err, ErrReadOnly) {
		t.Errorf("the next write: %v", err)
	}
	if err := db.Checkpoint(ctx); !errors.Is(err, ErrReadOnly) {
		t.Errorf("a checkpoint: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	db = reopen(t, dir, quick())
	if db.Status().ReadOnly != nil {
		t.Error(db.Status().ReadOnly)
	}
	if n, err := sound(db); err != nil || n < 3 {
		t.Errorf("%d entries, %v", n, err)
	}
}

// TestFullDisk fills the disk under a write, which loses nothing and goes
// through once there is room.
func TestFullDisk(t *testing.T) {
	root := t.TempDir()
	rec, err := crash.Record(fastFiles{disk.OS()}, root)
	if err != nil {
		t.Fatal(err)
	}
	opt := quick()
	opt.Files = rec
	dir := filepath.Join(root, "vault")
	db := openNew(t, dir, 3, opt)
	rec.Fail(crash.Fault{At: 1, Err: syscall.ENOSPC, Short: true, Forever: true})
	_, putErr := db.PutBlob(ctx, textReader(1))
	for what, err := range map[string]error{"write": insert(db, 4), "checkpoint": db.Checkpoint(ctx), "put": putErr} {
		if !errors.Is(err, ErrDiskFull) || err.Error() != ErrDiskFull.Error() {
			t.Errorf("%s: %v", what, err)
		}
	}
	wantSound(t, db, 3)
	if names, err := db.Blobs(); err != nil || len(names) > 0 {
		t.Errorf("the attachment left %v, %v", names, err)
	}
	rec.Heal()
	if err := insert(db, 4); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	wantSound(t, reopen(t, dir, quick()), 4)
}

// TestWritesAfterAFailedSync goes on with a vault after a sync had failed, then
// cuts the power. What the failed sync left in doubt must not take down what was
// acknowledged later.
func TestWritesAfterAFailedSync(t *testing.T) {
	root := t.TempDir()
	rec, err := crash.Record(disk.OS(), root)
	if err != nil {
		t.Fatal(err)
	}
	opt := quick()
	opt.Files = rec
	dir := filepath.Join(root, "vault")
	db := openNew(t, dir, 3, opt)
	rec.Fail(crash.Fault{At: 2, Err: syscall.EIO})
	if err := insert(db, 4); !errors.Is(err, ErrReadOnly) {
		t.Fatalf("the write: %v", err)
	}
	rec.Heal()
	crashed(t, db)
	opt.CheckpointRecords = 1 << 20
	db, err = open(dir, Secret{Passphrase: passphrase}, opt) // without the checkpoint that follows a crash
	if err != nil {
		t.Fatal(err)
	}
	n, err := sound(db)
	if err != nil {
		t.Fatal(err)
	}
	if err := insert(db, n+1); err != nil {
		t.Fatal(err)
	}
	crashed(t, db)
	err = rec.EachPrefix(rec.Len(), func(_ int, d *crash.Disk) error {
		return d.Crash(crash.Classes()[1].Policy).Write(filepath.Join(root, "after"))
	})
	if err != nil {
		t.Fatal(err)
	}
	wantSound(t, reopen(t, filepath.Join(root, "after", "vault"), quick()), n+1)
}

// TestFailedWriteIsTakenBack fails writes that did reach the file, in part or
// whole, and kills the process: the commit that was refused must not be there.
func TestFailedWriteIsTakenBack(t *testing.T) {
	for _, fault := range []crash.Fault{{At: 1, Err: syscall.EIO, Short: true}, {At: 1, Err: syscall.EIO, Done: true}} {
		root := t.TempDir()
		rec, err := crash.Record(fastFiles{disk.OS()}, root)
		if err != nil {
			t.Fatal(err)
		}
		opt := quick()
		opt.Files = rec
		dir := filepath.Join(root, "vault")
		db := openNew(t, dir, 3, opt)
		rec.Fail(fault)
		var failed *DiskError
		if err := insert(db, 4); !errors.As(err, &failed) {
			t.Errorf("%v: %v", fault, err)
		}
		if rec.Heal() == 0 {
			t.Error("nothing failed")
		}
		crashed(t, db)
		db = reopen(t, dir, quick())
		wantSound(t, db, 3)
		if torn := db.Status().TornTail; torn != 0 {
			t.Errorf("%v: %d bytes were left", fault, torn)
		}
	}
}

// TestFailedCommitRestoresMemory looks at the pages themselves, which the engine
// restores whatever SQLite does next.
func TestFailedCommitRestoresMemory(t *testing.T) {
	root := t.TempDir()
	rec, err := crash.Record(fastFiles{disk.OS()}, root)
	if err != nil {
		t.Fatal(err)
	}
	opt := quick()
	opt.Files = rec
	db := openNew(t, filepath.Join(root, "vault"), 3, opt)
	before := bytes.Clone(db.pages.region.mem[:db.pages.size])
	to := (*committer)(db)
	if err := to.write([]byte("changed"), 5000); err != nil {
		t.Fatal(err)
	}
	if err := to.write([]byte("more"), int64(len(before))+9000); err != nil {
		t.Fatal(err)
	}
	rec.Fail(crash.Fault{At: 1, Err: syscall.ENOSPC})
	if code := to.sync(); code != sqliteFull {
		t.Errorf("the sync gave %d", code)
	}
	if !bytes.Equal(db.pages.region.mem[:db.pages.size], before) {
		t.Error("memory is not what it was before")
	}
	wantSound(t, db, 3)
}

// TestOutOfMemory lets a database outgrow its room, which loses nothing.
func TestOutOfMemory(t *testing.T) {
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 3, quick())
	r := db.pages.region
	whole := r.mem
	room := r.committed
	r.mem = whole[:room]
	grow := func() error {
		return db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.Exec("CREATE TABLE big AS SELECT zeroblob(?) AS b", room)
			return err
		})
	}
	if err := grow(); !errors.Is(err, errRegionFull) {
		t.Errorf("got %v", err)
	}
	wantSound(t, db, 3)
	r.mem = whole
	if err := grow(); err != nil {
		t.Error(err)
	}
	wantSound(t, db, 3)
}
