//go:build headless

package main

import (
	"context"
	"errors"
)

var errNoWindow = errors.New("this build has no window: use one of the commands that casekeep --help lists, " +
	"or build the desktop with go run ./cmd/dev build")

// openDesktop opens a vault in the window, or lets one be chosen there.
func (m *Main) openDesktop(context.Context, string) error { return errNoWindow }

// openDemo opens the sample practice in the window.
func (m *Main) openDemo(context.Context) error { return errNoWindow }
