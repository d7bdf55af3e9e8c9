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
// the pages are frozen each commit goes into the present journal, which makes it
// durable, and into the successor's, which will.
type successor struct {
	snapshot *snapshot
	keys     *keys     // what it is sealed to
	file     disk.File // the base
	base     *baseWriter
	journal  *journal
	failed   error // why the journal could not follow
}

// follow takes a commit in. A failure ends the checkpoint, not the commit.
func (s *successor) follow(delta []byte, size int64) {
	if s.failed != nil {
		return
	}
	if s.failed = s.journal.write(s.keys, delta, size); s.failed == nil {
		s.journal.accept()
	}
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
const syncStep = 8 << 20

// fill writes the frozen database and syncs both files, while commits go on.
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
	return next.journal.file.Sync()
}

// exchange puts the successor in place. What can be done without commits having
// to wait is done before and after: the blocks of the old base, which may be
// many, are freed once the last handle on it is closed.
func (db *DB) exchange(next *successor) error {
	base, _ := next.file.Stamp()
	closed := next.file.Close()
	defer db.holdBase()()
	old, err := db.swap(next, base, cmp.Or(closed, db.keepStrange()))
	if err != nil {
		return err
	}
	// A journal that cannot be removed is stale by its name, and swept later.
	_ = old.file.Close()
	_ = db.files.Remove(db.path(old.name))
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
// rename is.
func (db *DB) swap(next *successor, base disk.Stamp, closed error) (old *journal, err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	err = cmp.Or(closed, next.failed)
	if err == nil {
		err = next.journal.file.Sync()
	}
	if err == nil {
		err = db.files.SyncDir(db.dir)
	}
	if err != nil {
		db.abandonLocked(next)
		return nil, err
	}
	err = db.files.Rename(db.path(baseFile+unfinished), db.path(baseFile))
	if err == nil {
		err = db.files.SyncDir(db.dir)
	}
	if err != nil {
		db.next = nil
		_ = next.journal.file.Close()
		return nil, db.giveUpWriting(err)
	}
	old = db.journal
	db.journal, db.next = next.journal, nil
	db.settleLocked(next.keys)
	db.markJournal()
	db.markBase(base)
	return old, nil
}

// abandon gives the successor up; the present base and journal go on.
func (db *DB) abandon(next *successor) {
	_ = next.file.Close()
	db.mu.Lock()
	defer db.mu.Unlock()
	db.pages.thaw()
	db.abandonLocked(next)
}

// abandonLocked removes the successor's files. One that cannot be removed is
// swept later.
func (db *DB) abandonLocked(next *successor) {
	db.next = nil
	_ = db.files.Remove(db.path(baseFile + unfinished))
	if next.journal != nil {
		_ = next.journal.file.Close()
		_ = db.files.Remove(db.path(next.journal.name))
	}
}
