package away

import (
	"context"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

// What powrprof.dll's PowerRegisterSuspendResumeNotification takes
// (powrprof.h) and tells (winuser.h).
const (
	deviceNotifyCallback = 2
	apmSuspend           = 4
)

// subscription is DEVICE_NOTIFY_SUBSCRIBE_PARAMETERS.
type subscription struct {
	callback uintptr
	context  uintptr
}

// watch is told by Windows that it goes to sleep. It waits two seconds for the
// callback to return, so that is given back when the vault is locked. Windows
// tells of a locked screen only to a window's own procedure, which the toolkit
// has.
func watch(ctx context.Context, tell func(Why, func())) {
	power := windows.NewLazySystemDLL("powrprof.dll")
	register := power.NewProc("PowerRegisterSuspendResumeNotification")
	unregister := power.NewProc("PowerUnregisterSuspendResumeNotification")
	if register.Find() != nil || unregister.Find() != nil {
		return
	}
	to := &subscription{callback: windows.NewCallback(func(_, what, _ uintptr) uintptr {
		if what == apmSuspend {
			ready := make(chan struct{})
			tell(Sleep, func() { close(ready) })
			select {
			case <-ready:
			case <-ctx.Done():
			}
		}
		return 0
	})}
	var handle uintptr
	if failed, _, _ := register.Call(deviceNotifyCallback, uintptr(unsafe.Pointer(to)), uintptr(unsafe.Pointer(&handle))); failed != 0 {
		return
	}
	<-ctx.Done()
	_, _, _ = unregister.Call(handle)
	runtime.KeepAlive(to)
}
