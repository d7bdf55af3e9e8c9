//go:build unix

package main

import "golang.org/x/sys/unix"

// noCoreDumps keeps the memory of the open vault from being written to disk
// if the program crashes. A system that refuses loses that precaution alone.
func noCoreDumps() {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
}
