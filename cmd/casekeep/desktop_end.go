//go:build !headless && (!linux || x11 || wayland)

package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui"
)

// endOnSignal locks the vault and closes the window when a signal comes, or
// ctx ends.
func endOnSignal(ctx context.Context, shell *ui.Shell) {
	ctx, _ = signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() { fyne.Do(shell.End) })
}

// toolkitEnds is how long the toolkit may take to end once its window is closed.
const toolkitEnds = 3 * time.Second

// ending is the end of the program after its window was closed.
type ending struct {
	closed func()
	late   *time.Timer // nil until the window is closed
}

// onClosed calls closed once the window is, and ends the program with last where the
// toolkit does not come to its end: it may wait for ever for something that it
// put aside itself, and a program without a window would keep the vault from
// being opened.
func onClosed(w fyne.Window, closed func(), last func() error) *ending {
	e := &ending{closed: closed}
	w.SetOnClosed(func() {
		closed()
		e.late = time.AfterFunc(toolkitEnds, func() {
			if err := last(); err != nil {
				fmt.Fprintln(os.Stderr, "casekeep: "+err.Error())
				os.Exit(1)
			}
			os.Exit(0)
		})
	})
	return e
}

// toolkitEnded notes that the toolkit came to its end by itself.
func (e *ending) toolkitEnded() {
	e.closed()
	if e.late != nil {
		e.late.Stop()
	}
}
