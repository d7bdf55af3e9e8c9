//go:build tour && !headless

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// trace is what the kernel was asked for while the program ran.
type trace string

// traced gives the command under which a program runs watched, or nothing where
// the system allows no such thing.
func traced(t *testing.T) (before []string, into trace) {
	t.Helper()
	into = trace(filepath.Join(t.TempDir(), "trace"))
	before = []string{"strace", "-D", "-f", "-q", "--seccomp-bpf", "-e", "trace=socket,socketpair,openat,creat", "-e", "signal=none", "-o", string(into), "--"}
	try := exec.Command(before[0], append(before[1:], "true")...)
	if out, err := try.CombinedOutput(); err != nil {
		t.Logf("NOT CHECKED, sockets and files: strace cannot be used here: %v %s", err, out)
		return nil, ""
	}
	return before, into
}

var (
	openedSocket  = regexp.MustCompile(`socket(?:pair)?\((AF_\w+|PF_\w+|0x\w+)`)
	openedForWork = regexp.MustCompile(`(?:openat\(AT_FDCWD, |creat\()"([^"]*)"(.*)\) = \d`)
	changes       = regexp.MustCompile(`O_WRONLY|O_RDWR|O_CREAT|, 0\d+$`)
)

// read gives the trace once the program has ended.
func (f trace) read(s *realWindow) string {
	s.t.Helper()
	var text []byte
	s.until("the trace ends", func() bool {
		text, _ = os.ReadFile(string(f))
		return strings.HasSuffix(string(text), " +++\n")
	})
	return string(text)
}

// checkSockets wants no socket but those that stay on this computer.
func checkSockets(t *testing.T, text string) {
	t.Helper()
	local := 0
	for _, found := range openedSocket.FindAllStringSubmatch(text, -1) {
		if found[1] != "AF_UNIX" {
			t.Errorf("the program opened a socket of %s", found[1])
			continue
		}
		local++
	}
	if local == 0 {
		t.Error("the program opened no socket at all: the trace shows nothing")
	}
	t.Logf("%d sockets were opened, all of them local", local)
}

// checkFiles wants every file that was opened to be written to lie in the home
// folder, or to be a device or the kernel's.
func checkFiles(t *testing.T, text, home string) {
	t.Helper()
	inside := 0
	for _, found := range openedForWork.FindAllStringSubmatch(text, -1) {
		path, how := found[1], found[2]
		switch {
		case !changes.MatchString(how):
		case path == home, strings.HasPrefix(path, home+"/"):
			inside++
		case strings.HasPrefix(path, "/dev/") && !strings.HasPrefix(path, "/dev/shm/"), strings.HasPrefix(path, "/proc/"):
		default:
			t.Errorf("the program wrote to %s (%s)", path, how)
		}
	}
	if inside == 0 {
		t.Error("no file was written: the trace shows nothing")
	}
}
