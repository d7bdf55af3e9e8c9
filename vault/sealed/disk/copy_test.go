package disk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestCopy(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	content := bytes.Repeat([]byte("0123456789abcdef"), 3*copyStep/16+1)
	if err := WriteNew(OS(), path("a"), content); err != nil {
		t.Fatal(err)
	}
	moved := int64(0)
	sum, err := Copy(context.Background(), OS(), path("a"), path("b"), func(n int64) { moved += n })
	if err != nil || sum != sha256.Sum256(content) || moved != int64(len(content)) {
		t.Errorf("%d bytes: %v", moved, err)
	}
	if got, err := ReadFile(OS(), path("b"), int64(len(content))); err != nil || !bytes.Equal(got, content) {
		t.Errorf("the copy is another: %v", err)
	}
	if again, err := Sum(context.Background(), OS(), path("b")); err != nil || again != sum {
		t.Errorf("its sum is another: %v", err)
	}
	var long *TooLongError
	if _, err := ReadFile(OS(), path("b"), 10); !errors.As(err, &long) || long.Size != int64(len(content)) {
		t.Errorf("a limit: %v", err)
	}
	if _, err := Copy(context.Background(), OS(), path("a"), path("b"), func(int64) {}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file: %v", err)
	}
	ended, cancel := context.WithCancel(context.Background())
	_, err = Copy(ended, OS(), path("a"), path("c"), func(int64) { cancel() })
	if _, left := os.Stat(path("c")); !errors.Is(err, context.Canceled) || !errors.Is(left, fs.ErrNotExist) {
		t.Errorf("canceled: %v, %v", err, left)
	}
}

// TestUncache reads the same after the system was asked to forget.
func TestUncache(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	if err := WriteNew(OS(), path, []byte("content")); err != nil {
		t.Fatal(err)
	}
	f, err := OS().Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	Uncache(f)
	b := make([]byte, 7)
	if _, err := f.ReadAt(b, 0); err != nil || string(b) != "content" {
		t.Errorf("%q: %v", b, err)
	}
}
