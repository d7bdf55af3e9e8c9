package outside

import (
	"os"

	"golang.org/x/sys/unix"
)

func memoryFolders() []string { return []string{os.Getenv("XDG_RUNTIME_DIR"), "/dev/shm"} }

// isMemory reports whether a folder lies in memory and may be written.
func isMemory(dir string) bool {
	var fs unix.Statfs_t
	if unix.Statfs(dir, &fs) != nil || unix.Access(dir, unix.W_OK|unix.X_OK) != nil {
		return false
	}
	return fs.Type == unix.TMPFS_MAGIC || fs.Type == unix.RAMFS_MAGIC
}
