package ui

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Restart replaces the program by a new one that goes on from what is handed
// over: Go cannot wipe its strings, so only that rids the memory of what was
// read from the vault. It does not return, save with the reason why it could
// not.
type Restart func(Again) error

// Again is where the window goes on after a restart. None of it is secret.
type Again struct {
	Dir    string `json:"vault,omitempty"`  // folder of the vault to ask the passphrase of
	Notice string `json:"notice,omitempty"` // what the user should know
	Width  float32
	Height float32 // of the window, in the toolkit's units; 0: as at the start
	X, Y   int     // of its content on the screen, in pixels
	Placed bool    // X and Y are known
}

// takePlace gives the window the size and the place that it had.
func (s *Shell) takePlace(a Again) {
	if a.Width <= 0 || a.Height <= 0 {
		s.window.Resize(Size)
		s.window.CenterOnScreen()
		return
	}
	s.window.Resize(fyne.NewSize(a.Width, a.Height))
	if w, ok := s.window.(desktop.Window); ok && a.Placed {
		w.RequestPosition(a.X, a.Y)
		return
	}
	s.window.CenterOnScreen()
}

var errNotRestarted = errors.New("the vault is locked, but words of it may still be in this computer’s memory: " +
	"quit Casekeep and start it again to be rid of them")

// lockedAgain shows the locked page of a vault that was just closed, in a new
// process.
func (s *Shell) lockedAgain(dir, notice string) {
	if s.opt.Restart == nil {
		s.showLocked(dir, notice)
		return
	}
	size := s.window.Canvas().Size()
	again := Again{Dir: dir, Notice: notice, Width: size.Width, Height: size.Height}
	if err := s.opt.Restart(again); err != nil {
		failed := sentences([]string{errNotRestarted.Error()})
		if notice != "" {
			failed = notice + "\n\n" + failed
		}
		s.showLocked(dir, failed)
	}
}
