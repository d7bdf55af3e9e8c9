//go:build unix

package main

import "golang.org/x/sys/unix"

// guardProcess keeps the memory of the open vault from being written to disk
// if the program crashes, and lets as much of it as may be locked be locked. A
// system that refuses loses that precaution alone.
func guardProcess() {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_MEMLOCK, &limit) == nil {
		limit.Cur = limit.Max
		_ = unix.Setrlimit(unix.RLIMIT_MEMLOCK, &limit)
	}
}
