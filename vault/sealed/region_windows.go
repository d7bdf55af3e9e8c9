package sealed

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

// reserve sets address space aside. It costs nothing until it is committed.
func reserve(n int) ([]byte, error) {
	at, err := windows.VirtualAlloc(0, uintptr(n), windows.MEM_RESERVE, windows.PAGE_NOACCESS)
	if err != nil {
		return nil, fmt.Errorf("reserving %d bytes of address space: %w", n, err)
	}
	return unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&at))), n), nil
}

// commit makes a reserved span usable and zero.
func commit(span []byte) error {
	at := uintptr(unsafe.Pointer(unsafe.SliceData(span)))
	if _, err := windows.VirtualAlloc(at, uintptr(len(span)), windows.MEM_COMMIT, windows.PAGE_READWRITE); err != nil {
		return fmt.Errorf("taking %d bytes of memory: %w", len(span), err)
	}
	return nil
}

func release(mem []byte) error {
	return windows.VirtualFree(uintptr(unsafe.Pointer(unsafe.SliceData(mem))), 0, windows.MEM_RELEASE)
}

// keepFromSwap locks a span in memory, as far as the process's working set
// allows.
func keepFromSwap(span []byte) {
	_ = windows.VirtualLock(uintptr(unsafe.Pointer(unsafe.SliceData(span))), uintptr(len(span)))
}

// populate does nothing: pages appear as they are written.
func populate([]byte) {}
