package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// withoutRights makes a command respect permissions even where the tests run
// as root.
func withoutRights(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	setpriv, err := exec.LookPath("setpriv")
	if err != nil {
		t.Skip("root may write everywhere, and there is no setpriv (Debian's util-linux) to give that right up")
	}
	cmd.Args = append([]string{setpriv, "--bounding-set", "-all", cmd.Path}, cmd.Args[1:]...)
	cmd.Path = setpriv
}

// refused runs a command that must end with exit code 1 and one line on
// standard error, and gives that line.
func (p *practice) refused(cmd *exec.Cmd) string {
	p.t.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
		p.t.Errorf("%s ended with %v: %s%s", cmd, err, stdout.String(), stderr.String())
	}
	line := stderr.String()
	if stdout.Len() != 0 || !strings.HasPrefix(line, "casekeep: ") || strings.Count(line, "\n") != 1 {
		p.t.Errorf("%s said %q and %q", cmd, stdout.String(), line)
	}
	return line
}

// In a folder that cannot be written, what is there can be read, and nothing
// is taken that could not be kept.
func TestReadOnlyFolder(t *testing.T) {
	p := newPractice(t)
	p.run("log", p.dir, "--client", "Dana", "--channel", "text", "--direction", "in", "--text", "kept before")
	writable := func(mode os.FileMode) {
		for _, folder := range []string{p.dir, filepath.Join(p.dir, "attachments"), filepath.Dir(p.dir)} {
			if err := os.Chmod(folder, mode); err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
		}
	}
	writable(0o500)
	defer writable(0o700)
	for _, args := range [][]string{
		{"log", p.dir, "--client", "Dana", "--channel", "text", "--direction", "in", "--text", "not kept"},
		{"client", "add", p.dir, "--name", "Nobody"},
		{"create", filepath.Join(filepath.Dir(p.dir), "new.casekeep")},
		{"produce", p.dir, "--client", "Dana", "--to", "Court", "--purpose", "order", "--out", filepath.Join(filepath.Dir(p.dir), "r.pdf")},
	} {
		cmd := p.command(args...)
		withoutRights(t, cmd)
		t.Log(p.refused(cmd))
	}
	reading := p.command("search", p.dir, "kept", "--json")
	withoutRights(t, reading)
	if found, err := reading.Output(); err != nil || !strings.Contains(string(found), "kept before") {
		t.Errorf("reading: %v, %s", err, found)
	}
	writable(0o700)
	if n := p.entries(); n != 1 {
		t.Errorf("%d entries", n)
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(p.dir), "r.pdf")); err == nil {
		t.Error("a record was produced all the same")
	}
}

// A disk without room refuses what does not fit, loses nothing, and goes on
// when there is room.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=12m"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	defer func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	}()
	p := newPractice(t)
	moved := filepath.Join(disk, "v.casekeep")
	if out, err := exec.Command("cp", "-r", p.dir, moved).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	p.dir = moved
	p.run("log", p.dir, "--client", "Dana", "--channel", "text", "--direction", "in", "--text", "kept before")
	filler := filepath.Join(disk, "filler")
	if err := os.WriteFile(filler, make([]byte, 8<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	p.backup("sms.xml", 50_000)
	t.Log(p.refused(p.command("import", p.dir, p.file("sms.xml"), "--client", "Dana")))
	if found := p.run("search", p.dir, "kept before", "--json"); !strings.Contains(found, "kept before") {
		t.Error("what was there before cannot be found on a full disk")
	}

	f, err := os.OpenFile(filler, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(make([]byte, 12<<20)); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	f.Close()
	for _, args := range [][]string{
		{"log", p.dir, "--client", "Dana", "--channel", "text", "--direction", "in", "--text", "without room"},
		{"create", filepath.Join(disk, "new.casekeep")},
		{"produce", p.dir, "--client", "Dana", "--to", "Court", "--purpose", "order", "--out", filepath.Join(disk, "r.pdf")},
	} {
		line := p.refused(p.command(args...))
		t.Log(line)
		if !strings.Contains(line, "the disk is full") {
			t.Errorf("%s: the line does not say that the disk is full: %s", args[0], line)
		}
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"r.pdf", "new.casekeep"} {
		if _, err := os.Stat(filepath.Join(disk, name)); err == nil {
			t.Errorf("%s is there all the same", name)
		}
	}
	p.run("log", p.dir, "--client", "Dana", "--channel", "text", "--direction", "in", "--text", "room again")
	for _, text := range []string{"kept before", "room again"} {
		if found := p.run("search", p.dir, text, "--json"); !strings.Contains(found, text) {
			t.Errorf("%q is gone", text)
		}
	}
	if n := p.entries(); n != 2 {
		t.Errorf("%d entries", n)
	}
}
