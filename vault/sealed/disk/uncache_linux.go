package disk

import "golang.org/x/sys/unix"

// Uncache asks the system to forget what it holds of a file in memory, so that
// reading it reads the disk. What was not synced stays. Where the system knows
// of no such thing, reading may be answered from memory.
func Uncache(f File) {
	if f, ok := f.(osFile); ok {
		_ = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
	}
}
