package idle

import (
	"fmt"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user32       = windows.NewLazySystemDLL("user32.dll")
	lastInput    = user32.NewProc("GetLastInputInfo")
	kernel32     = windows.NewLazySystemDLL("kernel32.dll")
	getTickCount = kernel32.NewProc("GetTickCount")
)

// win32 compares the tick of the last input with the present one. Both are
// milliseconds since the start of Windows and wrap after 49.7 days.
type win32 struct{}

func system() (Source, error) {
	if lastInput.Find() != nil || getTickCount.Find() != nil {
		return nil, ErrUnknown
	}
	return win32{}, nil
}

func (win32) Idle() (time.Duration, error) {
	info := struct{ size, tick uint32 }{size: 8}
	if ok, _, err := lastInput.Call(uintptr(unsafe.Pointer(&info))); ok == 0 {
		return 0, fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	now, _, _ := getTickCount.Call()
	return time.Duration(uint32(now)-info.tick) * time.Millisecond, nil
}
