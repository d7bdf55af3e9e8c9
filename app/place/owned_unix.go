//go:build unix

package place

import (
	"io/fs"
	"os"
	"syscall"
)

// Owned reports whether a file is this user's.
func Owned(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
