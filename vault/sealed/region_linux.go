package sealed

import "golang.org/x/sys/unix"

func keepFromDumps(span []byte) error { return unix.Madvise(span, unix.MADV_DONTDUMP) }

// populate makes the pages of a committed span appear at once, which takes two
// thirds of what it does one by one as they are written. A kernel before 5.14
// knows of no such thing; then they appear one by one. (Pages of 2 MiB took five
// times as long where memory is in pieces, so they are not asked for.)
func populate(span []byte) { _ = unix.Madvise(span, unix.MADV_POPULATE_WRITE) }
