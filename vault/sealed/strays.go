package sealed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"casekeep/vault/sealed/disk"
)

// Stray is a copy of one of the vault's files that lies in its folder and that the
// vault itself neither reads nor removes: what [Status].SetAside tells of, and what
// a program that syncs files leaves there, such as "records.db (1).age" or
// "records.db.sync-conflict-20261121-101500-AB12CD3.age".
type Stray struct {
	Name     string // relative to the vault's folder, with slashes
	Kind     StrayKind
	Size     int64 // in bytes, as it lies there
	Modified time.Time
}

// StrayKind is what a stray is a copy of, by its name: none is opened for it.
type StrayKind string

// The kinds of strays.
const (
	StrayAside   StrayKind = "set-aside"  // in a folder that keeps what was put in the place of the base
	StrayRecords StrayKind = "records"    // of the base or a journal
	StrayBlob    StrayKind = "attachment" // of a blob
	StrayKey     StrayKind = "key"        // of key.age: it holds nothing of the database
)

// ErrStrayChanged: what is to be removed is not what was looked at.
var ErrStrayChanged = errors.New("it is not what it was when the folder was looked at: look again")

// Strays gives those in the vault's folder, sorted by name. Links are none, nor is
// anything that they lead to.
func (db *DB) Strays(ctx context.Context) ([]Stray, error) {
	end, err := db.beginStrays(ctx)
	if err != nil || end == nil {
		return nil, err
	}
	defer end()
	return db.strays()
}

// beginStrays lets no checkpoint begin: none of its files is a stray. end is nil
// where there is no folder.
func (db *DB) beginStrays(ctx context.Context) (end func(), err error) {
	if err := db.using.begin(); err != nil {
		return nil, err
	}
	if db.alone {
		db.using.done()
		return nil, nil
	}
	held, err := db.holdCheckpoints(ctx)
	if err != nil {
		db.using.done()
		return nil, err
	}
	return func() { held(); db.using.done() }, nil
}

func (db *DB) strays() (found []Stray, err error) {
	db.mu.Lock()
	journal := db.journal.name
	db.mu.Unlock()
	names, err := db.files.List(db.dir)
	if err != nil {
		return nil, reading(err)
	}
	for _, name := range names {
		if strings.HasPrefix(name, setAside) {
			err = db.straysIn(name, func(string) StrayKind { return StrayAside }, &found)
		} else {
			err = db.addStray(name, func(name string) StrayKind { return strayKind(name, journal) }, &found)
		}
		if err != nil {
			return nil, reading(err)
		}
	}
	folders, err := db.files.List(db.path(blobFolder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, reading(err)
	}
	if db.isLinked(blobFolder) {
		folders = nil
	}
	for _, folder := range folders {
		if err := db.straysIn(blobFolder+"/"+folder, strayBlob, &found); err != nil {
			return nil, reading(err)
		}
		if err := db.addStray(blobFolder+"/"+folder, strayBlob, &found); err != nil {
			return nil, reading(err)
		}
	}
	slices.SortFunc(found, func(a, b Stray) int { return cmp.Compare(a.Name, b.Name) })
	return found, nil
}

// straysIn adds the files of a folder, if it is one.
func (db *DB) straysIn(folder string, kind func(name string) StrayKind, found *[]Stray) error {
	stamp, err := db.files.Stamp(db.path(folder))
	if err != nil || stamp.Kind != disk.Folder {
		return nil
	}
	names, err := db.files.List(db.path(folder))
	for _, name := range names {
		err = cmp.Or(err, db.addStray(folder+"/"+name, kind, found))
	}
	return err
}

// addStray adds a file, if it is one; none for the kind "".
func (db *DB) addStray(rel string, kind func(name string) StrayKind, found *[]Stray) error {
	is := kind(path.Base(rel))
	if is == "" {
		return nil
	}
	stamp, err := db.files.Stamp(db.path(rel))
	if errors.Is(err, fs.ErrNotExist) || err == nil && (stamp.Kind != disk.Plain || db.ownInCapitals(rel, stamp, kind)) {
		return nil
	}
	if err == nil {
		*found = append(*found, Stray{rel, is, stamp.Size, time.Unix(0, stamp.Modified).UTC()})
	}
	return err
}

// ownInCapitals reports whether a file is one of the vault's own that bears its name
// in other case, such as "Records.db.age", where the file system takes both for one.
func (db *DB) ownInCapitals(rel string, stamp disk.Stamp, kind func(name string) StrayKind) bool {
	folder, name := path.Split(rel)
	plain := strings.ToLower(name)
	if plain == name || kind(plain) != "" {
		return false
	}
	own, err := db.files.Stamp(db.path(folder + plain))
	return err == nil && own == stamp
}

// strayKind judges a file in the vault's folder by its name; "": it is the vault's
// own, or nothing that is known. What has the parts of the name of one of the vault's
// files is a copy of that, whatever a program has put before, between or after: a
// number, a date, the name of a computer.
func strayKind(name, journal string) StrayKind {
	switch name {
	case baseFile, keyFile, keySumFile, readmeFile, lockFile, plantFile, journal:
		return ""
	}
	if strings.HasSuffix(name, unfinished) && leftover(name, journal) {
		return ""
	}
	lower := strings.ToLower(name)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(lower, part) })
	}
	switch {
	case has("records") && has(".db", ".age", journalTail):
		return StrayRecords
	case has(".age") && keyWithin.MatchString(lower):
		return StrayKey
	}
	return ""
}

var keyWithin = regexp.MustCompile(`(^|[^a-z])key([^a-z]|$)`)

var blobWithin = regexp.MustCompile(`[0-9a-f]{32}`)

// strayBlob judges a file among the blobs.
func strayBlob(name string) StrayKind {
	stem, sealed := strings.CutSuffix(name, blobTail)
	if sealed && blobName.MatchString(stem) || strings.HasSuffix(name, unfinished) || !blobWithin.MatchString(name) {
		return ""
	}
	return StrayBlob
}

// RemoveStrays removes strays for good, if each is still what [DB.Strays] gave, and
// gives those that are gone. It goes on past one that cannot be removed.
func (db *DB) RemoveStrays(ctx context.Context, strays []Stray) (gone []Stray, err error) {
	end, err := db.beginStrays(ctx)
	if err != nil {
		return nil, err
	}
	if end == nil {
		return nil, ErrDetached
	}
	defer end()
	if err := db.writable(); err != nil {
		return nil, err
	}
	there, err := db.strays()
	if err != nil {
		return nil, err
	}
	var failed []error
	for _, s := range strays {
		err := ErrStrayChanged
		if slices.Contains(there, s) {
			err = db.removeStray(s)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", s.Name, err))
			continue
		}
		gone = append(gone, s)
	}
	return gone, errors.Join(failed...)
}

// removeStray removes one, and the folder where that kept only what was set aside.
func (db *DB) removeStray(s Stray) error {
	folder := path.Dir(s.Name)
	err := db.files.Remove(db.path(s.Name))
	if err == nil {
		err = db.files.SyncDir(db.path(folder))
	}
	if err != nil {
		return &DiskError{Doing: "removing a copy from the vault's folder", Cause: err}
	}
	if s.Kind != StrayAside || db.files.Remove(db.path(folder)) != nil {
		return nil // others lie there
	}
	_ = db.files.SyncDir(db.dir) // an empty folder that comes back holds nothing
	db.mu.Lock()
	defer db.mu.Unlock()
	db.aside = slices.DeleteFunc(db.aside, func(name string) bool { return name == folder })
	return nil
}
