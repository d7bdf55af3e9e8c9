// Casekeep keeps the client records of a social worker in private practice.
//
// Without a command it opens the desktop. The commands do the same work
// without a window: one file each, all of it over package app.
//
// # While a vault is open
//
// What a test holds to it is named; the desktop's tests need a screen.
//
//   - No crash writes memory to the disk: the limit on core dumps is 0, and on
//     Linux the process cannot be dumped, nor traced or read by other programs of
//     the same user (guard_linux.go; TestOpenVaultIsGuarded, TestTourLocks). Root
//     can. The desktop's portal is met before that (desktop_portal_x11.go), since
//     it refuses a program into which it cannot look.
//   - The limit on locked memory is raised as far as the user may. What is locked,
//     and what cannot be, stands in package sealed.
//   - The lock replaces the process (desktop_restart.go): Go cannot wipe strings,
//     an exec can. The vault is closed by then, and backed up where there was time;
//     the copies opened outside and the clipboard's text are gone. Handed over are
//     the vault's folder, the window's size and place, and what the user should
//     know (TestTourLocks). A dump of the locked process holds nothing that was
//     read or typed, one of the open process does (TestTour). A program that
//     cannot be replaced locks in place and says so
//     (TestLockInPlaceWhereItCannotRestart).
//   - It locks when nobody uses the computer, when the computer is about to sleep,
//     and when its screen is locked, as far as the system tells (packages idle and
//     away): Linux all three, over X11 and D-Bus; Windows the first two; macOS the
//     first. Elsewhere, and as the net below, a sleep is noticed by the clocks after
//     it.
//   - A copied text leaves the clipboard after a while and at the lock, if it is
//     still there (TestClipboardIsClearedAfterAWhile). A clipboard manager keeps
//     what it has seen: the toolkit has no way to mark a text as one that it should
//     not keep. On X11 every program of the same screen can read keys, windows and
//     the clipboard.
//   - No connection leaves the computer: no package of ours imports what could open
//     one (TestImportsRunOneWay), and the kernel sees none (TestTour).
//   - A passphrase comes from the terminal, unseen, or from a file, never from an
//     argument or the environment, which other programs can read.
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
	m := &Main{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Ask: askTerminal}
	os.Exit(m.Run(context.Background(), os.Args[1:]))
}

// Run does what the arguments say and gives the exit code. An interrupt
// cancels the work, which takes back what is half done; a second one ends the
// program at once.
func (m *Main) Run(ctx context.Context, args []string) int {
	guardProcess()
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

// clause gives an error as one line that steers no terminal. Of errors that came together, one that
// says the same as another is left out.
func clause(err error) string {
	if errors.Is(err, context.Canceled) && !errors.Is(err, app.ErrUnfinished) {
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
	return steerless(said)
}
