package sealed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"casekeep/vault/sealed/disk"
)

// A lock keeps a second process out, but not a sync service that puts an older
// copy of a file in place, or moves one away, while the vault is open. What is
// written then goes to a file that no name leads to any more, and would be gone
// with the process. So each commit looks whether the names still stand for the
// files that this process means, and puts that right before it is acknowledged.

// place is what the names stood for when this process last read or wrote them.
// A journal knows its own.
type place struct {
	lock    disk.FileID
	base    disk.Stamp
	strange bool // another base was found in place of the vault's
	unsure  bool // this file system gives a file one identity now and another then
}

// ErrTakenOver: another process has the vault, though this one never let go of
// it.
var ErrTakenOver = errors.New("another program has replaced the vault's files and opened them, so here it can be read only: lock it, and unlock it in one window alone")

// setAside begins the name of a folder with what another program had put in the
// place of the vault's base: a base, and its journal where that is there.
const setAside = "set-aside-"

// stamp gives what has a name now; nothing where that is unknown.
func (db *DB) stamp(name string) (s disk.Stamp, known bool) {
	s, err := db.files.Stamp(db.path(name))
	return s, err == nil || errors.Is(err, fs.ErrNotExist)
}

// markBase and markLock remember which files the names must stand for.
func (db *DB) markBase(s disk.Stamp) { db.place.base, db.place.strange = s, false }
func (db *DB) markLock()             { s, _ := db.stamp(lockFile); db.place.lock = s.File }

// keepPlace makes sure that the record which was just synced can be found.
func (db *DB) keepPlace(j *journal) error {
	if db.place.unsure {
		return nil
	}
	moved := db.baseMoved()
	journal, known := db.stamp(j.name)
	if lost := known && journal.File != j.id; !lost && !moved {
		return nil
	} else if _, err := db.files.Stamp(db.dir); err != nil {
		return nil // the whole folder is elsewhere, with everything in it
	} else if db.place.strange = db.place.strange || moved; !lost { // Write sees to it
		return nil
	}
	another := journal != (disk.Stamp{}) || db.place.strange
	if lock, known := db.stamp(lockFile); known && lock.File != db.place.lock {
		if another {
			return ErrTakenOver // whoever got the other lock opened the vault
		}
		if err := db.lockAgain(); err != nil {
			return err
		}
	}
	return db.journalAgain(j)
}

// baseMoved reports whether another base than the vault's is in its place, or
// none.
func (db *DB) baseMoved() bool {
	base, known := db.stamp(baseFile)
	if !known || base == db.place.base {
		return false
	}
	if next := db.next; next != nil && next.stage == entering {
		return base != next.stamp // without a look into it: Windows replaces no file that is open
	}
	return !db.sameBase()
}

// lockAgain locks the vault under the name that a lock must have.
func (db *DB) lockAgain() error {
	lock, err := takeLock(db.files, db.dir, db.opt.Now())
	if errors.Is(err, ErrInUse) {
		return ErrTakenOver
	}
	if err != nil {
		return err
	}
	before := db.lock
	db.lock = lock
	db.markLock()
	return before.Close()
}

// journalAgain puts the journal in its place again, from the file that is open.
func (db *DB) journalAgain(j *journal) error {
	whole := make([]byte, j.end+j.pending.size)
	if _, err := io.ReadFull(io.NewSectionReader(j.file, 0, int64(len(whole))), whole); err != nil {
		return err
	}
	before := j.file
	if err := db.renewJournal(j, whole); err != nil {
		return err
	}
	return before.Close()
}

// sameBase reports whether the base is the vault's own all the same: put there
// again, or one that its file system calls by another number now.
func (db *DB) sameBase() bool {
	base, err := openBase(db.files, db.dir, db.ring)
	if err != nil {
		return false
	}
	defer base.file.Close()
	if base.id != db.journal.base {
		return false
	}
	stamp, _ := base.file.Stamp()
	db.markBase(stamp)
	return true
}

// markFirst is for a vault that was just opened.
func (db *DB) markFirst(base *openedBase) {
	stamp, _ := base.file.Stamp()
	db.markBase(stamp)
	db.markLock()
	named, _ := db.stamp(db.journal.name)
	db.place.unsure = db.journal.file != nil && named.File != db.journal.id
}

// displaced reports whether the base or the journal is not in its place.
func (db *DB) displaced() bool {
	db.mu.Lock()
	defer db.mu.Unlock()
	if _, err := db.files.Stamp(db.dir); err != nil || db.alone || db.readOnly != nil || db.place.unsure {
		return false
	}
	journal, known := db.stamp(db.journal.name)
	return db.baseMoved() || known && journal.File != db.journal.id
}

// sealAgain seals the database anew where another program has replaced its base.
// What was committed is to be found again, whoever waits.
func (db *DB) sealAgain() error {
	db.mu.Lock()
	strange := db.place.strange
	db.mu.Unlock()
	if !strange {
		return nil
	}
	if err := db.checkpoint(context.Background()); err != nil && db.displaced() {
		return err
	}
	return nil // or the whole folder is elsewhere, with everything in it
}

// keepStrange copies a base that another program has put in the place of the
// vault's own into a folder of its own, with its journal, before it is replaced:
// it may hold what somebody saved on another computer.
func (db *DB) keepStrange() error {
	found, known := db.stamp(baseFile)
	db.mu.Lock()
	ours, own := db.place.base, db.journal.base
	db.mu.Unlock()
	if !known || found == ours || found == (disk.Stamp{}) {
		return nil
	}
	names := []string{baseFile}
	if base, err := openBase(db.files, db.dir, db.ring); err == nil {
		_ = base.file.Close()
		if base.id == own {
			return nil // the vault's own, put there again
		}
		names = append(names, journalName(base.id))
	}
	folder, err := db.newFolder(setAside)
	if err != nil {
		return err
	}
	for _, name := range names {
		_, err := disk.Copy(context.Background(), db.files, db.path(name), db.path(folder+"/"+name), func(int64) {})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	db.mu.Lock()
	db.aside = append(db.aside, folder)
	db.mu.Unlock()
	return db.files.SyncDir(db.path(folder))
}

// newFolder makes the first folder that is free of those numbered from 1.
func (db *DB) newFolder(head string) (name string, err error) {
	for n := 1; ; n++ {
		name = fmt.Sprint(head, n)
		if err := db.files.Mkdir(db.path(name)); !errors.Is(err, fs.ErrExist) {
			return name, err
		}
	}
}

// findAside takes note of what was set aside before.
func (db *DB) findAside(names []string) {
	for _, name := range names {
		if strings.HasPrefix(name, setAside) {
			db.aside = append(db.aside, name)
		}
	}
}
