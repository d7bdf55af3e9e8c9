//go:build !headless

package main

import (
	"log"
	"strings"
	"testing"
)

func TestQuietLogDropsWhatNobodyCanHelp(t *testing.T) {
	var out strings.Builder
	l := log.New(&quietLog{to: &out}, "", 0)
	l.Println("Fyne error:  failed to watch theme settings")
	l.Println("  Cause: dbus-launch: not found")
	l.Println("  At: app_xdg.go:152")
	l.Println("Fyne error:  Unable to create window")
	l.Println("  Cause: no GL")
	if got, want := out.String(), "Fyne error:  Unable to create window\n  Cause: no GL\n"; got != want {
		t.Errorf("the log says %q, want %q", got, want)
	}
}
