//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

const (
	noWaiting   = unix.O_NONBLOCK
	noFollowing = unix.O_NOFOLLOW
)

// IsFull reports whether err says that the disk, or the quota on it, is full.
func IsFull(err error) bool {
	return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT)
}

// IsReadOnly reports whether err says that the folder or the disk may not be
// written.
func IsReadOnly(err error) bool {
	return errors.Is(err, unix.EROFS) || errors.Is(err, fs.ErrPermission)
}

// IsNotFolder reports whether err says that a path names a file, not a folder.
func IsNotFolder(err error) bool { return errors.Is(err, unix.ENOTDIR) }

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	err = f.Sync()
	if errors.Is(err, unix.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil // some network file systems know of no such thing
	}
	return err
}

func fileID(info fs.FileInfo) FileID {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return FileID{}
	}
	return FileID{uint64(stat.Dev), stat.Ino}
}

// shared reports whether a file has more names than one.
func shared(f *os.File) bool {
	var stat unix.Stat_t
	return unix.Fstat(int(f.Fd()), &stat) == nil && stat.Nlink > 1
}

// isJunction: only Windows has them.
func isJunction(fs.FileInfo) bool { return false }

// lockFile takes the lock without waiting. The kernel drops it when the process
// ends, however it ends, so there are no stale locks.
func lockFile(f *os.File) (held bool, err error) {
	for {
		err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case errors.Is(err, unix.EWOULDBLOCK):
			return true, nil
		default:
			return false, err
		}
	}
}
