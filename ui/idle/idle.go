// Package idle says for how long nobody has touched the computer's keyboard or
// pointer, in whatever program. Fyne has no such hook, so each operating system
// is asked in its own way.
package idle

import (
	"errors"
	"time"
)

// Source tells how long there was no input.
type Source interface {
	Idle() (time.Duration, error)
}

// ErrUnknown says that the operating system does not tell.
var ErrUnknown = errors.New("this computer does not say how long it has been idle")

// System gives the operating system's own source, or ErrUnknown.
func System() (Source, error) { return system() }
