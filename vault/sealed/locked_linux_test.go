package sealed

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// An open vault's MAC key lies in memory that the kernel keeps from swap and
// core dumps; the lock wipes it.
func TestKeysLieInLockedMemory(t *testing.T) {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_MEMLOCK, &limit); err != nil || limit.Cur < 2*lockedStep {
		t.Skipf("this system locks no memory: %v, %d bytes", err, limit.Cur)
	}
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 0, quick())
	mac := db.keys.mac
	flags := vmFlags(t, mac)
	for flag, what := range map[string]string{"lo": "locked", "dd": "left out of core dumps"} {
		if !strings.Contains(flags, " "+flag) {
			t.Errorf("the key's memory is not %s: its flags are%s", what, flags)
		}
	}
	if bytes.Equal(mac, make([]byte, lockedSlot)) {
		t.Fatal("the key is empty")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(mac, make([]byte, lockedSlot)) {
		t.Error("the closed vault's key is still there")
	}
}

// vmFlags gives what the kernel says of the mapping that holds b
// (proc_pid_smaps(5)).
func vmFlags(t *testing.T, b []byte) string {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skipf("the system tells nothing of its memory: %v", err)
	}
	at, inside := uintptr(unsafe.Pointer(unsafe.SliceData(b))), false
	for line := range strings.Lines(string(maps)) {
		var from, to uintptr
		if n, _ := fmt.Sscanf(line, "%x-%x ", &from, &to); n == 2 {
			inside = from <= at && at < to
		}
		if flags, ok := strings.CutPrefix(line, "VmFlags:"); ok && inside {
			return flags
		}
	}
	t.Fatal("no mapping holds the key")
	return ""
}
