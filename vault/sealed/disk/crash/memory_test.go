package crash

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"casekeep/vault/sealed/disk"
)

// TestMemoryIsLikeADisk does the same at random in memory and in a folder, which
// must answer the same and come out the same.
func TestMemoryIsLikeADisk(t *testing.T) {
	start := Image{Dirs: map[string]bool{"d": true}, Files: map[string][]byte{"a": []byte("one"), "d/b": []byte("two")}}
	was := start.Sum()
	roots := [2]string{t.TempDir(), t.TempDir()}
	must(t, start.Write(roots[0]))
	memory := NewMemory(start, roots[1])
	layers := [2]disk.Files{disk.OS(), memory}
	names := []string{"a", "c", "d", "d/b", "d/c", "e", "e/f", "missing/x"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		op, one, two := r.IntN(8), names[r.IntN(len(names))], names[r.IntN(len(names))]
		at, size := int64(r.IntN(20)), int64(r.IntN(20))
		var said [2]string
		for i, files := range layers {
			said[i] = act(files, op, filepath.Join(roots[i], one), filepath.Join(roots[i], two), at, size)
		}
		if said[0] != said[1] {
			t.Fatalf("operation %d of %s, %s: the disk says %q, memory %q", op, one, two, said[0], said[1])
		}
	}
	got, err := ReadImage(roots[0])
	must(t, err)
	if got.Sum() != memory.Image().Sum() {
		t.Errorf("the disk holds %s, memory %s", show(got), show(memory.Image()))
	}
	if start.Sum() != was {
		t.Error("the image that memory began with was changed")
	}
}

// act does one thing and gives what came of it.
func act(files disk.Files, op int, one, two string, at, size int64) string {
	answer := func(err error) string {
		for _, known := range []error{fs.ErrExist, fs.ErrNotExist} {
			if errors.Is(err, known) {
				return known.Error()
			}
		}
		if err != nil {
			return "another error"
		}
		return ""
	}
	isFile := func(path string) bool {
		_, err := files.List(path)
		return err != nil && !errors.Is(err, fs.ErrNotExist)
	}
	switch op {
	case 0:
		return answer(files.Mkdir(one))
	case 1:
		f, err := files.Create(one)
		if err == nil {
			f.Close()
		}
		return answer(err)
	case 2:
		if !isFile(one) {
			return "left out"
		}
		return answer(files.Rename(one, two))
	case 3:
		return answer(files.Remove(one))
	case 4:
		names, err := files.List(one)
		return answer(err) + show(Image{Dirs: set(names)})
	}
	if !isFile(one) {
		return "left out"
	}
	f, err := files.OpenWrite(one)
	if err != nil {
		return answer(err)
	}
	defer f.Close()
	switch op {
	case 5:
		_, err = f.WriteAt(bytes.Repeat([]byte("x"), int(size)), at)
	case 6:
		err = f.Truncate(size)
	}
	n, unsized := f.Size()
	b := make([]byte, size)
	read, ended := f.ReadAt(b, at)
	if ended != nil && ended != io.EOF {
		err = ended
	}
	return answer(errors.Join(err, unsized)) + string(b[:read]) + string(rune('0'+n))
}

func set(names []string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		out[n] = true
	}
	return out
}

func TestMemoryLocks(t *testing.T) {
	m := NewMemory(Image{}, "/m")
	lock, err := m.Lock("/m/lock", []byte("first"))
	must(t, err)
	var held *disk.HeldError
	if _, err := m.Lock("/m/lock", []byte("second")); !errors.As(err, &held) || string(held.Note) != "first" {
		t.Errorf("got %v", err)
	}
	must(t, lock.Close())
	if _, err := m.Lock("/m/lock", []byte("second")); err != nil {
		t.Error(err)
	}
}
