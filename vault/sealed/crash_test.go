package sealed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// A ledger knows what a vault was told and what it promised, by the number of
// operations that the disk had seen by then.
type ledger struct {
	rec    *crash.Recorder
	acts   []act
	blobs  map[string]string // name to content
	create int               // when Create returned
	left   crash.Image       // what a life that met a fault left on the disk
}

func newLedger(rec *crash.Recorder) *ledger {
	return &ledger{rec: rec, blobs: map[string]string{}, create: math.MaxInt}
}

// act is a promise: entry number entries, or the blob, is durable (or gone).
type act struct {
	begun, acked int // log lengths; acked -1: never
	entries      int
	put, removed string // a blob's name
}

func (l *ledger) do(a act, f func() error) error {
	a.begun, a.acked = l.rec.Len(), -1
	l.acts = append(l.acts, a)
	i := len(l.acts) - 1
	if err := f(); err != nil {
		return err
	}
	l.acts[i].acked = l.rec.Len()
	return nil
}

// bounds gives the fewest and the most entries that a disk may hold which saw n
// operations.
func (l *ledger) bounds(n int) (least, most int) {
	for _, a := range l.acts {
		if a.entries == 0 {
			continue
		}
		if a.acked >= 0 && a.acked <= n {
			least = max(least, a.entries)
		}
		if a.begun <= n {
			most = max(most, a.entries)
		}
	}
	return least, most
}

// promised gives the blobs that must be there after n operations.
func (l *ledger) promised(n int) map[string]bool {
	names := map[string]bool{}
	for _, a := range l.acts {
		if a.put != "" && a.acked >= 0 && a.acked <= n {
			names[a.put] = true
		}
		if a.removed != "" && a.begun <= n {
			delete(names, a.removed)
		}
	}
	return names
}

// insert commits entry n. Where that fails, the database must be as before, and
// unless it is read-only now, as after a failed sync, a second attempt is due to
// work.
func (l *ledger) insert(db *DB, n int) error {
	put := func() error { return insert(db, n) }
	err := l.do(act{entries: n}, put)
	if err == nil {
		return nil
	}
	if got, unsound := sound(db); unsound != nil || got != n-1 {
		panic(fmt.Sprintf("%d entries after commit %d failed with %v: %v", got, n, err, unsound))
	}
	if db.Status().ReadOnly != nil {
		return err
	}
	if failed := l.rec.LastFailed(); failed.Kind == crash.Sync && journalPattern.MatchString(filepath.Base(failed.Path)) {
		panic(fmt.Sprintf("writable after the sync of %s failed: %v", failed.Path, err))
	}
	return l.do(act{entries: n}, put)
}

func (l *ledger) put(db *DB, content string) (name string, err error) {
	err = l.do(act{}, func() error {
		b, err := db.PutBlob(ctx, bytes.NewReader([]byte(content)))
		name = b.Name
		return err
	})
	if err == nil {
		l.acts[len(l.acts)-1].put = name
		l.blobs[name] = content
	}
	return name, err
}

// live is a small life of a vault that passes every kind of moment: creation, a
// migration, entries, an attachment, a checkpoint with commits beside it, one
// that the journal's length starts, a removal, closing, opening, a crash, and
// the recovery from it.
func (l *ledger) live(dir string, opt Options) error {
	db, err := Create(dir, passphrase, opt)
	if err != nil {
		return err
	}
	defer db.Close()
	l.create = l.rec.Len()
	if err := migrate(db); err != nil {
		return err
	}
	for n := 1; n <= 4; n++ {
		if err := l.insert(db, n); err != nil {
			return err
		}
	}
	name, err := l.put(db, "a picture")
	if err != nil {
		return err
	}
	if err := l.checkpointBesideCommits(db, 5, 10); err != nil {
		return err
	}
	for n := 11; n <= 14; n++ {
		if err := l.insert(db, n); err != nil {
			return err
		}
	}
	if err := l.do(act{removed: name}, func() error { return db.RemoveBlob(name) }); err != nil {
		return err
	}
	if _, err := l.put(db, "another picture"); err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	return l.liveOn(dir, opt)
}

func (l *ledger) liveOn(dir string, opt Options) error {
	db, err := Open(dir, passphrase, opt)
	if err != nil {
		return err
	}
	for n := 15; n <= 17; n++ {
		if err := l.insert(db, n); err != nil {
			return errors.Join(err, db.Close())
		}
	}
	db.using.end() // killed here
	if err := db.release(); err != nil {
		return err
	}
	if db, err = Open(dir, passphrase, opt); err != nil {
		return err
	}
	return errors.Join(l.insert(db, 18), db.Close())
}

