package sealed

import (
	"fmt"

	"casekeep/vault/sealed/disk"
)

// committer is what SQLite's connections write to: a [DB], as storage.
type committer DB

func (c *committer) write(b []byte, at int64) error {
	err := c.pages.write(b, at)
	if err != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.failed = fmt.Errorf("there is not enough memory for this change (%w): close other programs and try again", err)
	}
	return err
}

// truncate shortens the database. SQLite drops freed pages after it has synced
// a commit and does not sync again, so that change is made durable here.
func (c *committer) truncate(size int64) error {
	alone, err := c.pages.truncate(size)
	if err == nil && alone && c.sync() != sqliteOK {
		err = (*DB)(c).takeFailure()
	}
	return err
}

// sync is the commit: what changed since the last one becomes a record of the
// journal, durable before SQLite hears of success. On an error memory is what
// it was after the last commit.
func (c *committer) sync() (code int) {
	db := (*DB)(c)
	db.mu.Lock()
	defer db.mu.Unlock()
	delta, size, changed := db.pages.changes(nil)
	defer wipe(delta)
	if !changed {
		db.pages.settle()
		return sqliteOK
	}
	if err := db.commit(delta, size); err != nil {
		db.pages.rollback()
		db.failed = err
		if disk.IsFull(err) {
			return sqliteFull
		}
		return sqliteIOErrFsync
	}
	db.pages.settle()
	return sqliteOK
}

// commit appends a record to the journal and syncs it. Once a sync has failed
// the state on the disk is unknown, even to a later sync that succeeds, so
// nothing more is written until the vault is read anew.
func (db *DB) commit(delta []byte, size int64) error {
	if db.readOnly != nil && !isViewed(db.readOnly) { // a viewed vault refuses before it gets here
		return db.readOnly
	}
	if db.alone {
		return nil
	}
	j := db.journal
	if err := j.write(db.keys, delta, size); err != nil {
		if cut := j.retract(); cut != nil {
			return db.giveUpWriting(cut)
		}
		return &DiskError{Doing: "saving", Cause: err}
	}
	if err := j.file.Sync(); err != nil {
		return db.giveUpWriting(err)
	}
	if err := db.keepPlace(j); err != nil {
		return db.giveUpWriting(err)
	}
	if db.next != nil {
		if err := db.follow(db.next, delta, size); err != nil {
			return db.giveUpWriting(err)
		}
	}
	j.accept()
	db.keys.envelopes.prepare()
	return nil
}

// giveUpWriting makes the vault read-only until it is opened anew.
func (db *DB) giveUpWriting(cause error) error {
	db.readOnly = &ReadOnlyError{Cause: cause}
	return db.readOnly
}

// writable gives the reason why the vault cannot be written, or nil.
func (db *DB) writable() error {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.readOnly
}

// takeFailure gives why the last commit failed. SQLite has but a number for it.
func (db *DB) takeFailure() error {
	db.mu.Lock()
	defer db.mu.Unlock()
	err := db.failed
	db.failed = nil
	return err
}
