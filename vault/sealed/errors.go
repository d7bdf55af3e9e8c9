package sealed

import (
	"errors"
	"fmt"
	"time"

	"casekeep/vault/sealed/disk"
)

// The errors that a person can act on. Each text is one clause that says what
// is wrong and what to do, fit to be shown as it is.
var (
	// ErrPassphrase: the passphrase does not open key.age, which is whole.
	ErrPassphrase = errors.New("the passphrase is not right: try again, with an eye on Caps Lock and the keyboard layout")
	// ErrEmptyPassphrase: a vault cannot be made or opened without one.
	ErrEmptyPassphrase = errors.New("a vault needs a passphrase: give one that is not empty")
	// ErrNoHolder: none of the identities opens one of holders/*.age.
	ErrNoHolder = errors.New("none of the keys given opens this vault: choose the key file of somebody whom the vault names as a holder, or use the passphrase")
	// ErrHolderExists: there is a key file of that holder.
	ErrHolderExists = errors.New("this vault already has a holder of that name: choose another name, or revoke that one first")
	// ErrRekeying: a re-key was cut off, and what knows of one key would be lost.
	ErrRekeying = errors.New("the change of this vault's keys was cut off: finish that first")
	// ErrDetached: what a database that lives in memory alone cannot do.
	ErrDetached = errors.New("this is a copy that lives in memory alone: open the vault itself for that")
	// ErrNotVault: the folder holds none of a vault's files, or does not exist.
	ErrNotVault = errors.New("this folder is not a vault: choose the folder that holds key.age and records.db.age")
	// ErrExists: the folder to create a vault in is not empty.
	ErrExists = errors.New("this folder already holds files: choose a new or empty folder for the vault")
	// ErrTooNew: a later version wrote the vault.
	ErrTooNew = errors.New("a newer version of the program wrote this vault: update the program to open it")
	// ErrInUse: another process holds the vault. The error is an [*InUseError].
	ErrInUse = errors.New("this vault is open in another window: close it there first")
	// ErrDamaged: a file is not as it was written. The error is a
	// [*DamagedError].
	ErrDamaged = errors.New("the vault is damaged: restore it from a backup")
	// ErrReadOnly: the vault can be read but not written. The error is a
	// [*ReadOnlyError].
	ErrReadOnly = errors.New("the vault is open for reading only")
	// ErrDiskFull: there was no room. What was there before is intact.
	ErrDiskFull = errors.New("the disk is full: make room and try again, what was saved before is safe")
	// ErrNoBlob: there is no attachment of that name.
	ErrNoBlob = errors.New("this attachment is not in the vault: restore it from a backup")
	// ErrClosed: the database was closed.
	ErrClosed = errors.New("the vault is locked: unlock it first")
)

// InUseError says who holds a vault. Zero fields are unknown.
type InUseError struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

func (e *InUseError) Error() string {
	if e.PID == 0 {
		return ErrInUse.Error()
	}
	return fmt.Sprintf("this vault is already open (process %d on %s, since %s): close it there first",
		e.PID, e.Host, e.Since.Local().Format("January 2, 2006, 3:04 PM"))
}

// Is makes errors.Is(err, ErrInUse) true.
func (e *InUseError) Is(target error) bool { return target == ErrInUse }

// DamagedError says which file is damaged and where.
type DamagedError struct {
	File   string // relative to the vault, with slashes
	Offset int64  // in bytes from the file's start; -1: the file as a whole
	Reason string
	Cause  error // nil where Reason says it all
}

func (e *DamagedError) Error() string {
	place := e.File
	if e.Offset >= 0 {
		place = fmt.Sprintf("%s, byte %d", e.File, e.Offset)
	}
	return fmt.Sprintf("the vault is damaged (%s: %s): restore it from a backup, and keep this folder as it is", place, e.Reason)
}

// Is makes errors.Is(err, ErrDamaged) true.
func (e *DamagedError) Is(target error) bool { return target == ErrDamaged }

func (e *DamagedError) Unwrap() error { return e.Cause }

// ReadOnlyError says why a vault cannot be written.
type ReadOnlyError struct{ Cause error }

func (e *ReadOnlyError) Error() string {
	var viewed *Viewed
	switch {
	case errors.As(e.Cause, &viewed):
		return viewed.Why
	case errors.Is(e.Cause, ErrTakenOver):
		return ErrTakenOver.Error()
	case errors.Is(e.Cause, ErrDiskFull), disk.IsFull(e.Cause):
		return "the disk is full, so the vault is open for reading only: make room, then lock and unlock it"
	case disk.IsReadOnly(e.Cause):
		return "the vault's folder cannot be written, so it is open for reading only: make the folder writable, then lock and unlock it"
	}
	return fmt.Sprintf("the vault is open for reading only since the disk failed (%v): lock and unlock it, and check the disk", e.Cause)
}

// Is makes errors.Is(err, ErrReadOnly) true.
func (e *ReadOnlyError) Is(target error) bool { return target == ErrReadOnly }

func (e *ReadOnlyError) Unwrap() error { return e.Cause }

// DiskError is a failed operation on the disk, without harm to what was saved.
type DiskError struct {
	Doing string // such as "saving"
	Cause error
}

func (e *DiskError) Error() string {
	switch {
	case disk.IsFull(e.Cause):
		return ErrDiskFull.Error()
	case disk.IsReadOnly(e.Cause):
		return fmt.Sprintf("%s failed since the folder cannot be written (%v): choose another folder or make it writable", e.Doing, e.Cause)
	}
	return fmt.Sprintf("%s failed (%v): check the disk and try again, what was saved before is safe", e.Doing, e.Cause)
}

// Is makes errors.Is(err, ErrDiskFull) true where the disk is full.
func (e *DiskError) Is(target error) bool {
	return target == ErrDiskFull && disk.IsFull(e.Cause)
}

func (e *DiskError) Unwrap() error { return e.Cause }

// UnsealedError says that a re-key came to its end but for attachments that are
// damaged. They are still sealed to the key before, which the key files so keep.
type UnsealedError struct{ Damage []*DamagedError }

func (e *UnsealedError) Error() string {
	n, verb := "one attachment", "is"
	if len(e.Damage) > 1 {
		n, verb = fmt.Sprintf("%d attachments", len(e.Damage)), "are"
	}
	return fmt.Sprintf("everything has the new key but %s that %s damaged (%s: %s): restore what you can from a backup, remove the damaged, and finish the change of keys",
		n, verb, e.Damage[0].File, e.Damage[0].Reason)
}

// Is makes errors.Is(err, ErrDamaged) true.
func (e *UnsealedError) Is(target error) bool { return target == ErrDamaged }

// IncompleteError says that a vault was made whole but for attachments that are
// missing or damaged where they came from. What there is of a damaged one was
// kept.
type IncompleteError struct{ Damage []*DamagedError }

func (e *IncompleteError) Error() string {
	if len(e.Damage) == 1 {
		return fmt.Sprintf("everything was restored but for one file (%s: %s)", e.Damage[0].File, e.Damage[0].Reason)
	}
	return fmt.Sprintf("everything was restored but for %d files, of which the first is %s: %s", len(e.Damage), e.Damage[0].File, e.Damage[0].Reason)
}

// Is makes errors.Is(err, ErrDamaged) true.
func (e *IncompleteError) Is(target error) bool { return target == ErrDamaged }
