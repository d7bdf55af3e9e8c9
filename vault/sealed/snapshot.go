package sealed

import (
	"context"
	"database/sql"
	"io"
)

// Image is a database as of one commit: an SQLite file's content.
type Image interface {
	io.ReaderAt
	Size() int64 // in bytes
}

// Snapshot freezes the database at a commit boundary. note runs in a read
// transaction that sees exactly the frozen state (nil: no need), then fn reads
// the image, from any goroutine, while reads and commits go on. The image is
// gone once fn has returned.
//
// Checkpoints and other snapshots wait meanwhile, and attachments that are
// removed stay on the disk until the end, so that fn finds in the folder what
// the frozen state refers to.
func (db *DB) Snapshot(ctx context.Context, note func(tx *sql.Tx) error, fn func(Image) error) error {
	if err := db.using.begin(); err != nil {
		return err
	}
	defer db.using.done()
	if err := db.snapshot(ctx, note, fn); err != nil {
		return err
	}
	db.afterCommit() // a checkpoint may have become due
	return nil
}

func (db *DB) snapshot(ctx context.Context, note func(tx *sql.Tx) error, fn func(Image) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	end, err := db.holdCheckpoints(ctx)
	if err != nil {
		return err
	}
	defer end()
	defer db.removeLeaving()
	image, err := db.still(ctx, note)
	if err != nil {
		return err
	}
	defer db.pages.thaw()
	return fn(image)
}

// still freezes the pages in the state that note sees. Removals are kept back
// from before: one that follows a commit beside it comes too late to be missed.
func (db *DB) still(ctx context.Context, note func(tx *sql.Tx) error) (Image, error) {
	if err := db.gate.enter(ctx, false); err != nil {
		return nil, err
	}
	defer db.gate.leave(false)
	db.mu.Lock()
	db.leaving = map[string]bool{}
	db.mu.Unlock()
	if note != nil {
		if err := db.readPart(ctx, 0, func(_ int, tx *sql.Tx) error { return note(tx) }); err != nil {
			return nil, err
		}
	}
	s, err := db.pages.freeze()
	if err != nil {
		return nil, err
	}
	return &frozen{db.pages, s}, nil
}

// leaves takes note of an attachment to be removed later, while a snapshot is
// under way.
func (db *DB) leaves(name string) (later bool) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.leaving != nil {
		db.leaving[name] = true
	}
	return db.leaving != nil
}

func (db *DB) isLeaving(name string) bool {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.leaving[name]
}

// removeLeaving carries out what waited for the end of a snapshot. What cannot
// be removed is listed by [DB.Blobs] again.
func (db *DB) removeLeaving() {
	db.mu.Lock()
	names := db.leaving
	db.leaving = nil
	db.mu.Unlock()
	for name := range names {
		_ = db.removeBlob(name)
	}
}

// frozen is a snapshot as an image.
type frozen struct {
	pages    *pages
	snapshot *snapshot
}

func (f *frozen) Size() int64 { return f.snapshot.size }

// ReadAt copies in steps, so that a commit beside it does not wait long.
func (f *frozen) ReadAt(b []byte, at int64) (n int, err error) {
	whole := min(int64(len(b)), max(0, f.snapshot.size-at))
	for n < int(whole) {
		step := b[n:min(n+ageChunk, int(whole))]
		f.pages.read(f.snapshot, step, at+int64(n))
		n += len(step)
	}
	if n < len(b) {
		err = io.EOF
	}
	return n, err
}
