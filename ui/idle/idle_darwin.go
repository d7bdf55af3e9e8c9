//go:build darwin && cgo

package idle

/*
#cgo LDFLAGS: -framework CoreGraphics
#include <CoreGraphics/CoreGraphics.h>

static double secondsIdle(void) {
	return CGEventSourceSecondsSinceLastEventType(kCGEventSourceStateCombinedSessionState, kCGAnyInputEventType);
}
*/
import "C"

import "time"

// quartz asks the window server for the time since the last input of any kind,
// in this login session.
type quartz struct{}

func system() (Source, error) { return quartz{}, nil }

func (quartz) Idle() (time.Duration, error) {
	return time.Duration(float64(C.secondsIdle()) * float64(time.Second)), nil
}
