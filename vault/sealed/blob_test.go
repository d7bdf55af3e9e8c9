package sealed

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func textReader(n int) io.Reader { return strings.NewReader(text(n)) }

func TestBlobs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 0, quick())
	random := rand.New(rand.NewPCG(1, 1))
	contents := map[string][]byte{}
	for _, size := range []int{0, 1, 65535, 65536, 65537, 1 << 20} {
		content := make([]byte, size)
		for i := range content {
			content[i] = byte(random.Uint32())
		}
		b, err := db.PutBlob(ctx, bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if b.Size != int64(size) || b.SHA256 != sha256.Sum256(content) {
			t.Errorf("%d bytes: %+v", size, b)
		}
		contents[b.Name] = content
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = reopen(t, dir, quick())
	names, err := db.Blobs()
	if err != nil || len(names) != len(contents) || !slices.IsSorted(names) {
		t.Fatalf("%v, %v", names, err)
	}
	for name, content := range contents {
		r, err := db.OpenBlob(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, content) || r.Size() != int64(len(content)) {
			t.Errorf("%d bytes came back as %d: %v", len(content), len(got), err)
		}
		part := make([]byte, len(content)/2)
		if _, err := r.ReadAt(part, int64(len(content)/4)); err != nil && err != io.EOF || !bytes.Equal(part, content[len(content)/4:][:len(part)]) {
			t.Errorf("%d bytes: a part is wrong: %v", len(content), err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		if err := db.RemoveBlob(name); err != nil {
			t.Error(err)
		}
		if err := db.RemoveBlob(name); err != nil {
			t.Errorf("removing again: %v", err)
		}
		if _, err := db.OpenBlob(name); err != ErrNoBlob {
			t.Errorf("after its removal: %v", err)
		}
	}
	for _, name := range []string{"", "x", "../key", "..", strings.Repeat("0", 31), strings.Repeat("/", 32)} {
		if _, err := db.OpenBlob(name); err != ErrNoBlob {
			t.Errorf("%q: %v", name, err)
		}
		if err := db.RemoveBlob(name); err != ErrNoBlob {
			t.Errorf("removing %q: %v", name, err)
		}
	}
}

type failing struct {
	after int
	err   error
}

func (f *failing) Read(b []byte) (int, error) {
	if f.after <= 0 {
		return 0, f.err
	}
	n := min(len(b), f.after)
	f.after -= n
	return n, nil
}

func TestFailedPutLeavesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 0, quick())
	failure := errors.New("the phone was unplugged")
	if _, err := db.PutBlob(ctx, &failing{after: 300000, err: failure}); !errors.Is(err, failure) {
		t.Errorf("got %v", err)
	}
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := db.PutBlob(canceled, textReader(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	files := 0
	err := filepath.WalkDir(filepath.Join(dir, blobFolder), func(_ string, e fs.DirEntry, err error) error {
		if !e.IsDir() {
			files++
		}
		return err
	})
	if err != nil || files > 0 {
		t.Errorf("%d files are left: %v", files, err)
	}
}

// TestDamagedBlob reads around damage: what comes before it is right, and the
// error says where it is.
func TestDamagedBlob(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 0, quick())
	content := bytes.Repeat([]byte("0123456789abcdef"), 20000)
	b, err := db.PutBlob(ctx, bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, filepath.FromSlash(blobPath(b.Name)))
	sealed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := len(sealed) - 150000
	sealed[at] ^= 1
	if err := os.WriteFile(path, sealed, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := db.OpenBlob(b.Name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, err := io.ReadAll(r)
	var damage *DamagedError
	if !errors.As(err, &damage) || damage.File != blobPath(b.Name) || damage.Offset > int64(at) || damage.Offset+ageChunk+ageOverhead <= int64(at) {
		t.Errorf("byte %d is damaged: %v", at, err)
	}
	if !bytes.HasPrefix(content, got) || len(got) != 2*ageChunk {
		t.Errorf("%d bytes came before the damage", len(got))
	}
}
