package crash

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"casekeep/vault/sealed/disk"
)

// Memory is a file layer that lives in memory, so that a test can try thousands
// of states in a second. It begins with an image, which it leaves as it is.
// Paths are those under the root it was made with.
type Memory struct {
	root string

	mu    sync.Mutex
	dirs  map[string]bool
	files map[string]*memoryFile
	locks map[string]bool
	made  uint64 // files so far
}

// memoryFile is a file's content, whatever names it has.
type memoryFile struct {
	id     uint64
	mu     sync.RWMutex
	b      []byte
	shared bool // b is an image's
}

// NewMemory gives a file layer that holds an image under root.
func NewMemory(im Image, root string) *Memory {
	m := &Memory{root: root, dirs: maps.Clone(im.Dirs), files: make(map[string]*memoryFile, len(im.Files)), locks: map[string]bool{}}
	if m.dirs == nil {
		m.dirs = map[string]bool{}
	}
	m.dirs["."] = true
	for name, content := range im.Files {
		m.files[name] = m.newFile(content, true)
	}
	return m
}

func (m *Memory) newFile(content []byte, shared bool) *memoryFile {
	m.made++
	return &memoryFile{id: m.made, b: content, shared: shared}
}

// Stamp tells nothing of when a file changed, for the tests' sake.
func (m *Memory) Stamp(p string) (disk.Stamp, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	rel := m.rel(p)
	f := m.files[rel]
	switch {
	case f != nil:
		return f.Stamp()
	case m.dirs[rel]:
		return disk.Stamp{}, nil
	}
	return disk.Stamp{}, m.absent("stamp", p, rel)
}

// Image gives what the layer holds now.
func (m *Memory) Image() Image {
	m.mu.Lock()
	defer m.mu.Unlock()
	im := Image{Dirs: maps.Clone(m.dirs), Files: map[string][]byte{}}
	delete(im.Dirs, ".")
	for name, f := range m.files {
		im.Files[name] = bytes.Clone(f.b)
	}
	return im
}

func (m *Memory) rel(p string) string {
	rel, err := filepath.Rel(m.root, p)
	if err != nil {
		return p
	}
	return filepath.ToSlash(rel)
}

func refuse(op, path string, err error) error { return &fs.PathError{Op: op, Path: path, Err: err} }

// free gives an error unless a new name can be made.
func (m *Memory) free(op, p, rel string) error {
	switch {
	case m.dirs[rel] || m.files[rel] != nil:
		return refuse(op, p, fs.ErrExist)
	case !m.dirs[path.Dir(rel)]:
		return m.absent(op, p, rel)
	}
	return nil
}

// absent is the error of a name that does not exist.
func (m *Memory) absent(op, p, rel string) error {
	if m.files[path.Dir(rel)] != nil {
		return refuse(op, p, syscall.ENOTDIR)
	}
	return refuse(op, p, fs.ErrNotExist)
}

func (m *Memory) Mkdir(p string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	rel := m.rel(p)
	if err := m.free("mkdir", p, rel); err != nil {
		return err
	}
	m.dirs[rel] = true
	return nil
}

func (m *Memory) Create(p string) (disk.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	rel := m.rel(p)
	if err := m.free("create", p, rel); err != nil {
		return nil, err
	}
	f := m.newFile(nil, false)
	m.files[rel] = f
	return f, nil
}

func (m *Memory) Open(p string) (disk.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	rel := m.rel(p)
	if f := m.files[rel]; f != nil {
		return f, nil
	}
	return nil, m.absent("open", p, rel)
}

func (m *Memory) OpenWrite(p string) (disk.File, error) { return m.Open(p) }

// Rename renames files alone.
func (m *Memory) Rename(from, to string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	f, rel := m.files[m.rel(from)], m.rel(to)
	if f == nil {
		return m.absent("rename", from, m.rel(from))
	}
	if m.dirs[rel] {
		return refuse("rename", to, fs.ErrExist)
	}
	if !m.dirs[path.Dir(rel)] {
		return m.absent("rename", to, rel)
	}
	delete(m.files, m.rel(from))
	m.files[rel] = f
	return nil
}

func (m *Memory) Remove(p string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	rel := m.rel(p)
	switch {
	case m.files[rel] != nil:
		delete(m.files, rel)
	case !m.dirs[rel]:
		return m.absent("remove", p, rel)
	case len(m.in(rel)) > 0:
		return refuse("remove", p, syscall.ENOTEMPTY)
	default:
		delete(m.dirs, rel)
	}
	return nil
}

// in gives the names in a folder.
func (m *Memory) in(dir string) (names []string) {
	take := func(p string) {
		if path.Dir(p) == dir && p != "." {
			names = append(names, path.Base(p))
		}
	}
	for p := range m.dirs {
		take(p)
	}
	for p := range m.files {
		take(p)
	}
	return names
}

func (m *Memory) List(dir string) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	rel := m.rel(dir)
	switch {
	case m.files[rel] != nil:
		return nil, refuse("list", dir, syscall.ENOTDIR)
	case !m.dirs[rel]:
		return nil, m.absent("list", dir, rel)
	}
	names := m.in(rel)
	slices.SortFunc(names, strings.Compare)
	return names, nil
}

func (m *Memory) SyncDir(string) error { return nil }

func (m *Memory) Lock(p string, note []byte) (io.Closer, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	rel := m.rel(p)
	if m.locks[rel] {
		return nil, &disk.HeldError{Path: p, Note: bytes.Clone(m.files[rel].b)}
	}
	m.locks[rel] = true
	m.files[rel] = m.newFile(bytes.Clone(note), false)
	return unlock(func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		delete(m.locks, rel)
	}), nil
}

type unlock func()

func (u unlock) Close() error { u(); return nil }

func (f *memoryFile) ReadAt(b []byte, off int64) (int, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if off >= int64(len(f.b)) {
		return 0, io.EOF
	}
	n := copy(b, f.b[off:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (f *memoryFile) WriteAt(b []byte, off int64) (int, error) {
	if len(b) == 0 {
		return 0, nil // and the file grows no longer
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.own(max(off+int64(len(b)), int64(len(f.b))))
	return copy(f.b[off:], b), nil
}

func (f *memoryFile) Truncate(size int64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.own(size)
	return nil
}

// own makes the content the file's own, of a size.
func (f *memoryFile) own(size int64) {
	if f.shared {
		f.b, f.shared = bytes.Clone(f.b), false
	}
	if grown := size - int64(len(f.b)); grown > 0 {
		f.b = append(f.b, make([]byte, grown)...)
	}
	f.b = f.b[:size]
}

func (f *memoryFile) Size() (int64, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return int64(len(f.b)), nil
}

func (f *memoryFile) Stamp() (disk.Stamp, error) {
	size, err := f.Size()
	return disk.Stamp{File: disk.FileID{0, f.id}, Size: size}, err
}

func (f *memoryFile) Sync() error  { return nil }
func (f *memoryFile) Close() error { return nil }
