//go:build !headless

package main

import (
	"math"
	"os"

	"golang.org/x/sys/unix"
)

// ownProgram gives the file that this process runs. Where an update has put
// another in its place the kernel's link still leads to the old one, which is
// what the user started; the next start takes the new one.
func ownProgram() (string, error) {
	const self = "/proc/self/exe"
	running, err := os.Stat(self)
	if err != nil {
		return os.Executable()
	}
	path, err := os.Executable()
	if err != nil {
		return self, nil
	}
	if there, err := os.Stat(path); err == nil && os.SameFile(running, there) {
		return path, nil // by its name, under which the system lists it
	}
	return self, nil
}

// closeFilesOnExec makes sure of what every library should do by itself
// (close_range(2), Linux 5.11).
func closeFilesOnExec() { _ = unix.CloseRange(3, math.MaxInt32, unix.CLOSE_RANGE_CLOEXEC) }
