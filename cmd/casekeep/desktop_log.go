//go:build !headless

package main

import (
	"io"
	"log"
	"os"
	"strings"
)

// quietLog lets the toolkit's complaints through, save those that a person can
// do nothing about. It logs a complaint as one line and its cause as further
// ones, which begin with two spaces.
type quietLog struct {
	to   io.Writer
	drop bool // the complaint being logged
}

// harmless are complaints that ask for nothing.
var harmless = []string{
	// Without a session bus the desktop's theme cannot be followed: light is used.
	"failed to watch theme settings",
	// The toolkit watches its own file and reads it while it writes it. Casekeep
	// keeps nothing there.
	"Preferences load error",
}

// quietToolkit keeps them from standard error.
func quietToolkit() {
	log.SetFlags(0)
	log.SetOutput(&quietLog{to: os.Stderr})
}

func (q *quietLog) Write(line []byte) (int, error) {
	text := string(line)
	if !strings.HasPrefix(text, "  ") {
		q.drop = false
		for _, known := range harmless {
			q.drop = q.drop || strings.Contains(text, known)
		}
	}
	if q.drop {
		return len(line), nil
	}
	return q.to.Write(line)
}
