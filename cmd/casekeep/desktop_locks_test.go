//go:build tour && !headless

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/ui/away/fakebus"
)

// nobody is a user without any rights, where the test may become one.
func nobody() *syscall.SysProcAttr {
	if os.Geteuid() != 0 {
		return nil
	}
	const id = 65534
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: id, Gid: id}}
}

// letIn lets every user pass through the test's folders.
func letIn(t *testing.T, dirs ...string) {
	t.Helper()
	for _, dir := range dirs {
		if err := errors.Join(os.Chmod(dir, 0o711), os.Chmod(filepath.Dir(dir), 0o711)); err != nil {
			t.Fatal(err)
		}
	}
}

// giveTo makes everything in a folder a user's own.
func giveTo(t *testing.T, as *syscall.SysProcAttr, dir string) {
	t.Helper()
	if as == nil {
		return
	}
	if err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(path, int(as.Credential.Uid), int(as.Credential.Gid)))
	}); err != nil {
		t.Fatal(err)
	}
}

// lockTour is a sample practice in a window, which locks for one reason after
// the other.
type lockTour struct {
	*realWindow
	as     *syscall.SysProcAttr
	logind *fakebus.Logind
	vault  string
}

// TestTourLocks locks the window in each way, as a user without rights: each
// time the program replaces itself, and the sample practice lives on until it
// ends.
func TestTourLocks(t *testing.T) {
	program, home := buildProgram(t), homeFolder(t)
	system := startBus(t)
	r := &lockTour{as: nobody(), logind: fakebus.NewLogind(t, system)}
	giveTo(t, r.as, home)
	letIn(t, filepath.Dir(home), filepath.Dir(program), filepath.Dir(strings.TrimPrefix(strings.Split(system, ",")[0], "unix:path=")))
	r.realWindow = launch{program: program, home: home, args: []string{"demo"}, as: r.as,
		env: []string{"DBUS_SYSTEM_BUS_ADDRESS=" + system}}.start(t)
	r.until("the sample is open", r.open)
	found, err := filepath.Glob(filepath.Join(home, "tmp", "casekeep-demo-*", "*"+app.Suffix))
	if err != nil || len(found) != 1 {
		t.Fatalf("the sample practice: %q, %v", found, err)
	}
	r.vault = found[0]
	first := r.delay()
	r.still()

	r.checkGuarded()
	r.lockByKey(program)
	if !first.GivenUp(patience) {
		t.Error("a locked program delays the computer's sleep twice")
	}
	r.unlock()
	r.lockBySleep()
	r.unlock()
	r.endBySignal()
}

// startBus starts a message bus, which a tour cannot do without.
func startBus(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("dbus-daemon"); err != nil {
		t.Fatalf("%v: run go run ./cmd/dev test, which installs it", err)
	}
	return fakebus.Start(t)
}

func (r *lockTour) open() bool { return r.title() == "Quill Street Practice - Casekeep" }

func (r *lockTour) unlock() {
	r.t.Helper()
	if !app.IsVault(r.vault) {
		r.t.Fatal("the lock removed the sample practice")
	}
	r.text(app.DemoPassphrase)
	r.keys("Return")
	r.until("the vault is unlocked", r.open)
	r.still()
}

// delay is the lock that delays sleep, once the program has taken it.
func (r *lockTour) delay() *fakebus.Delay {
	r.t.Helper()
	select {
	case d := <-r.logind.Delays:
		return d
	case <-time.After(patience):
		r.t.Fatal("the program does not delay the computer's sleep")
		return nil
	}
}

// lockByKey locks while a text is on the clipboard and an update has replaced
// the program's file, and presses the key twice. The window comes back where it
// was.
func (r *lockTour) lockByKey(program string) {
	r.xdotool("windowsize", "--sync", r.id, "1100", "720")
	r.xdotool("windowmove", "--sync", r.id, "60", "40")
	r.acts("ctrl+2", "ctrl+n")
	r.text("the amber stairwell")
	r.keys("ctrl+a", "ctrl+c")
	r.until("the text is on the clipboard", func() bool { return clipboard() == "the amber stairwell" })
	if err := errors.Join(os.Remove(program), os.WriteFile(program, []byte("#!/bin/sh\nexit 7\n"), 0o755)); err != nil {
		r.t.Fatal(err)
	}
	place := r.geometry()
	r.locks(func() { r.keys("ctrl+l", "ctrl+l") })
	if now := r.geometry(); now != place {
		r.t.Errorf("the locked window is at\n%s\nand was at\n%s", now, place)
	}
	if left := clipboard(); left != "" {
		r.t.Errorf("after the lock the clipboard holds %q", left)
	}
}

// geometry is where the window is and how large.
func (r *lockTour) geometry() string {
	_, place, _ := strings.Cut(r.xdotool("getwindowgeometry", r.id), "\n")
	return place
}

// lockBySleep lets the computer go to sleep, which it does once the vault is
// locked, and wake.
func (r *lockTour) lockBySleep() {
	delay := r.delay()
	r.locks(func() { r.logind.Sleeps(true) })
	if !delay.GivenUp(patience) {
		r.t.Error("the computer cannot sleep after the lock")
	}
	r.logind.Sleeps(false)
}

// endBySignal ends the program as the system does: in good order.
func (r *lockTour) endBySignal() {
	if err := r.program.Process.Signal(syscall.SIGTERM); err != nil {
		r.t.Fatal(err)
	}
	if err := <-r.ended; err != nil {
		r.t.Errorf("the program ended with %v", err)
	}
	r.ended <- nil
	if app.IsVault(r.vault) {
		r.t.Error("the sample practice is still there")
	}
	if said := r.output.String(); said != "" {
		r.t.Errorf("the program wrote to the terminal:\n%s", said)
	}
}

// checkGuarded lets another program of the same user look into the open vault's
// memory, which the system refuses; and no core dump can be made.
func (r *lockTour) checkGuarded() {
	r.t.Helper()
	pid := r.program.Process.Pid
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", pid))
	if err != nil || !strings.Contains(strings.Join(strings.Fields(string(limits)), " "), "Max core file size 0 0 bytes") {
		r.t.Errorf("a core dump can be made: %v\n%s", err, limits)
	}
	for _, name := range []string{"mem", "environ", "maps"} {
		look := exec.Command("head", "-c1", fmt.Sprintf("/proc/%d/%s", pid, name))
		look.SysProcAttr = r.as
		if out, err := look.CombinedOutput(); err == nil {
			r.t.Errorf("the same user reads the program's %s: %q", name, out)
		}
	}
}
