package sealed

import (
	"context"
	"errors"
	"time"
)

// Checkpoint seals the database as it is into a new base with an empty journal.
// Reads and commits go on meanwhile. Until the new base stands in its place the
// old one and its journal are untouched, so an error costs nothing but time;
// the exception is a disk that fails at the exchange itself ([ErrReadOnly]).
//
// Checkpoints also run by themselves once the journal is due, after a while
// without a commit, after a crash, and at [DB.Close]. Data that was deleted is gone from the folder after one.
func (db *DB) Checkpoint(ctx context.Context) error {
	if err := db.using.begin(); err != nil {
		return err
	}
	defer db.using.done()
	if db.alone {
		return nil
	}
	return db.checkpoint(ctx)
}

// checkpoint runs one checkpoint after any that is under way.
func (db *DB) checkpoint(ctx context.Context) error {
	end, err := db.holdCheckpoints(ctx)
	if err != nil {
		return err
	}
	defer end()
	if err := db.runCheckpoint(ctx, db.active(), nil); err != nil {
		return err
	}
	db.renewReadme()
	return nil
}

// holdCheckpoints waits for the one that is under way, and lets no other begin
// until end is called.
func (db *DB) holdCheckpoints(ctx context.Context) (end func(), err error) {
	select {
	case <-db.checkpointing:
		return func() { db.checkpointing <- struct{}{} }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
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
		_ = db.runCheckpoint(context.Background(), db.active(), nil) // Status tells
	}
	if db.opt.foreground {
		run()
		return
	}
	db.background.Go(run)
}

// afterOpening is how long a vault is used before what a crash left in its
// journal is sealed, so that this is not in the way of whoever opened it.
const afterOpening = 3 * time.Second

// checkpointReplayed has what opening took from the journal sealed.
func (db *DB) checkpointReplayed() {
	if db.opt.foreground {
		db.checkpointSoon()
		return
	}
	db.replay.Reset(afterOpening)
}

// afterCommit starts a checkpoint if the journal is due, else makes sure that
// one follows once nothing happens for a while.
func (db *DB) afterCommit() {
	if db.alone {
		return
	}
	if db.due() {
		db.checkpointSoon()
	} else if db.opt.CheckpointIdle > 0 {
		db.idle.Reset(db.opt.CheckpointIdle)
	}
}

// checkpointIdle seals what the journal holds.
func (db *DB) checkpointIdle() {
	if db.using.begin() != nil {
		return
	}
	defer db.using.done()
	if s := db.status(); s.ReadOnly == nil && s.JournalRecords > 0 {
		db.checkpointSoon()
	}
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

// runCheckpoint seals the database to k, which becomes the vault's key with the
// rename of the base. wrote, unless nil, is told of bytes.
func (db *DB) runCheckpoint(ctx context.Context, k *keys, wrote func(n int64)) error {
	err := db.sealBase(ctx, k, wrote)
	db.mu.Lock()
	defer db.mu.Unlock()
	db.ckptErr, db.ckptWait = err, 0
	if err != nil {
		db.ckptWait = db.journal.end + db.journal.end/4
	}
	return err
}

func (db *DB) sealBase(ctx context.Context, k *keys, wrote func(n int64)) error {
	if err := db.writable(); err != nil {
		return err
	}
	next, err := db.beginSuccessor(ctx, k)
	if err != nil {
		return sealing(err)
	}
	defer db.pages.thaw()
	if err := db.fill(ctx, next, wrote); err != nil {
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
