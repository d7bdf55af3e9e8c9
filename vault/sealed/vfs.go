package sealed

/*
#cgo CFLAGS: -std=gnu11 -O2
#include <stdlib.h>
#include "vfs.h"
*/
import "C"

import (
	"crypto/rand"
	"errors"
	"fmt"
	"runtime/cgo"
	"sync"
	"sync/atomic"
	"unsafe"

	_ "github.com/mattn/go-sqlite3" // compiles SQLite in
)

// The rights of a connection; see authorize.c.
const (
	rightsWork     = int(C.SEALED_RIGHTS_WORK)
	rightsMaintain = int(C.SEALED_RIGHTS_MAINTAIN)

	setRights = int(C.SEALED_SET_RIGHTS) // the file control that sets them
	vfsName   = C.SEALED_VFS_NAME
)

// SQLite's result codes that the engine answers with.
const (
	sqliteOK         = 0
	sqliteFull       = 13
	sqliteIOErrWrite = 10 | 3<<8
	sqliteIOErrFsync = 10 | 4<<8
)

// The range of SQLite versions of which sqlite.h describes the interface:
// DEFENSIVE and xFetch are older than the first, and the interface is promised
// to stay the same before version 4.
const (
	sqliteOldest = 3_040_000
	sqliteNext   = 4_000_000
)

// registerVFS makes the VFS known to SQLite, once a process.
var registerVFS = sync.OnceValue(func() error {
	version := int(C.sqlite3_libversion_number())
	if version < sqliteOldest || version >= sqliteNext {
		return fmt.Errorf("SQLite %d is not supported: build with the SQLite that comes with the program", version)
	}
	if code := C.sealed_register(); code != C.SQLITE_OK {
		return fmt.Errorf("SQLite refused the encrypted file system (code %d)", int(code))
	}
	return nil
})

// A store is a database in memory that SQLite's connections can open by name.
type store struct {
	name   string
	c      *C.sealed_store
	handle cgo.Handle
}

// storage is what a connection writes to.
type storage interface {
	write(b []byte, at int64) error
	truncate(size int64) error
	sync() (code int)
}

// newStore registers pages, and what receives changes to them, with SQLite.
func newStore(p *pages, to storage) (*store, error) {
	if err := registerVFS(); err != nil {
		return nil, err
	}
	name := "sealed-" + rand.Text()
	cname := C.CString(name)
	defer C.free(unsafe.Pointer(cname))
	handle := cgo.NewHandle(to)
	c := C.sealed_add(cname, (*C.uchar)(unsafe.SliceData(p.region.mem)), C.uintptr_t(handle))
	if c == nil {
		handle.Delete()
		return nil, errors.New("there is no memory left to open the vault")
	}
	size := (*int64)(unsafe.Pointer(&c.size))
	p.resized = func(n int64) { atomic.StoreInt64(size, n) }
	p.resized(p.size)
	return &store{name: name, c: c, handle: handle}, nil
}

// drop makes SQLite forget the store. Every connection must be closed.
func (s *store) drop() error {
	if open := C.sealed_drop(s.c); open > 0 {
		return fmt.Errorf("%d connections to the vault are still open", int(open))
	}
	s.handle.Delete()
	return nil
}

//export sealedWrite
func sealedWrite(handle C.uintptr_t, from unsafe.Pointer, n C.int, at C.sqlite3_int64) C.int {
	to := cgo.Handle(handle).Value().(storage)
	err := to.write(unsafe.Slice((*byte)(from), int(n)), int64(at))
	switch {
	case errors.Is(err, errRegionFull):
		return sqliteFull
	case err != nil:
		return sqliteIOErrWrite
	}
	return sqliteOK
}

//export sealedTruncate
func sealedTruncate(handle C.uintptr_t, size C.sqlite3_int64) C.int {
	if err := cgo.Handle(handle).Value().(storage).truncate(int64(size)); err != nil {
		return sqliteIOErrWrite
	}
	return sqliteOK
}

//export sealedSync
func sealedSync(handle C.uintptr_t) C.int {
	return C.int(cgo.Handle(handle).Value().(storage).sync())
}
