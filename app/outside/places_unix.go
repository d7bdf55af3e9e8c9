//go:build unix

package outside

import (
	"os"

	"golang.org/x/sys/unix"
)

// take takes the lock of a folder without waiting. The kernel drops it when the
// process ends, however it ends.
func take(f *os.File) bool {
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err != unix.EINTR {
			return err == nil
		}
	}
}
