// Package away says when the computer is about to sleep and when its screen is
// locked. Each operating system tells that in its own way, and some tell
// nothing.
package away

import "context"

// Why says what happens.
type Why int

// What happens to the computer.
const (
	// Sleep: the computer goes to sleep as soon as everybody is ready.
	Sleep Why = iota + 1
	// Locked: the screen was locked, or the session is to be.
	Locked
)

// Watch calls tell, from any goroutine, until ctx ends. tell calls ready once
// it has done what has to be done before the computer sleeps; the system
// waits for that some seconds and no longer. Where the system tells nothing
// Watch returns.
func Watch(ctx context.Context, tell func(why Why, ready func())) { watch(ctx, tell) }
