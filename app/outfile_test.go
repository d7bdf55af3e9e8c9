package app

import (
	"bufio"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Where a file system has no files without names, a passing one does.
func TestOutFileWithAPassingName(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ada.pdf")
	for _, content := range []string{"first", "second"} {
		temp, err := os.CreateTemp(dir, ".casekeep-*.part")
		if err != nil {
			t.Fatal(err)
		}
		f := &outFile{path: path, temp: temp, passing: true, buf: bufio.NewWriter(temp), hash: sha256.New()}
		if _, err := f.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
		if err := f.finish(); err != nil {
			t.Fatal(err)
		}
		err = f.deliver()
		if taken := content == "second"; taken != (err != nil) || taken && !strings.Contains(err.Error(), "exists already") {
			t.Errorf("%s: %v", content, err)
		}
		f.abandon()
	}
	files, err := os.ReadDir(dir)
	if content, _ := os.ReadFile(path); err != nil || len(files) != 1 || string(content) != "first" {
		t.Errorf("in the folder: %v, %q, %v", files, content, err)
	}
}
