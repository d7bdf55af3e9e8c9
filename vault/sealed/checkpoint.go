package sealed

import (
	"cmp"
	"context"
	"errors"
	"io/fs"

	"casekeep/vault/sealed/disk"
)

// Checkpoint seals the database as it is into a new base with an empty journal.
// Reads and commits go on meanwhile. Until the new base stands in its place the
// old one and its journal are untouched, so an error costs nothing but time;
// the exception is a disk that fails at the exchange itself ([ErrReadOnly]).
//
// Checkpoints also run by themselves once the journal is due, after a crash,
// and at [DB.Close]. Data that was deleted is gone from the folder after one.
func (db *DB) Checkpoint(ctx context.Context) error {
	if err := db.using.begin(); err != nil {
		return err
	}
	defer db.using.done()
	return db.checkpoint(ctx)
}

// checkpoint runs one checkpoint after any that is under way.
func (db *DB) checkpoint(ctx context.Context) error {
	select {
	case <-db.checkpointing:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { db.checkpointing <- struct{}{} }()
	return db.runCheckpoint(ctx)
}

// checkpointSoon starts a checkpoint in the background, unless one runs.
func (db *DB) checkpointSoon() {
	select {
	case <-db.checkpointing:
	default:
		return
	}
	run := func() {
		defer func() { db.checkpointing <- struct{}{} }()
		_ = db.runCheckpoint(context.Background()) // Status tells
	}
	if db.opt.foreground {
		run()
		return
	}
	db.background.Go(run)
}

// due reports whether the journal has grown enough for a checkpoint. After one
// that failed, such as for want of room, it has to grow some more.
func (db *DB) due() bool {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.pages.mu.Lock()
	most := db.opt.checkpointBytes(db.pages.size)
	db.pages.mu.Unlock()
	if db.readOnly != nil || db.journal.end < db.ckptWait {
		return false
	}
	return db.journal.commits >= db.opt.CheckpointRecords || db.journal.end >= most
}

func (db *DB) runCheckpoint(ctx context.Context) error {
	err := db.sealBase(ctx)
	db.mu.Lock()
	defer db.mu.Unlock()
	db.ckptErr, db.ckptWait = err, 0
	if err != nil {
		db.ckptWait = db.journal.end + db.journal.end/4
	}
	return err
}

// A successor is the base and journal that a checkpoint makes. From the moment
// the pages are frozen each commit goes into the present journal, which makes it
// durable, and into the successor's, which will.
type successor struct {
	snapshot *snapshot
	file     disk.File // the base
	base     *baseWriter
	journal  *journal
	failed   error // why the journal could not follow
}

// follow takes a commit in. A failure ends the checkpoint, not the commit.
func (s *successor) follow(k *keys, delta []byte, size int64) {
	if s.failed != nil {
		return
	}
	if s.failed = s.journal.write(k, delta, size); s.failed == nil {
		s.journal.accept()
	}
}

func (db *DB) sealBase(ctx context.Context) error {
	if err := db.writable(); err != nil {
		return err
	}
	next, err := db.beginSuccessor(ctx)
	if err != nil {
		return sealing(err)
	}
	defer db.pages.thaw()
	if err := db.fill(ctx, next); err != nil {
		db.abandon(next)
		return sealing(err)
	}
	if err := db.exchange(next); err != nil {
		return sealing(err)
	}
	return nil
}

// sealing puts a failure into words. Those of the context and the engine's own
// stay as they are.
func sealing(err error) error {
	if isIO(err) && !errors.Is(err, ErrReadOnly) {
		return &DiskError{Doing: "sealing the records", Cause: err}
	}
	return err
}

// beginSuccessor freezes the database at a commit boundary and begins the files
// of its successor.
func (db *DB) beginSuccessor(ctx context.Context) (*successor, error) {
	path := db.path(baseFile + unfinished)
	if err := db.files.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	file, err := db.files.Create(path)
	if err != nil {
		return nil, err
	}
	next := &successor{file: file}
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
	if next.base, err = startBase(next.file, db.keys, next.snapshot.size); err != nil {
		return err
	}
	o := db.journal.opening
	o.generation++
	next.journal, err = startJournal(db.files, db.dir, db.keys, next.base.id, o, db.journal.sequence, next.snapshot.size)
	if err != nil {
		return err
	}
	db.next = next
	return nil
}

// fill writes the frozen database and syncs both files, while commits go on.
func (db *DB) fill(ctx context.Context, next *successor) error {
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
	}
	if err := next.base.finish(); err != nil {
		return err
	}
	return next.journal.file.Sync()
}

// exchange puts the successor in place. The rename of the base is the one
// moment at which the vault changes from the old pair of files to the new:
// before it both new files and their names are durable, and the old journal
// goes only once the rename is.
func (db *DB) exchange(next *successor) error {
	closed := next.file.Close()
	db.mu.Lock()
	defer db.mu.Unlock()
	err := cmp.Or(closed, next.failed)
	if err == nil {
		err = next.journal.file.Sync()
	}
	if err == nil {
		err = db.files.SyncDir(db.dir)
	}
	if err != nil {
		db.abandonLocked(next)
		return err
	}
	err = db.files.Rename(db.path(baseFile+unfinished), db.path(baseFile))
	if err == nil {
		err = db.files.SyncDir(db.dir)
	}
	if err != nil {
		db.next = nil
		_ = next.journal.file.Close()
		return db.giveUpWriting(err)
	}
	old := db.journal
	db.journal, db.next = next.journal, nil
	// A journal that cannot be removed is stale by its name, and swept later.
	_ = old.file.Close()
	_ = db.files.Remove(db.path(old.name))
	return nil
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
