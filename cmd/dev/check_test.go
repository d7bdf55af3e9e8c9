package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestFindDisplay(t *testing.T) {
	for _, try := range []struct{ goos, display, wayland, says string }{
		{"linux", ":0", "", ""},
		{"linux", ":0", "wayland-0", ""},
		{"linux", "", "", "xvfb-run"},
		{"linux", "", "wayland-0", "xwayland"},
		{"darwin", "", "", ""},
		{"windows", "", "", ""},
	} {
		err := findDisplay(try.goos, func(name string) string {
			return map[string]string{"DISPLAY": try.display, "WAYLAND_DISPLAY": try.wayland}[name]
		})
		switch {
		case try.says == "" && err != nil:
			t.Errorf("%+v: %v", try, err)
		case try.says != "" && (err == nil || !strings.Contains(err.Error(), try.says) || strings.Contains(err.Error(), "\n")):
			t.Errorf("%+v: got %v", try, err)
		}
	}
}

func TestTags(t *testing.T) {
	linux, windows := &project{goos: "linux"}, &project{goos: "windows"}
	for _, try := range []struct{ got, want string }{
		{linux.desktopTags(), "sqlite_fts5,x11"},
		{linux.desktopTags("tour"), "sqlite_fts5,x11,tour"},
		{windows.desktopTags(), "sqlite_fts5"},
	} {
		if try.got != try.want {
			t.Errorf("got %s, want %s", try.got, try.want)
		}
	}
}

func TestSomeLineNames(t *testing.T) {
	for _, try := range []struct {
		text string
		want bool
	}{
		{"# casekeep\ntags.go:5: build with sqlite_fts5 and x11\n", true},
		{"needs sqlite_fts5\nneeds x11\n", false},
		{"wayland-client.h: no such file\n", false},
		{"", false},
	} {
		if got := someLineNames(try.text, []string{"sqlite_fts5", "x11"}); got != try.want {
			t.Errorf("%q: got %v", try.text, got)
		}
	}
}

func TestGraphical(t *testing.T) {
	for library, want := range map[string]bool{
		"libGL.so.1": true, "libX11.so.6": true, "libXcursor.so.1": true,
		"libc.so.6": false, "libm.so.6": false, "libdl.so.2": false,
	} {
		if got := graphical(library); got != want {
			t.Errorf("%s: got %v", library, got)
		}
	}
}

func TestUnformattedFiles(t *testing.T) {
	root := t.TempDir()
	const good, bad = "package a\n\nvar x = 1\n", "package a\nvar  x=1\n"
	for name, content := range map[string]string{
		"good.go": good, "bad.go": bad, "ui/bad.go": bad, "bad.txt": bad,
		"ui/testdata/bad.go": bad, "build/bad.go": bad, ".git/bad.go": bad,
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := unformattedFiles(root)
	want := []string{"bad.go", filepath.FromSlash("ui/bad.go")}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	if err := os.WriteFile(filepath.Join(root, "broken.go"), []byte("package a\nfunc {\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := unformattedFiles(root); err == nil || !strings.Contains(err.Error(), "broken.go") {
		t.Errorf("a file that is not Go: %v", err)
	}
}

func TestFindRoot(t *testing.T) {
	root := t.TempDir()
	inside := filepath.Join(root, "cmd", "dev")
	if err := os.MkdirAll(inside, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := findRoot(inside); err == nil {
		t.Error("a folder without go.mod was taken for Casekeep's")
	}
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module casekeep\n\ngo 1.26.0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, err := findRoot(inside); err != nil || got != root {
		t.Errorf("got %q, %v; want %q", got, err, root)
	}
}

// dev checks itself with the version of age that its own binary tells.
func TestBuiltVersion(t *testing.T) {
	if got := builtVersion(filepath.Join(t.TempDir(), "age")); got != "" {
		t.Errorf("a program that is not there has version %q", got)
	}
	script := filepath.Join(t.TempDir(), "age")
	if err := os.WriteFile(script, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if got := builtVersion(script); got != "" {
		t.Errorf("a program that is not Go has version %q", got)
	}
}
