package sealed

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"casekeep/vault/sealed/disk"
)

// resume makes the journal ready for further commits. Its whole part is written
// anew and put in its place: so a torn tail goes, and what an earlier process
// may have failed to sync, and still could be read, is durable before a commit
// is built on it. Where that fails the vault is read-only.
func (db *DB) resume(base baseID, h *history, whole []byte) error {
	db.journal = &journal{
		name: journalName(base), base: base, opening: h.opening,
		sequence: h.sequence, mac: h.mac, end: h.good, room: h.good, commits: len(h.commits),
	}
	copy(whole, journalVersion) // an earlier one is as long, and what it holds stays
	if err := db.renewJournal(db.journal, whole); err != nil {
		db.readOnly = &ReadOnlyError{Cause: err}
		return nil
	}
	db.sweep()
	return nil
}

// renewJournal writes what a journal holds into a new file of its name.
func (db *DB) renewJournal(j *journal, whole []byte) error {
	path := db.path(j.name)
	if err := db.writeFile(path, whole); err != nil {
		return err
	}
	if err := db.files.SyncDir(db.dir); err != nil {
		return err
	}
	file, err := db.files.OpenWrite(path)
	if err != nil {
		return err
	}
	j.file = file
	j.mark()
	return nil
}

// writeFile puts a file of the given content in place of what is at path. The
// content is durable once it has returned, the name after a sync of the folder.
func (db *DB) writeFile(path string, content []byte) error {
	temporary := path + unfinished
	if err := db.files.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := disk.WriteNew(db.files, temporary, content); err != nil {
		return err
	}
	return db.files.Rename(temporary, path)
}

// superseded reports whether everything in another base's journal that was
// acknowledged is in the present one too, which has come to the given position,
// as after a checkpoint that was cut off. One that goes further belongs to a
// later base that something, such as a sync service, put an older one in the
// place of: without it that base would be lost. But the journal of an earlier
// base may have one commit more, which was cut off before it was in both
// ([DB.swap]).
func (db *DB) superseded(name string, now Position) bool {
	raw, err := readSmall(db.files, db.path(name), maxJournal)
	if err != nil {
		return false
	}
	frames, _, _ := splitFrames(raw) // damage or not, as far as it can be read
	if len(frames) == 0 {
		return true
	}
	last := frames[len(frames)-1].sequence
	return last <= now.Sequence || last == now.Sequence+1 && db.isEarlier(frames[0], now.Generation)
}

// isEarlier reports whether a journal, by its first frame, is that of a base of
// the vault before the one of a generation.
func (db *DB) isEarlier(first frame, generation uint64) bool {
	db.mu.Lock()
	ring := slices.Clone(db.ring)
	db.mu.Unlock()
	for _, k := range ring {
		plain, err := k.open(first.sealed)
		if err != nil {
			continue
		}
		r, _, err := parseRecord(plain, k.mac)
		if err != nil || r.kind != kindOpening {
			return false
		}
		o, err := parseOpening(r.body)
		return err == nil && o.vault == db.vault && o.generation < generation
	}
	return false
}

// isLeftover reports whether a file is what a cut-off write or checkpoint left,
// and nobody else's.
func (db *DB) isLeftover(name string) bool {
	db.mu.Lock()
	journal, now := db.journal.name, Position{db.journal.opening.generation, db.journal.sequence}
	db.mu.Unlock()
	return leftover(name, journal) && (!journalPattern.MatchString(name) || db.superseded(name, now))
}

// sweep removes what cut-off writes have left. What cannot be removed does no
// harm, so errors are let go: it is tried again the next time.
func (db *DB) sweep() {
	names, err := db.files.List(db.dir)
	if err != nil {
		return
	}
	db.findAside(names)
	for _, name := range names {
		if db.isLeftover(name) {
			_ = db.files.Remove(db.path(name))
		}
	}
	for _, folder := range []string{blobFolder, holders} {
		if db.isLinked(folder) {
			continue
		}
		names, _ := db.files.List(db.path(folder))
		for _, name := range names {
			if strings.HasSuffix(name, unfinished) {
				_ = db.files.Remove(db.path(folder + "/" + name))
			}
		}
	}
	db.sweepSums()
}
