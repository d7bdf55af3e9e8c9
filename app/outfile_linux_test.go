package app_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"casekeep/app"
)

// A record that is being written stands under no name, so a program that is
// killed leaves none of it in plain text.
func TestARecordBeingWrittenHasNoName(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	logText(t, p, ada, now, "hello")
	dir := t.TempDir()
	fd, err := unix.Open(dir, unix.O_TMPFILE|unix.O_RDWR, 0o600)
	if err != nil {
		t.Skipf("this file system has no files without names: %v", err)
	}
	unix.Close(fd)
	looked := false
	look := func(done, total int) {
		looked = true
		if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
			t.Errorf("while it is written: %v, %v", files, err)
		}
	}
	out := filepath.Join(dir, "ada.pdf")
	if _, err := p.Produce(ctx, app.ProduceRequest{Client: ada.ID, To: "x", Purpose: "y", Out: out}, look); err != nil || !looked {
		t.Fatalf("looked %t, %v", looked, err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 || files[0].Name() != "ada.pdf" {
		t.Errorf("afterwards: %v, %v", files, err)
	}
}
