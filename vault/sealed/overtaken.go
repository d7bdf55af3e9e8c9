package sealed

import (
	"bytes"
	"errors"
	"io"

	"casekeep/vault/sealed/disk"
)

// Where the lock's file was replaced, such as by a sync service, another process may
// still write to the journal that is being opened. Each of its commits looks, once
// it is synced, whether the journal has its name still; so what it acknowledges is
// in the file before that is replaced by [DB.resume], which looks into it after.

// errOvertaken: the journal went on between its reading and its replacement.
var errOvertaken = errors.New("the vault was written to while it was opened")

// mostOvertaken bounds how often opening begins anew. The other process finds out at
// its next commit, so once is enough unless there are several.
const mostOvertaken = 3

// watchJournal holds on to the file that the journal's name stands for; nil: there is
// none, or the system lets no file be replaced that is open.
func (db *DB) watchJournal(base baseID) disk.File {
	path := db.path(journalName(base))
	if s, err := db.files.Stamp(path); err != nil || s.File == (disk.FileID{}) {
		return nil
	}
	file, err := db.files.Open(path)
	if err != nil {
		return nil // whoever reads it says why
	}
	return file
}

// overtaken puts the journal that went on back in its place, if it did since raw was
// read of it, for opening to begin anew.
func (db *DB) overtaken(watched disk.File, raw []byte) error {
	if watched == nil || db.readOnly != nil {
		return nil
	}
	size, err := watched.Size()
	if err != nil {
		return err
	}
	now := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(watched, 0, size), now); err != nil {
		return err
	}
	if v := len(journalVersion); len(now) == len(raw) && bytes.Equal(now[v:], raw[v:]) { // resume states its own version
		return nil
	}
	if err := db.writeFile(db.path(db.journal.name), now); err != nil {
		return err
	}
	if err := db.files.SyncDir(db.dir); err != nil {
		return err
	}
	return errOvertaken
}
