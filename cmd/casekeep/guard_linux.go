package main

import "golang.org/x/sys/unix"

// hideProcess keeps other programs of the same user from looking into this
// one's memory, and the kernel from dumping it (PR_SET_DUMPABLE(2const)). It
// does not keep out whoever is root.
func hideProcess() { _ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) }
