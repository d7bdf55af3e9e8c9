package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// A project is the source tree that dev works on, and what a command in it is
// given: where to write, and the environment.
type project struct {
	root   string // the folder of go.mod
	goos   string
	euid   int // the user, 0 for root, -1 on Windows
	stdout io.Writer
	stderr io.Writer
	env    []string
}

// openProject finds the source tree round the current folder.
func openProject(stdout, stderr io.Writer) (*project, error) {
	here, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	root, err := findRoot(here)
	if err != nil {
		return nil, err
	}
	p := &project{root: root, goos: runtime.GOOS, euid: os.Geteuid(), stdout: stdout, stderr: stderr}
	// cgo is off by itself where Go saw no C compiler, which makes for riddles.
	p.env = append(os.Environ(),
		"CGO_ENABLED=1",
		"PATH="+p.path("build", "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
	return p, nil
}

// findRoot walks up from a folder to the one that holds Casekeep's go.mod.
func findRoot(folder string) (string, error) {
	for {
		mod, err := os.ReadFile(filepath.Join(folder, "go.mod"))
		if err == nil && bytes.HasPrefix(mod, []byte("module casekeep\n")) {
			return folder, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", errors.New("this is not Casekeep's source: change to the folder that holds its go.mod")
		}
		folder = parent
	}
}

// path names a file of the project.
func (p *project) path(parts ...string) string {
	return filepath.Join(append([]string{p.root}, parts...)...)
}

// with is the same project with more in its environment.
func (p *project) with(env ...string) *project {
	more := *p
	more.env = append(append([]string(nil), p.env...), env...)
	return &more
}

// command is a program to be run at the project's root. When ctx ends it is
// asked to stop, and killed ten seconds later.
func (p *project) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = p.root
	cmd.Env = p.env
	cmd.Stdout = p.stdout
	cmd.Stderr = p.stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// goTool runs the go command, which prints what is wrong by itself.
func (p *project) goTool(ctx context.Context, args ...string) error {
	if err := p.command(ctx, "go", args...).Run(); err != nil {
		return fmt.Errorf("go %s failed: %w", args[0], err)
	}
	return nil
}

// binary is where build leaves the program, or another of a name.
func (p *project) binary(name string) string {
	if p.goos == "windows" {
		name += ".exe"
	}
	return p.path("build", name)
}

// desktopTags are the build tags of the program with its window. sqlite_fts5
// compiles SQLite's full-text search in; x11, on Linux, keeps Fyne from wanting
// Wayland's headers as well.
func (p *project) desktopTags(more ...string) string {
	list := []string{"sqlite_fts5"}
	if p.goos == "linux" {
		list = append(list, "x11")
	}
	return strings.Join(append(list, more...), ",")
}

// headlessTags are the build tags of the program without its window.
const headlessTags = "sqlite_fts5,headless"
