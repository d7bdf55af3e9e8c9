// Command dev is the developers' door to Casekeep: it sets a machine up, and
// builds, runs, tests, measures, tortures and photographs the program, and says
// from what it is built.
//
// It needs Go alone (no cgo, nothing but the standard library), so it starts on
// a machine where nothing else is installed: go run ./cmd/dev help.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

const usage = `usage: go run ./cmd/dev VERB [ARGUMENTS]

  run [ARGUMENTS]           set up, build, and start the desktop with these arguments
  build [--headless]        leave the program at build/casekeep; --headless: without
                            the window, and without the system's graphics libraries
  test [-short] [PACKAGE...]
                            set up, then every check and test, and the tour of the
                            desktop in a window of its own; with packages, theirs alone;
                            -short: the quick tests, and no tour
  bench [-n ENTRIES] [-mib MIB] [-benchtime TIME] [-count N] [PATTERN]
                            the benchmarks whose names match, large ones with ENTRIES
                            and, for backups, so many MiB of attachments
  bench --aims [-n ENTRIES] [PATTERN]
                            each figure that has an aim beside its limit, as a table
  torture [PATTERN]         the tests under fault whose names match, with every state that
                            they know of, and a table of how many those were
  licenses                  write the licenses of what the program is built from into
                            assets/licenses.txt
  shots [FOLDER]            pictures of every page, into build/shots or FOLDER

On Debian and Ubuntu each verb first installs the system packages that it needs
and that are missing, or says how to where it may not.
`

// A verb does one thing for a developer, given the words after its name.
type verb func(ctx context.Context, p *project, args []string) error

var verbs = map[string]verb{
	"run":      runVerb,
	"build":    buildVerb,
	"test":     testVerb,
	"bench":    benchVerb,
	"torture":  tortureVerb,
	"licenses": licensesVerb,
	"shots":    shotsVerb,
}

// usageError is a command line that dev cannot read: exit code 2.
type usageError struct{ reason string }

func (e usageError) Error() string { return e.reason }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := dev(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// dev carries out one command line and returns the exit code: 0 done, 1 failed,
// 2 wrong usage, or that of the program that run started.
func dev(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stderr, usage)
		return 2
	}
	switch args[0] {
	case "help", "--help", "-help", "-h":
		fmt.Fprint(stdout, usage)
		return 0
	}
	do, known := verbs[args[0]]
	if !known {
		fmt.Fprintf(stderr, "dev: there is no %q\n\n%s", args[0], usage)
		return 2
	}
	p, err := openProject(stdout, stderr)
	if err == nil {
		err = do(ctx, p, args[1:])
	}
	return exitCode(err, stdout, stderr)
}

func exitCode(err error, stdout, stderr io.Writer) int {
	var wrong usageError
	var ended programError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage)
		return 0
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "dev: %v\n\n%s", wrong, usage)
		return 2
	case errors.As(err, &ended):
		return ended.code
	default:
		fmt.Fprintf(stderr, "dev: %v\n", err)
		return 1
	}
}

// parse reads a verb's own flags and returns the words that follow them.
func parse(flags *flag.FlagSet, args []string) ([]string, error) {
	flags.SetOutput(io.Discard)
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil, err
	} else if err != nil {
		return nil, usageError{fmt.Sprintf("%s: %v", flags.Name(), err)}
	}
	return flags.Args(), nil
}

// programError says that the program which run started has ended with a code of
// its own, which it has already explained.
type programError struct{ code int }

func (e programError) Error() string { return fmt.Sprintf("casekeep ended with exit code %d", e.code) }

// asProgram turns a started program's exit code into a programError.
func asProgram(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() > 0 {
		return programError{exit.ExitCode()}
	}
	return err
}
