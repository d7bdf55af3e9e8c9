package backup

import (
	"errors"
	"fmt"
	"io/fs"

	"casekeep/vault/sealed"
)

// The errors that a person can act on, beside those of package sealed. Each text
// is one clause that says what is wrong and what to do.
var (
	// ErrNotBackup: the folder holds no backups.
	ErrNotBackup = errors.New("this folder holds no backups: choose the folder whose name ends in " + folderTail)
	// ErrOtherVault: the backups in the folder are of another vault.
	ErrOtherVault = errors.New("this folder holds the backups of another vault: choose another folder")
	// ErrOtherKey: no backup in the folder was sealed with this vault's key.
	ErrOtherKey = errors.New("the backups in this folder are sealed with another key: open them with the passphrase or the key of their time")
	// ErrBusy: another backup to the same folder is under way.
	ErrBusy = errors.New("another backup to this folder is under way: wait until it is done")
	// ErrNoGeneration: there is no backup of that name.
	ErrNoGeneration = errors.New("this backup is no longer there: choose another one")
	// ErrDamaged: a file is not as it was written. The error is a
	// [*DamagedError].
	ErrDamaged = errors.New("the backup is damaged: choose another one")
)

// DamagedError says which file of a backup, or of the vault that is backed up,
// is damaged.
type DamagedError struct {
	File   string // relative to the folder, with slashes
	Reason string
	Cause  error // nil where Reason says it all
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("the backup is damaged (%s: %s): choose another one", e.File, e.Reason)
}

// Is makes errors.Is(err, ErrDamaged) true.
func (e *DamagedError) Is(target error) bool { return target == ErrDamaged }

func (e *DamagedError) Unwrap() error { return e.Cause }

// damaged names the file of what went wrong in it, unless it was the disk that
// could not be used, or is named already.
func damaged(file string, err error) error {
	if named := (*DamagedError)(nil); err == nil || isIO(err) || errors.As(err, &named) || errors.Is(err, sealed.ErrTooNew) {
		return err
	}
	return &DamagedError{File: file, Reason: err.Error(), Cause: err}
}

// isIO reports whether err comes from the disk and not from what is on it.
func isIO(err error) bool {
	var path *fs.PathError
	return errors.As(err, &path)
}

// doing puts a failure of the disk into words.
func doing(what string, err error) error {
	var said *sealed.DiskError
	if isIO(err) && !errors.As(err, &said) {
		return &sealed.DiskError{Doing: what, Cause: err}
	}
	return err
}

// errReadBack says that a disk does not give back what was written.
func errReadBack(path string) error {
	return &fs.PathError{Op: "read back", Path: path, Err: errors.New("the disk gave back other bytes than were written")}
}
