package sealed

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"runtime"

	"casekeep/vault/sealed/disk"
)

// A successor is the base and journal that a checkpoint makes. From the moment
// the pages are frozen each commit goes into the present journal, then into the
// successor's.
type successor struct {
	snapshot *snapshot
	keys     *keys      // what it is sealed to
	file     disk.File  // the base
	stamp    disk.Stamp // of the base, once it is whole
	base     *baseWriter
	journal  *journal
	stage    stage
	failed   error // why the journal could not follow
}

// A stage says what a successor's journal has of each commit. It changes under
// the lock, so between commits alone.
type stage int

const (
	following stage = iota // written; where that fails the checkpoint is given up
	abreast                // written and synced; likewise
	entering               // written and synced, or it is no commit: the next opening may find either base
)

// follow takes a commit in that the present journal has synced. That one comes
// first: while the base is still the present one, no journal goes further than
// its own, as only that of a later base would ([DB.superseded]).
func (db *DB) follow(next *successor, delta []byte, size int64) error {
	if next.failed == nil {
		next.failed = db.appendTo(next, delta, size)
	}
	if next.stage == entering {
		return next.failed
	}
	return nil
}

func (db *DB) appendTo(next *successor, delta []byte, size int64) error {
	if err := next.journal.write(next.keys, delta, size); err != nil {
		return err
	}
	if next.stage >= abreast {
		if err := next.journal.file.Sync(); err != nil {
			return err
		}
	}
	if next.stage == entering {
		if err := db.keepPlace(next.journal); err != nil {
			return err
		}
	}
	next.journal.accept()
	return nil
}

// beginSuccessor freezes the database at a commit boundary and begins the files
// of its successor.
func (db *DB) beginSuccessor(ctx context.Context, k *keys) (*successor, error) {
	path := db.path(baseFile + unfinished)
	if err := db.files.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	file, err := db.files.Create(path)
	if err != nil {
		return nil, err
	}
	next := &successor{keys: k, file: file}
	if err := db.freeze(ctx, next); err != nil {
		db.abandon(next)
		return nil, err
	}
	return next, nil
}

func (db *DB) freeze(ctx context.Context, next *successor) (err error) {
	if err := db.gate.enter(ctx, false); err != nil {
		return err
	}
	defer db.gate.leave(false)
	db.mu.Lock()
	defer db.mu.Unlock()
	if next.snapshot, err = db.pages.freeze(); err != nil {
		return err
	}
	if next.base, err = startBase(next.file, next.keys, next.snapshot.size); err != nil {
		return err
	}
	o := db.journal.opening
	o.generation++
	next.journal, err = startJournal(db.files, db.dir, next.keys, next.base.id, o, db.journal.sequence, next.snapshot.size)
	if err != nil {
		return err
	}
	db.next = next
	return nil
}

// syncStep is how much of a base is written between syncs, in bytes. One sync at
// the end would make a commit beside it wait while all of it is flushed: behind it
// in the disk's queue, or, where the journal has to grow, since file systems flush
// what belongs to their present transaction together.
const syncStep = 2 << 20

// fill writes the frozen database and syncs both files and their names, while
// commits go on.
func (db *DB) fill(ctx context.Context, next *successor, wrote func(n int64)) error {
	buf := make([]byte, ageChunk)
	defer wipe(buf)
	for at := int64(0); at < next.snapshot.size; at += ageChunk {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := buf[:min(ageChunk, next.snapshot.size-at)]
		db.pages.read(next.snapshot, b, at)
		if _, err := next.base.seal.Write(b); err != nil {
			return err
		}
		if wrote != nil {
			wrote(int64(len(b)))
		}
		if (at+ageChunk)%syncStep != 0 {
			continue
		}
		if err := next.file.Sync(); err != nil {
			return err
		}
	}
	if err := next.base.finish(); err != nil {
		return err
	}
	if err := next.journal.file.Sync(); err != nil {
		return err
	}
	return db.files.SyncDir(db.dir)
}

// exchange puts the successor in place while commits go on. The blocks of the
// old base, which may be many, are freed once the last handle on it is closed.
func (db *DB) exchange(next *successor) error {
	if err := db.prepare(next); err != nil {
		db.abandon(next)
		return err
	}
	defer db.holdBase()()
	old, err := db.swap(next)
	if err != nil {
		return err
	}
	// A journal that cannot be removed is stale by its name, and swept later.
	_ = old.file.Close()
	_ = db.files.Remove(db.path(old.name))
	return nil
}

// prepare makes all of the successor as durable as what it succeeds, and has it
// stay so. First each commit that comes is synced in both journals, then, by one
// more sync, those that came before are.
func (db *DB) prepare(next *successor) (err error) {
	if err := db.advance(next, abreast); err != nil {
		return err
	}
	if err := next.journal.file.Sync(); err != nil {
		return err
	}
	if next.stamp, err = next.file.Stamp(); err != nil {
		return err
	}
	if err := next.file.Close(); err != nil { // or Windows would not rename it
		return err
	}
	if err := db.keepStrange(); err != nil {
		return err
	}
	return db.advance(next, entering)
}

// advance begins a stage, unless the successor has failed or is in vain.
func (db *DB) advance(next *successor, to stage) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := cmp.Or(next.failed, db.readOnly); err != nil {
		return err
	}
	if to == entering {
		if err := db.keepPlace(next.journal); err != nil {
			return err
		}
		db.place.strange = false // what is there is kept, and about to be replaced
	}
	next.stage = to
	return nil
}

// holdBase keeps a handle on the base, where files that are open can be
// replaced, and gives what ends that.
func (db *DB) holdBase() (end func()) {
	if runtime.GOOS == "windows" {
		return func() {}
	}
	base, err := db.files.Open(db.path(baseFile))
	if err != nil {
		return func() {} // commits wait a little longer
	}
	return func() { _ = base.Close() }
}

// swap makes the vault go over to the successor and gives the journal that was.
// The rename of the base is the one moment at which it does: before it both new
// files and their names are durable, and the old journal goes only once the
// rename is. Until then nobody can tell which base a power loss leaves, and
// each commit is synced in the journals of both.
func (db *DB) swap(next *successor) (old *journal, err error) {
	err = db.files.Rename(db.path(baseFile+unfinished), db.path(baseFile))
	if err == nil {
		err = db.files.SyncDir(db.dir)
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.next = nil
	if err != nil && db.readOnly == nil {
		_ = db.giveUpWriting(err)
	}
	if db.readOnly != nil {
		_ = next.journal.file.Close()
		return nil, db.readOnly
	}
	old = db.journal
	db.journal = next.journal
	db.settleLocked(next.keys)
	db.place.base = next.stamp
	return old, nil
}

// abandon gives the successor up; the present base and journal go on. A file
// that cannot be removed is swept later.
func (db *DB) abandon(next *successor) {
	db.mu.Lock()
	db.next = nil
	db.mu.Unlock()
	db.pages.thaw()
	_ = next.file.Close()
	_ = db.files.Remove(db.path(baseFile + unfinished))
	if next.journal != nil {
		_ = next.journal.file.Close()
		_ = db.files.Remove(db.path(next.journal.name))
	}
}
