package sealed

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// besideExchange runs a checkpoint and f at one of its moments: the close of the
// new base, its rename, or the sync of the rename.
func besideExchange(db *DB, rec *crash.Recorder, moment crash.Kind, f func()) error {
	renamed, done := false, false
	rec.Before(func(op crash.Op) {
		ours := filepath.Base(op.Path) == baseFile+unfinished || op.Kind == crash.SyncDir && renamed
		renamed = renamed || ours && op.Kind == crash.Rename
		if ours && !done && op.Kind == moment {
			done = true
			f()
		}
	})
	defer rec.Before(nil)
	return db.Checkpoint(ctx)
}

// TestCommitInOneJournalAlone lets a commit beside an exchange fail in either
// journal, at each of its stages.
func TestCommitInOneJournalAlone(t *testing.T) {
	const ( // the operations of such a commit
		oldWrite = iota + 1
		oldSync
		newWrite
		newSync
	)
	type outcome struct {
		commit   error // nil: it went through
		readOnly bool
		sealed   bool
	}
	full := outcome{commit: ErrDiskFull, sealed: true}
	doubt := outcome{commit: ErrReadOnly, readOnly: true}
	givenUp := outcome{}
	for moment, want := range map[crash.Kind]map[int]outcome{
		crash.Close:   {oldWrite: full, oldSync: doubt, newWrite: givenUp, newSync: givenUp},
		crash.Rename:  {oldWrite: full, oldSync: doubt, newWrite: doubt, newSync: doubt},
		crash.SyncDir: {oldWrite: full, oldSync: doubt, newWrite: doubt, newSync: doubt},
	} {
		for at, want := range want {
			what := fmt.Sprintf("%v, operation %d", moment, at)
			l := newLedger(crash.RecordMemory(crash.NewMemory(crash.Image{}, memoryDisk)))
			opt := quick()
			opt.Files = l.rec
			db := openNew(t, memoryVault, 0, opt)
			l.create = l.rec.Len()
			for n := 1; n <= 3; n++ {
				if err := l.insert(db, n); err != nil {
					t.Fatal(err)
				}
			}
			var commit error
			sealed := besideExchange(db, l.rec, moment, func() {
				fault := crash.Fault{At: at, Err: syscall.EIO}
				if at == oldWrite || at == newWrite {
					fault = crash.Fault{At: at, Err: syscall.ENOSPC, Short: true}
				}
				l.rec.Fail(fault)
				commit = l.do(act{entries: 4}, func() error { return insert(db, 4) })
				if l.rec.Heal() == 0 {
					t.Errorf("%s: nothing failed", what)
				}
			})
			if !errors.Is(commit, want.commit) {
				t.Errorf("%s: the commit gave %v", what, commit)
			}
			if (sealed == nil) != want.sealed || readable(sealed) != nil {
				t.Errorf("%s: the checkpoint gave %v", what, sealed)
			}
			if err := oneJournal(l.rec, memoryVault); moment == crash.Close && err != nil {
				t.Errorf("%s: %v", what, err) // the exchange was not to begin
			}
			entries := 3
			if want.commit == nil {
				entries = 4
			}
			wantSound(t, db, entries)
			if got := db.Status().ReadOnly != nil; got != want.readOnly {
				t.Fatalf("%s: read-only: %v", what, got)
			}
			if !want.readOnly {
				if err := errors.Join(l.insert(db, entries+1), db.Checkpoint(ctx)); err != nil {
					t.Errorf("%s: going on: %v", what, err)
				}
			}
			crashed(t, db)
			if err := l.survivesPowerLoss(); err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
}

// TestExchangeInDoubt has the sync of the rename fail with commits beside it:
// both bases have all of them.
func TestExchangeInDoubt(t *testing.T) {
	l := newLedger(crash.RecordMemory(crash.NewMemory(crash.Image{}, memoryDisk)))
	opt := quick()
	opt.Files = l.rec
	db := openNew(t, memoryVault, 0, opt)
	l.create = l.rec.Len()
	sealed := besideExchange(db, l.rec, crash.SyncDir, func() {
		for n := 1; n <= 3; n++ {
			if err := l.insert(db, n); err != nil {
				t.Error(err)
			}
		}
		l.rec.Fail(crash.Fault{At: 1, Err: syscall.EIO})
	})
	l.rec.Heal()
	if err := insert(db, 4); !errors.Is(sealed, ErrReadOnly) || !errors.Is(err, ErrReadOnly) {
		t.Errorf("the checkpoint gave %v, a commit %v", sealed, err)
	}
	crashed(t, db)
	if err := l.survivesPowerLoss(); err != nil {
		t.Error(err)
	}
}

// TestExchangeIsNotCut cancels a checkpoint, and locks the vault, while the new
// base takes its place: it goes through.
func TestExchangeIsNotCut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	rec, err := crash.Record(fastFiles{disk.OS()}, filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	opt := quick()
	opt.Files = rec
	db := openNew(t, dir, 3, opt)
	within, cancel := context.WithCancel(ctx)
	closed := make(chan error, 1)
	rec.Before(func(op crash.Op) {
		if op.Kind != crash.Rename || within.Err() != nil {
			return
		}
		cancel()
		go func() { closed <- db.Close() }()
		for db.using.begin() == nil { // until it has begun to close
			db.using.done()
			time.Sleep(time.Millisecond)
		}
	})
	if err := db.Checkpoint(within); err != nil {
		t.Error(err)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	rec.Before(nil)
	db = reopen(t, dir, quick())
	wantSound(t, db, 3)
	if s := db.Status(); s.Replayed > 0 {
		t.Errorf("%+v", s)
	}
}

// TestMeddlingWithAnExchange replaces files while a new base takes its place. A
// commit that comes after, and before all is over, is not lost.
func TestMeddlingWithAnExchange(t *testing.T) {
	older, _ := aVault(t, 2, 1)
	replace := func(name func(m *meddled, db *DB) string) func(*meddled, *DB) error {
		return func(m *meddled, db *DB) error {
			content, err := os.ReadFile(m.path(name(m, db)))
			if err != nil {
				return err
			}
			return m.put(name(m, db), content)
		}
	}
	remove := func(name func(m *meddled, db *DB) string) func(*meddled, *DB) error {
		return func(m *meddled, db *DB) error { return os.Remove(m.path(name(m, db))) }
	}
	base := func(*meddled, *DB) string { return baseFile }
	present := func(_ *meddled, db *DB) string { return db.journal.name }
	coming := func(_ *meddled, db *DB) string { return db.next.journal.name }
	for what, meddle := range map[string]func(*meddled, *DB) error{
		"the present journal is removed":       remove(present),
		"the present journal is replaced":      replace(present),
		"the coming journal is removed":        remove(coming),
		"the coming journal is replaced":       replace(coming),
		"the base is removed":                  remove(base),
		"the base is replaced by itself":       replace(base),
		"the base is replaced by an older one": func(m *meddled, _ *DB) error { return m.put(baseFile, m.older.Files[baseFile]) },
		"the lock is removed, and both journals": func(m *meddled, db *DB) error {
			return errors.Join(os.Remove(m.path(lockFile)), remove(present)(m, db), remove(coming)(m, db))
		},
	} {
		for _, moment := range []crash.Kind{crash.Close, crash.Rename, crash.SyncDir} {
			if err := meddleBeside(t, older, moment, meddle); err != nil {
				t.Errorf("%s, %v: %v", what, moment, err)
			}
		}
	}
}

func meddleBeside(t *testing.T, older crash.Image, moment crash.Kind, meddle func(*meddled, *DB) error) error {
	m := &meddled{dir: filepath.Join(scratch(t), "vault"), older: older}
	if err := older.Write(m.dir); err != nil {
		return err
	}
	rec, err := crash.Record(fastFiles{disk.OS()}, filepath.Dir(m.dir))
	if err != nil {
		return err
	}
	opt := quick()
	opt.Files = rec
	db, err := Open(m.dir, passphrase, opt) // a checkpoint follows the crash: a base and a journal of other names
	if err != nil {
		return err
	}
	n, err := sound(db)
	if err != nil {
		return err
	}
	var committed error
	sealed := besideExchange(db, rec, moment, func() {
		commit := func() error { return db.write(ctx, func(tx *sql.Tx) error { return insertTx(tx, n+1) }) }
		committed = errors.Join(meddle(m, db), commit())
	})
	// What Write does next has to wait for the end of the checkpoint.
	if err := errors.Join(sealed, committed, db.sealAgain()); err != nil {
		return err
	}
	if err := m.holdsNow(filepath.Join(scratch(t), "vault"), n+1); err != nil {
		return err
	}
	before := db.Status().Position.Generation
	if n++; insert(db, n+1) != nil || db.Status().Position.Generation != before {
		return fmt.Errorf("it was not put right: %+v", db.Status())
	}
	if err := m.end(db, rand.IntN(2) == 0); err != nil {
		return err
	}
	return m.holds(n + 1)
}

// holdsNow is holds for a process that is killed now: of a copy of the folder.
func (m *meddled) holdsNow(dir string, acked int) error {
	im, err := crash.ReadImage(m.dir)
	if err == nil {
		err = im.Write(dir)
	}
	if err != nil {
		return err
	}
	return (&meddled{dir: dir}).holds(acked)
}
