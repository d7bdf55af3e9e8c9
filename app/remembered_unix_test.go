//go:build unix

package app

import (
	"cmp"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"casekeep/vault/sealed"
)

// What somebody put in the place of what this computer remembers keeps nobody
// waiting, and what is noted next takes its place.
func TestRememberedThatIsNoFile(t *testing.T) {
	for name, put := range map[string]func(path string) error{
		"a pipe":             func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a file without end": func(path string) error { return os.Symlink("/dev/zero", path) },
		"a file of a gigabyte": func(path string) error {
			return cmp.Or(os.WriteFile(path, nil, 0o600), os.Truncate(path, 1<<30))
		},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "vaults.json")
		if err := put(path); err != nil {
			t.Fatal(err)
		}
		done := make(chan int)
		go func() {
			openSeen(dir).remember(sealed.Status{VaultID: sealed.VaultID{1}}, dir, "key")
			done <- len(openSeen(dir).load())
		}()
		select {
		case n := <-done:
			if n != 1 {
				t.Errorf("%s: %d vaults are remembered", name, n)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: it waits for ever", name)
		}
	}
}
