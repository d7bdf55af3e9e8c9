package crash

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Page is what a small disk gives and takes at a time, in bytes.
const Page = 4096

// SmallDisk is a disk of its own, in memory, that is really full when it is.
type SmallDisk struct{ dir string }

// ownMountsEnv tells a test that runs itself again that it may mount now.
const ownMountsEnv = "CASEKEEP_OWN_MOUNTS"

// OnSmallDisk runs f with a small disk. Who may not mount one runs the test again
// in namespaces of its own; where that is not allowed either the test is skipped.
func OnSmallDisk(t *testing.T, f func(*SmallDisk)) {
	t.Helper()
	dir := t.TempDir()
	err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64m")
	switch {
	case errors.Is(err, syscall.EPERM) && os.Getenv(ownMountsEnv) == "":
		againWithMounts(t)
		return
	case err != nil:
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	defer func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}()
	f(&SmallDisk{dir})
}

// againWithMounts runs the present test alone, as the root of its own namespaces.
func againWithMounts(t *testing.T) {
	t.Helper()
	top, _, _ := strings.Cut(t.Name(), "/")
	again := exec.Command(os.Args[0], "-test.run", "^"+top+"$", "-test.v", "-test.timeout", "3h")
	again.Env = append(os.Environ(), ownMountsEnv+"=1")
	self := func(id int) []syscall.SysProcIDMap { return []syscall.SysProcIDMap{{HostID: id, Size: 1}} }
	again.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: self(os.Getuid()), GidMappings: self(os.Getgid()),
	}
	said, err := again.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		t.Errorf("in namespaces of its own: %v\n%s", err, said)
	case err != nil:
		t.Skipf("this user may neither mount a small disk nor have namespaces (%v)", err)
	default:
		t.Logf("in namespaces of its own:\n%s", said)
	}
}

// Path names a file of the disk.
func (d *SmallDisk) Path(name string) string { return filepath.Join(d.dir, name) }

// Leave makes the disk so large that this many bytes are free, in whole pages.
func (d *SmallDisk) Leave(free int64) error {
	var s syscall.Statfs_t
	if err := syscall.Statfs(d.dir, &s); err != nil {
		return err
	}
	used := int64(s.Blocks-s.Bfree) * s.Bsize
	size := max(used+free, Page) // 0 would be without bounds
	return syscall.Mount("tmpfs", d.dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprint("size=", size))
}

// Begin makes the disk roomy and has it hold an image and nothing else.
func (d *SmallDisk) Begin(im Image) error {
	if err := d.Leave(64 << 20); err != nil {
		return err
	}
	there, err := os.ReadDir(d.dir)
	if err != nil {
		return err
	}
	for _, e := range there {
		if err := os.RemoveAll(d.Path(e.Name())); err != nil {
			return err
		}
	}
	return im.Write(d.dir)
}

// Fill tries something that takes room with 0 bytes free, then a step more, and
// so on until it has gone through. Try begins by itself, and says whether it
// went through. Fill gives how often it did not.
func (d *SmallDisk) Fill(t *testing.T, step int64, try func(free int64) (done bool, err error)) (states int) {
	t.Helper()
	const most = 32 << 20
	for free := int64(0); free < most; free += step {
		done, err := try(free)
		if err != nil {
			t.Fatalf("with %d bytes free: %v", free, err)
		}
		states++
		if done {
			return states
		}
	}
	t.Fatalf("%d bytes are not enough", most)
	return states
}
