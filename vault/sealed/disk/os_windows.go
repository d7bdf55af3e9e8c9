package disk

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"syscall"

	"golang.org/x/sys/windows"
)

const (
	noWaiting   = 0
	noFollowing = 0
)

// IsFull reports whether err says that the disk, or the quota on it, is full.
func IsFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

// IsReadOnly reports whether err says that the folder or the disk may not be
// written.
func IsReadOnly(err error) bool {
	return errors.Is(err, windows.ERROR_WRITE_PROTECT) || errors.Is(err, fs.ErrPermission)
}

// IsNotFolder reports whether err says that a path names a file, not a folder.
func IsNotFolder(err error) bool { return errors.Is(err, windows.ERROR_DIRECTORY) }

// syncDir does nothing: Windows cannot flush a folder, NTFS journals names.
func syncDir(string) error { return nil }

// lockFile locks one byte far behind the note, so that the note stays readable
// to others: locks are mandatory on Windows.
func lockFile(f *os.File) (held bool, err error) {
	at := windows.Overlapped{OffsetHigh: math.MaxInt32}
	const exclusive = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err = windows.LockFileEx(windows.Handle(f.Fd()), exclusive, 0, 1, 0, &at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return true, nil
	}
	return false, err
}

// shared reports whether a file has more names than one.
func shared(f *os.File) bool {
	var info windows.ByHandleFileInformation
	return windows.GetFileInformationByHandle(windows.Handle(f.Fd()), &info) == nil && info.NumberOfLinks > 1
}

// isJunction reports whether an irregular file stands for a folder that is elsewhere.
func isJunction(info fs.FileInfo) bool {
	attributes, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return ok && info.Mode()&fs.ModeIrregular != 0 && !info.IsDir() && attributes.FileAttributes&windows.FILE_ATTRIBUTE_DIRECTORY != 0
}

// fileID is not needed: a file that is open keeps its name.
func fileID(fs.FileInfo) FileID { return FileID{} }