// checkpointBesideCommits runs a checkpoint and commits entries beside it: as it
// writes the base, once both its files were synced, once commits are synced in
// both journals, and ahead of the rename of the base and of the sync of that.
func (l *ledger) checkpointBesideCommits(db *DB, from, to int) error {
	var failed error
	next := from
	moments := []crash.Kind{crash.Write, crash.Write, crash.SyncDir, crash.Close, crash.Rename, crash.SyncDir}
	l.rec.Before(func(op crash.Op) {
		for failed == nil && len(moments) > 0 && op.Kind == moments[0] {
			if op.Kind != crash.SyncDir && filepath.Base(op.Path) != baseFile+unfinished {
				return
			}
			moments = moments[1:]
			failed = l.insert(db, next)
			next++
		}
	})
	defer l.rec.Before(nil)
	if err := errors.Join(db.Checkpoint(ctx), failed); err != nil {
		return err
	}
	if next <= to {
		return errors.New("the checkpoint left no moment for commits")
	}
	return nil
}

// recorded lives a life on a recorded disk.
func recorded(t *testing.T, opt Options) *ledger {
	t.Helper()
	root := t.TempDir()
	rec, err := crash.Record(fastFiles{disk.OS()}, root)
	if err != nil {
		t.Fatal(err)
	}
	l := newLedger(rec)
	opt.Files = rec
	if err := l.live(filepath.Join(root, "vault"), opt); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestPowerLoss(t *testing.T) {
	opt := quick()
	opt.CheckpointRecords = 6
	l := recorded(t, opt)
	states, err := l.rec.PowerLoss(crash.PowerLosses{
		To: l.rec.Len(), States: crash.Scale(5000, 100_000),
		Promise: func(n int) string { return fmt.Sprint(l.bounds(n)) + fmt.Sprint(l.promised(n)) },
	}, func(s crash.State) error {
		return l.survivesIn(s.Image, s.Operations, s.Number%8 == 0)
	})
	if err != nil {
		t.Fatal(err)
	}
	crash.Tally(t, "power loss", states)
}

// survives opens what a crash after n operations left, and checks it against
// what was promised by then. Thorough also checks that Verify agrees before, and
// that life goes on after.
func (l *ledger) survives(dir string, opt Options, n int, thorough bool) error {
	if thorough && n >= l.create {
		report, err := Verify(ctx, dir, passphrase, opt)
		if err != nil || len(report.Problems) > 0 {
			return errors.Join(err, fmt.Errorf("verify found %v", report.Problems))
		}
	}
	db, err := Open(dir, passphrase, opt)
	if n < l.create && (errors.Is(err, ErrNotVault) || missingBase(err)) {
		return nil
	}
	if err != nil {
		return err
	}
	defer db.Close()
	if err := errors.Join(l.holds(db, n), oneJournal(opt.Files, dir)); err != nil {
		return err
	}
	if !thorough || n < l.create {
		return nil
	}
	return livesOn(db, dir, opt)
}

// oneJournal checks that of the journals in the folder those are gone that are
// not the base's.
func oneJournal(files Files, dir string) error {
	names, err := files.List(dir)
	names = slices.DeleteFunc(names, func(name string) bool { return !journalPattern.MatchString(name) })
	if len(names) != 1 {
		return errors.Join(err, fmt.Errorf("%d journals are left", len(names)))
	}
	return err
}

// missingBase recognizes a creation that was cut off between its last two
// renames.
func missingBase(err error) bool {
	var damage *DamagedError
	return errors.As(err, &damage) && damage.File == baseFile && damage.Reason == "it is missing"
}

func (l *ledger) holds(db *DB, n int) error {
	if s := db.Status(); s.ReadOnly != nil {
		return s.ReadOnly
	}
	got, err := sound(db)
	if err != nil {
		return err
	}
	if least, most := l.bounds(n); got < least || got > most {
		return fmt.Errorf("%d entries, which should be %d to %d", got, least, most)
	}
	for name := range l.promised(n) {
		r, err := db.OpenBlob(name)
		if err != nil {
			return err
		}
		content, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil || string(content) != l.blobs[name] {
			return errors.Join(err, fmt.Errorf("attachment %s holds %q", name, content))
		}
	}
	return nil
}

// livesOn writes to a recovered vault and opens it once more.
func livesOn(db *DB, dir string, opt Options) error {
	n, err := sound(db)
	if err != nil {
		return err
	}
	if err := migrateOnce(db); err != nil {
		return err
	}
	if err := insert(db, n+1); err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	again, err := Open(dir, passphrase, opt)
	if err != nil {
		return err
	}
	defer again.Close()
	if err := searchable(again); err != nil {
		return err
	}
	if got, err := sound(again); err != nil || got != n+1 {
		return errors.Join(err, fmt.Errorf("%d entries after a recovery, not %d", got, n+1))
	}
	return nil
}
