package main

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/term"

	"casekeep/app"
)

// progress shows on standard error how far long work has come, where that is a
// terminal.
type progress struct {
	to   *os.File // nil: nobody watches
	last time.Time
	used bool
}

func (m *Main) progress() *progress {
	f, ok := m.Stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return &progress{}
	}
	return &progress{to: f}
}

// show replaces the line, ten times a second at most.
func (p *progress) show(format string, args ...any) {
	if p.to == nil || time.Since(p.last) < 100*time.Millisecond {
		return
	}
	p.last, p.used = time.Now(), true
	fmt.Fprintf(p.to, "\r\x1b[K"+format, args...)
}

// clear removes the line.
func (p *progress) clear() {
	if p.used {
		fmt.Fprint(p.to, "\r\x1b[K")
	}
}

// bytes shows how many bytes of how many are done, and what is being done.
func (p *progress) bytes(done, total int64, doing string) {
	p.show("%s: %s of %s", doing, app.Size(done), app.Size(total))
}
