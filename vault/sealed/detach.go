package sealed

import (
	"context"
	"sync"

	"casekeep/vault/sealed/parallel"
)

// Detach opens a database that lives in memory alone: commits change memory,
// nothing reaches a disk, and there is no lock, journal or checkpoint
// ([DB.Checkpoint] has nothing to do). The image is copied; nil is an empty
// database.
//
// blobs is the folder of which [DB.OpenBlob] reads attachments/xx/NAME.age;
// empty: there are none. [DB.PutBlob] and [DB.RemoveBlob] are [ErrDetached].
// Status knows neither vault nor position.
func Detach(ctx context.Context, k *Key, image Image, blobs string, opt Options) (*DB, error) {
	db := newDB(blobs, opt)
	db.alone = true
	if err := db.detach(ctx, k, image); err != nil {
		_ = db.release() // err says what matters
		return nil, err
	}
	return db, nil
}

func (db *DB) detach(ctx context.Context, k *Key, image Image) (err error) {
	if err := db.hold(k); err != nil {
		return err
	}
	if db.pages, err = newPages(); err != nil {
		return err
	}
	if image != nil {
		if err := db.pages.fill(ctx, image); err != nil {
			return err
		}
	}
	return db.connect()
}

// fill takes the content of an image over.
func (p *pages) fill(ctx context.Context, image Image) error {
	size := image.Size()
	if err := p.region.grow(size); err != nil {
		return err
	}
	p.resize(size) // so that what a failure leaves is wiped
	p.was = size
	into := p.region.mem[:size]
	if err := readSpans(ctx, image, size, func(b []byte, at int64) error {
		copy(into[at:], b)
		return nil
	}); err != nil {
		return err
	}
	return isDatabase(image)
}

// isDatabase looks at how an image begins. An empty one is a database too.
func isDatabase(image Image) error {
	head := make([]byte, min(image.Size(), int64(len(sqliteMagic))))
	if err := readAll(image, head, 0); err != nil {
		return err
	}
	if len(head) > 0 && string(head) != sqliteMagic {
		return &DamagedError{File: baseFile, Offset: -1, Reason: "it holds no SQLite database"}
	}
	return nil
}

// readSpans reads an image on all cores and gives each piece to do, in no order,
// until one fails or ctx ends.
func readSpans(ctx context.Context, image Image, size int64, do func(b []byte, at int64) error) error {
	spare := sync.Pool{New: func() any { return new([chunkSpan]byte) }}
	return parallel.Each(ctx, size, chunkSpan, func(at, end int64) error {
		buf := spare.Get().(*[chunkSpan]byte)
		defer spare.Put(buf)
		b := buf[:end-at]
		defer wipe(b)
		if err := readAll(image, b, at); err != nil {
			return err
		}
		return do(b, at)
	})
}

// Detached reports whether the database lives in memory alone.
func (db *DB) Detached() bool { return db.alone }
