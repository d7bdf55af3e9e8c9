//go:build linux || darwin

package sealed

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// reserve sets address space aside. It costs nothing until it is committed.
func reserve(n int) ([]byte, error) {
	mem, err := unix.Mmap(-1, 0, n, unix.PROT_NONE, unix.MAP_PRIVATE|unix.MAP_ANON|unix.MAP_NORESERVE)
	if err != nil {
		return nil, fmt.Errorf("reserving %d bytes of address space: %w", n, err)
	}
	return mem, nil
}

// commit makes a reserved span usable and zero, and keeps it out of core dumps.
func commit(span []byte) error {
	if err := unix.Mprotect(span, unix.PROT_READ|unix.PROT_WRITE); err != nil {
		return fmt.Errorf("taking %d bytes of memory: %w", len(span), err)
	}
	return keepFromDumps(span)
}

func release(mem []byte) error { return unix.Munmap(mem) }

// keepFromSwap locks a span in memory, as far as the limit on that goes
// (RLIMIT_MEMLOCK).
func keepFromSwap(span []byte) { _ = unix.Mlock(span) }
