package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"dev": main}) }

// The scripts call dev as a developer does. In them go is a stand-in that writes
// down what it was asked, and every system package is there.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", filepath.Join(env.WorkDir, "bin")+string(os.PathListSeparator)+env.Getenv("PATH"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits N PROGRAM... runs a program that must end with exit code N.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARGUMENT...]")
	}
	code := "0"
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = strconv.Itoa(exit.ExitCode())
	} else if err != nil {
		ts.Fatalf("%s: %v", args[1], err)
	}
	if code != args[0] {
		ts.Fatalf("%s ended with exit code %s, not %s", args[1], code, args[0])
	}
}

// dev must start on every system that Casekeep is built for, with Go alone.
func TestStartsWithGoAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the standard library for other systems")
	}
	for _, system := range []string{"linux", "darwin", "windows"} {
		build := exec.Command("go", "build", "-o", filepath.Join(t.TempDir(), "dev"), ".")
		build.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0", "GOPROXY=off", "GOMODCACHE="+t.TempDir())
		if output, err := build.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", system, err, output)
		}
	}
}
