package outside

import (
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// ownedByUser is true of whatever lies in the user's own cache folder, the one
// place that Windows has.
func ownedByUser(fs.FileInfo) bool { return true }

func take(f *os.File) bool {
	const exclusive = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	return windows.LockFileEx(windows.Handle(f.Fd()), exclusive, 0, 1, 0, new(windows.Overlapped)) == nil
}
