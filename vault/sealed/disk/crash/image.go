package crash

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// Image is the content of a folder. Paths are relative to it, with slashes.
type Image struct {
	Dirs  map[string]bool
	Files map[string][]byte
}

// ReadImage reads a folder whole. One that does not exist is empty.
func ReadImage(root string) (Image, error) {
	im := Image{Dirs: map[string]bool{}, Files: map[string][]byte{}}
	err := filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err != nil || p == root {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if e.IsDir() {
			im.Dirs[rel] = true
			return nil
		}
		im.Files[rel], err = os.ReadFile(p)
		return err
	})
	if os.IsNotExist(err) {
		err = nil
	}
	return im, err
}

// Write puts the image into a folder, which it makes.
func (im Image) Write(root string) error {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return err
	}
	for _, dir := range slices.Sorted(maps.Keys(im.Dirs)) {
		if err := os.MkdirAll(filepath.Join(root, filepath.FromSlash(dir)), 0o700); err != nil {
			return err
		}
	}
	for name, content := range im.Files {
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(name)), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// Sum tells images apart.
func (im Image) Sum() [sha256.Size]byte {
	h := sha256.New()
	for _, p := range im.paths() {
		fmt.Fprintf(h, "%q %d\n", p, len(im.Files[p]))
		h.Write(im.Files[p])
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func (im Image) paths() []string {
	return slices.Sorted(func(yield func(string) bool) {
		for p := range im.Dirs {
			if !yield(p) {
				return
			}
		}
		for p := range im.Files {
			if !yield(p) {
				return
			}
		}
	})
}

// prune drops what no folder leads to.
func (im Image) prune() {
	for _, p := range im.paths() {
		if dir := path.Dir(p); dir != "." && !im.Dirs[dir] {
			delete(im.Dirs, p)
			delete(im.Files, p)
		}
	}
}
