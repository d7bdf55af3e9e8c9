package sealed

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// TestCheckpointBesideLargeCommits changes all of a database of some megabytes
// while a checkpoint copies it. The new base must hold the state before, and
// with its journal the state after.
func TestCheckpointBesideLargeCommits(t *testing.T) {
	root := t.TempDir()
	rec, err := crash.Record(fastFiles{disk.OS()}, root)
	if err != nil {
		t.Fatal(err)
	}
	opt := quick()
	opt.Files = rec
	dir := filepath.Join(root, "vault")
	db := openNew(t, dir, 0, opt)
	run := func(s string) {
		t.Helper()
		err := db.Maintain(ctx, func(conn *sql.Conn) error {
			_, err := conn.ExecContext(ctx, s)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	run(`CREATE TABLE bulk(id INTEGER PRIMARY KEY, v BLOB);
		WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 5000) INSERT INTO bulk SELECT i, randomblob(900) FROM c;
		CREATE TABLE sums(a, b); INSERT INTO sums SELECT sum(length(v)), hex(max(v)) FROM bulk`)
	commits := 0
	rec.Before(func(op crash.Op) {
		if op.Kind != crash.Write || filepath.Base(op.Path) != baseFile+unfinished || commits > 0 {
			return
		}
		commits++
		err := db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.Exec("UPDATE bulk SET v = randomblob(700); DELETE FROM bulk WHERE id % 3 = 0; UPDATE sums SET (a, b) = (SELECT sum(length(v)), hex(max(v)) FROM bulk)")
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
	if err := db.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	rec.Before(nil)
	if s := db.Status(); s.JournalRecords != commits || commits == 0 {
		t.Fatalf("%d commits beside the checkpoint, %+v", commits, s)
	}
	crashed(t, db)
	base, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	agrees := func(what, dir string) {
		t.Helper()
		db := reopen(t, dir, quick())
		defer db.Close()
		wantSound(t, db, 0)
		err := db.Read(ctx, func(tx *sql.Tx) error {
			var same bool
			err := tx.QueryRow("SELECT (a, b) = (SELECT sum(length(v)), hex(max(v)) FROM bulk) FROM sums").Scan(&same)
			if err == nil && !same {
				err = errors.New("the content is not of one moment")
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	// The base alone, as it was frozen: its journal cut back to the opening.
	name := onlyJournal(t, base)
	frames, _, err := splitFrames(base.Files[name])
	if err != nil {
		t.Fatal(err)
	}
	alone := filepath.Join(root, "alone")
	if err := withFile(base, name, base.Files[name][:frames[1].at]).Write(alone); err != nil {
		t.Fatal(err)
	}
	agrees("the base alone", alone)
	agrees("with its journal", dir)
}

// TestJournalStartsCheckpoints checks both limits.
func TestJournalStartsCheckpoints(t *testing.T) {
	for what, set := range map[string]func(*Options){
		"records": func(o *Options) { o.CheckpointRecords = 5 },
		"bytes":   func(o *Options) { o.CheckpointBytes = 12 << 10 },
	} {
		opt := quick()
		set(&opt)
		db := openNew(t, filepath.Join(t.TempDir(), "vault"), 0, opt)
		for n := 1; n <= 20; n++ {
			if err := insert(db, n); err != nil {
				t.Fatal(err)
			}
			s := db.Status()
			if what == "records" && s.JournalRecords >= 5 || what == "bytes" && s.JournalBytes >= 16<<10 {
				t.Errorf("%s: the journal grew to %+v", what, s)
			}
		}
		if g := db.Status().Position.Generation; g < 3 || g > 12 {
			t.Errorf("%s: %d checkpoints for 20 commits", what, g-1)
		}
	}
}

func TestIdleStartsACheckpoint(t *testing.T) {
	opt := quick()
	opt.foreground = false
	opt.CheckpointIdle = 30 * time.Millisecond
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 3, opt)
	for end := time.Now().Add(10 * time.Second); db.Status().JournalRecords > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the journal was not sealed")
		}
	}
	before := db.Status().Position
	time.Sleep(100 * time.Millisecond)
	if after := db.Status().Position; after != before {
		t.Errorf("it was sealed again with nothing new: %v, then %v", before, after)
	}
}

// TestFailedCheckpoint goes on with the old base, says why, and does not try
// again with every commit.
func TestFailedCheckpoint(t *testing.T) {
	root := t.TempDir()
	rec, err := crash.Record(fastFiles{disk.OS()}, root)
	if err != nil {
		t.Fatal(err)
	}
	opt := quick()
	opt.Files = rec
	opt.CheckpointRecords = 10
	dir := filepath.Join(root, "vault")
	db := openNew(t, dir, 8, opt)
	attempts := 0
	refuse := func(op crash.Op) {
		if op.Kind == crash.Create && strings.HasSuffix(op.Path, baseFile+unfinished) {
			attempts++
			rec.Fail(crash.Fault{At: 1, Err: syscall.ENOSPC})
		}
	}
	rec.Before(refuse)
	for n := 9; n <= 30; n++ {
		if err := insert(db, n); err != nil {
			t.Fatal(err)
		}
	}
	if attempts < 2 || attempts > 8 {
		t.Errorf("%d attempts over 20 commits", attempts)
	}
	if s := db.Status(); !errors.Is(s.Checkpoint, ErrDiskFull) || s.ReadOnly != nil || s.JournalRecords < 20 {
		t.Errorf("%+v", s)
	}
	rec.Before(nil)
	rec.Heal()
	if err := db.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	if s := db.Status(); s.Checkpoint != nil || s.JournalRecords != 0 {
		t.Errorf("%+v", s)
	}
	wantSound(t, db, 30)
}

// TestCanceledCheckpoint leaves no files.
func TestCanceledCheckpoint(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 5, quick())
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	if err := db.Checkpoint(canceled); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	im, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(im.Files) != 6 {
		t.Errorf("%d files are there", len(im.Files))
	}
	if err := insert(db, 6); err != nil {
		t.Error(err)
	}
	wantSound(t, db, 6)
}

// TestDeletedDataIsGone looks for deleted text in the decrypted base after a
// checkpoint.
func TestDeletedDataIsGone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 50, quick())
	err := db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec("INSERT INTO said(said, rowid, text) SELECT 'delete', id, text FROM entries WHERE id > 10; DELETE FROM entries WHERE id > 10")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	base, err := openBase(db.files, dir, db.ring)
	if err != nil {
		t.Fatal(err)
	}
	defer base.file.Close()
	plain := make([]byte, base.size)
	if bad := decryptChunks(base.plain, plain, mostDamage); bad != nil {
		t.Fatal(bad)
	}
	if strings.Contains(string(plain), text(30)) || !strings.Contains(string(plain), text(7)) {
		t.Error("a deleted entry is still in the base, or a kept one is not")
	}
}
