package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// other runs something as a user without rights, where the test may, with core
// dumps allowed and in a folder of its own.
type other struct {
	t   *testing.T
	dir string
	as  *syscall.SysProcAttr
}

func newOther(t *testing.T) *other {
	t.Helper()
	o := &other{t: t, dir: filepath.Join(t.TempDir(), "cores")}
	if err := os.Mkdir(o.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		const nobody = 65534
		o.as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		for _, dir := range []string{o.dir, filepath.Dir(o.dir), filepath.Dir(filepath.Dir(o.dir))} {
			if err := os.Chmod(dir, 0o777); err != nil {
				t.Fatal(err)
			}
		}
	}
	return o
}

func (o *other) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command("sh", append([]string{"-c", `ulimit -c unlimited 2>/dev/null; exec "$@"`, "sh", name}, args...)...)
	cmd.SysProcAttr, cmd.Dir = o.as, o.dir
	cmd.Env = append(os.Environ(), "GOTRACEBACK=crash", "HOME="+o.dir)
	return cmd
}

// traces reports whether the same user may attach to a process.
func (o *other) traces(pid int) bool {
	o.t.Helper()
	attach := o.command("timeout", "--signal=INT", "1", "strace", "-o", "/dev/null", "-p", strconv.Itoa(pid))
	out, _ := attach.CombinedOutput()
	return !strings.Contains(string(out), "Operation not permitted") && strings.Contains(string(out), "attached")
}

// dumps kills a process in the way that leaves a core dump, and reports whether
// there is one.
func (o *other) dumps(cmd *exec.Cmd) bool {
	o.t.Helper()
	if err := cmd.Process.Signal(unix.SIGABRT); err != nil {
		o.t.Fatal(err)
	}
	_ = cmd.Wait()
	return len(o.cores()) > 0
}

func (o *other) cores() []string {
	found, _ := filepath.Glob(filepath.Join(o.dir, "core*"))
	return found
}

// While a vault is open no program of the same user attaches to Casekeep, and no
// crash leaves its memory on the disk, whatever the user's limits are. A process
// that does not guard itself is the measure: where even that can be neither
// traced nor dumped, the system shows nothing.
func TestOpenVaultIsGuarded(t *testing.T) {
	p, o := newPractice(t), newOther(t)
	p.backup("sms.xml", 150_000)
	for _, dir := range []string{p.home, p.dir} {
		o.give(dir)
	}
	program := o.own()

	plain := o.command("sleep", "100")
	if err := plain.Start(); err != nil {
		t.Fatal(err)
	}
	traceable, dumpable := o.traces(plain.Process.Pid), o.dumps(plain)
	o.sweep()

	guarded := o.command(program, "import", p.dir, p.file("sms.xml"), "--client", "Dana", "--passphrase-file", p.file("pass"))
	var said bytes.Buffer
	guarded.Stdout, guarded.Stderr = &said, &said
	if err := guarded.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = guarded.Process.Kill() }()
	time.Sleep(1500 * time.Millisecond)
	if !traceable {
		t.Log("NOT CHECKED, tracing: no process can be traced here")
	} else if o.traces(guarded.Process.Pid) {
		t.Error("the same user traces the open vault's process")
	}
	if !o.runs(guarded.Process.Pid) {
		t.Fatalf("the import ended too early: %s", said.String())
	}
	if dumped := o.dumps(guarded); !dumpable {
		t.Log("NOT CHECKED, core dumps: no process leaves one in its folder here")
	} else if dumped {
		t.Error("a crash left the open vault's memory on the disk")
	}
	p.entries() // the vault is whole
}

// own copies this very program to where the other user may run it.
func (o *other) own() string {
	o.t.Helper()
	self, err := os.Executable()
	if err != nil {
		o.t.Fatal(err)
	}
	content, err := os.ReadFile(self)
	if err != nil {
		o.t.Fatal(err)
	}
	file := filepath.Join(filepath.Dir(o.dir), "casekeep")
	if err := os.WriteFile(file, content, 0o755); err != nil {
		o.t.Fatal(err)
	}
	return file
}

// give makes what lies in a folder the other user's own, and lets it be reached.
func (o *other) give(dir string) {
	o.t.Helper()
	if o.as == nil {
		return
	}
	for above := filepath.Dir(dir); filepath.Base(above) != filepath.Base(os.TempDir()); above = filepath.Dir(above) {
		if err := os.Chmod(above, 0o777); err != nil {
			o.t.Fatal(err)
		}
	}
	if err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, int(o.as.Credential.Uid), int(o.as.Credential.Gid))
	}); err != nil {
		o.t.Fatal(err)
	}
}

func (o *other) sweep() {
	for _, file := range o.cores() {
		if err := os.Remove(file); err != nil {
			o.t.Fatal(err)
		}
	}
}

func (*other) runs(pid int) bool { return unix.Kill(pid, 0) == nil }
