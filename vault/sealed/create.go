package sealed

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"casekeep/vault/sealed/disk"
)

// Create makes a vault with an empty database in dir and opens it. The folder
// must be empty or not exist; its parent must.
//
// The vault is there once records.db.age is, which is the last step. A crash or
// an error before leaves no vault, and what it leaves Create overwrites.
func Create(dir, passphrase string, opt Options) (*DB, error) {
	if passphrase == "" {
		return nil, ErrEmptyPassphrase
	}
	if opt.WorkFactor < 0 || opt.WorkFactor > MaxWorkFactor {
		return nil, fmt.Errorf("a scrypt work factor of %d is out of range: choose 1 to %d, or 0 for age's default", opt.WorkFactor, MaxWorkFactor)
	}
	if err := registerVFS(); err != nil {
		return nil, err
	}
	db := newDB(dir, opt)
	made, err := db.claimFolder()
	if err != nil {
		return nil, creating(err)
	}
	if db.lock, err = takeLock(db.files, dir, db.opt.Now()); err != nil {
		return nil, err
	}
	if err := db.makeVault(passphrase); err != nil {
		if !errors.Is(err, ErrExists) {
			db.unmake(made)
		}
		_ = db.release() // err says what matters
		return nil, creating(err)
	}
	if err := db.start(); err != nil {
		_ = db.release()
		return nil, err
	}
	return db, nil
}

func creating(err error) error {
	if isIO(err) {
		return &DiskError{Doing: "making the vault", Cause: err}
	}
	return err
}

// claimFolder makes the folder, unless there is one that a vault can be made
// in. It reports whether the folder is new.
func (db *DB) claimFolder() (made bool, err error) {
	err = db.files.Mkdir(db.dir)
	switch {
	case err == nil:
		return true, db.files.SyncDir(filepath.Dir(db.dir))
	case errors.Is(err, fs.ErrNotExist):
		return false, fmt.Errorf("the folder %s does not exist: choose a place that does for the vault", filepath.Dir(db.dir))
	case errors.Is(err, fs.ErrExist):
		return false, db.vacant()
	}
	return false, err
}

// vacant gives ErrExists unless the folder holds nothing, or nothing but what
// an earlier attempt left: Create's, or [Plant]'s.
func (db *DB) vacant() error {
	names, err := db.files.List(db.dir)
	if disk.IsNotFolder(err) {
		return ErrExists
	}
	if err != nil {
		return err
	}
	if slices.Contains(names, plantFile) && !slices.Contains(names, baseFile) {
		return nil
	}
	for _, name := range names {
		if !creationLeaving(name) {
			return ErrExists
		}
		if name != blobFolder {
			continue
		}
		if blobs, err := db.files.List(db.path(name)); err != nil || len(blobs) > 0 {
			return ErrExists
		}
	}
	return nil
}

// creationLeaving reports whether name may stand in a folder where Create was
// cut off. key.age is not among them: it is named last but for the base, and a
// lone key may be all that is left of somebody's vault.
func creationLeaving(name string) bool {
	return name == readmeFile || name == lockFile || name == blobFolder || name == keySumFile || leftover(name, "")
}

// makeVault fills the folder, once it is this process's alone.
func (db *DB) makeVault(passphrase string) error {
	if err := db.vacant(); err != nil {
		return err
	}
	db.clearFolder()
	key, err := db.newKey(passphrase)
	if err != nil {
		return err
	}
	if err := db.files.Mkdir(db.path(blobFolder)); err != nil {
		return err
	}
	for _, f := range []struct {
		name    string
		content []byte
	}{
		{readmeFile, []byte(db.opt.Readme)},
		{keySumFile + unfinished, keySum(key)},
		{keyFile + unfinished, key},
	} {
		if err := disk.WriteNew(db.files, db.path(f.name), f.content); err != nil {
			return err
		}
	}
	if err := db.firstBase(); err != nil {
		return err
	}
	return db.nameFiles()
}

// newKey makes the vault's identity and gives it sealed.
func (db *DB) newKey(passphrase string) ([]byte, error) {
	k, err := NewKey()
	if err != nil {
		return nil, err
	}
	if err := db.hold(k); err != nil {
		return nil, err
	}
	return sealWith(k, passphrase, db.opt.WorkFactor)
}

// firstBase writes the base of an empty database, and its journal.
func (db *DB) firstBase() error {
	file, err := db.files.Create(db.path(baseFile + unfinished))
	if err != nil {
		return err
	}
	base, err := startBase(file, db.keys, 0)
	if err == nil {
		err = base.finish()
	}
	if err = cmp.Or(err, file.Close()); err != nil {
		return err
	}
	o := opening{generation: 1}
	rand.Read(o.vault[:])
	return db.firstJournal(base.id, o, 0, 0)
}

// firstJournal writes the journal of a first base.
func (db *DB) firstJournal(base baseID, o opening, sequence uint64, size int64) error {
	j, err := startJournal(db.files, db.dir, db.keys, base, o, sequence, size)
	if err != nil {
		return err
	}
	return cmp.Or(j.file.Sync(), j.file.Close())
}

// nameFiles makes a vault of the written files. The key is durable before the
// base is there: a base without its key would be a vault that nobody opens.
func (db *DB) nameFiles() error {
	for _, name := range []string{keySumFile, keyFile, baseFile} {
		if err := db.files.SyncDir(db.dir); err != nil {
			return err
		}
		if err := db.files.Rename(db.path(name+unfinished), db.path(name)); err != nil {
			return err
		}
	}
	return db.files.SyncDir(db.dir)
}

// unmake removes what a failed creation wrote, and the folder if it made that.
func (db *DB) unmake(made bool) {
	db.clearFolder()
	_ = db.files.Remove(db.path(lockFile))
	if made {
		_ = db.files.Remove(db.dir)
	}
}

// clearFolder removes the files of a creation, but for its lock: the base first,
// which makes a vault of the rest, and what says that none is here last. What
// cannot be removed is cleared by the next attempt.
func (db *DB) clearFolder() {
	if db.files.Remove(db.path(baseFile)) == nil {
		_ = db.files.SyncDir(db.dir)
	}
	names, err := db.files.List(db.dir)
	if err != nil {
		return
	}
	for _, name := range names {
		switch name {
		case lockFile, plantFile:
		case blobFolder, holders:
			db.removeAll(db.path(name), 2)
		default:
			_ = db.files.Remove(db.path(name))
		}
	}
	if slices.Contains(names, plantFile) {
		_ = db.files.SyncDir(db.dir)
		_ = db.files.Remove(db.path(plantFile))
	}
}

// removeAll removes a folder with what is in it, down to a depth.
func (db *DB) removeAll(path string, depth int) {
	if db.files.Remove(path) == nil || depth < 0 {
		return
	}
	names, err := db.files.List(path)
	if err != nil {
		return
	}
	for _, name := range names {
		db.removeAll(filepath.Join(path, name), depth-1)
	}
	_ = db.files.Remove(path)
}
