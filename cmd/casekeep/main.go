// Casekeep keeps the client records of a social worker in private practice.
//
// Without a command it opens the desktop. The commands do the same work
// without a window: one file each, all of it over package app.
//
// The process keeps its memory from dumps and, on Linux, from other programs of
// the same user (guard_*.go). At lock the desktop replaces it (replace_*.go), since
// Go cannot wipe its strings. A passphrase comes from the terminal, unseen, or
// from a file, never from an argument or the environment, which other programs
// can read.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // zones are stored by name, and not every computer has them

	"casekeep/app"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1 // refused or failed: one line on standard error says what to do
	exitUsage  = 2
)

// Main is the program: what it is given, and where it answers. Tests start it
// with parts of their own.
type Main struct {
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Config app.Config
	// Ask asks for a secret where nobody can look on.
	Ask func(ctx context.Context, prompt string) (string, error)
}

func main() {
	guardProcess()
	m := &Main{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Ask: askTerminal}
	os.Exit(m.Run(context.Background(), os.Args[1:]))
}

// Run does what the arguments say and gives the exit code. An interrupt
// cancels the work, which takes back what is half done; a second one ends the
// program at once.
func (m *Main) Run(ctx context.Context, args []string) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	root := m.command()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitDone
	}
	line := clause(err)
	if isUsage(err) {
		fmt.Fprintf(m.Stderr, "casekeep: %s; see %s --help\n", line, cmd.CommandPath())
		return exitUsage
	}
	fmt.Fprintf(m.Stderr, "casekeep: %s\n", line)
	return exitFailed
}

// clause gives an error as one line. Of errors that came together, one that
// says the same as another is left out.
func clause(err error) string {
	if errors.Is(err, context.Canceled) {
		return "canceled: nothing was changed"
	}
	var said string
	for line := range strings.Lines(err.Error()) {
		switch line = strings.TrimSpace(line); {
		case line == "" || strings.Contains(said, line):
		case said == "":
			said = line
		default:
			said += "; " + line
		}
	}
	return said
}
