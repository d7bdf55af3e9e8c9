package disk

import (
	"io"
	"io/fs"
	"os"
)

// OS is the operating system's own file system.
func OS() Files { return osFiles{} }

type osFiles struct{}

func (osFiles) Mkdir(path string) error           { return os.Mkdir(path, 0o700) }
func (osFiles) Rename(from, to string) error      { return os.Rename(from, to) }
func (osFiles) Remove(path string) error          { return os.Remove(path) }
func (osFiles) SyncDir(dir string) error          { return syncDir(dir) }
func (osFiles) OpenWrite(p string) (File, error)  { return wrap(os.OpenFile(p, os.O_RDWR, 0)) }
func (osFiles) List(dir string) ([]string, error) { return list(dir) }

// Open does not wait: a pipe that somebody put in a file's place reads as empty.
func (osFiles) Open(path string) (File, error) {
	return wrap(os.OpenFile(path, os.O_RDONLY|noWaiting, 0))
}

func (osFiles) Create(path string) (File, error) {
	return wrap(os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600))
}

func (osFiles) Lock(path string, note []byte) (io.Closer, error) {
	f, writable, err := openLock(path)
	if err != nil || f == nil {
		return nopCloser{}, err
	}
	held, err := lockFile(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	if held {
		defer f.Close()
		found, err := io.ReadAll(io.LimitReader(f, maxNote))
		if err != nil {
			return nil, err
		}
		return nil, &HeldError{Path: path, Note: found}
	}
	if writable {
		if err := leaveNote(f, note); err != nil {
			f.Close()
			return nil, err
		}
	}
	return f, nil
}

// maxNote bounds what is read of another's note, in bytes.
const maxNote = 4096

// openLock opens the lock file. On a file system that cannot be written it is
// opened for reading, and where it does not exist either, there is no writer
// to lock against: the file is nil.
//
// A link in its place is removed: whatever it leads to would lose its content to
// the note.
func openLock(path string) (f *os.File, writable bool, err error) {
	if there, err := os.Lstat(path); err == nil && there.Mode()&fs.ModeSymlink != 0 {
		if err := os.Remove(path); err != nil && !IsReadOnly(err) {
			return nil, false, err
		}
	}
	f, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|noFollowing, 0o600)
	if err == nil || !IsReadOnly(err) {
		return f, true, err
	}
	f, err = os.OpenFile(path, os.O_RDONLY|noWaiting, 0)
	if os.IsNotExist(err) {
		return nil, false, nil
	}
	return f, false, err
}

func leaveNote(f *os.File, note []byte) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	// A full disk must not keep a practitioner from opening the vault to make
	// room in it: the lock holds without its note.
	if _, err := f.WriteAt(note, 0); err != nil && !IsFull(err) {
		return err
	}
	return nil
}

func list(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, nil
}

func (osFiles) Stamp(path string) (Stamp, error) {
	return stampOf(os.Lstat(path))
}

func stampOf(info fs.FileInfo, err error) (Stamp, error) {
	if err != nil {
		return Stamp{}, err
	}
	return Stamp{File: fileID(info), Size: info.Size(), Modified: info.ModTime().UnixNano()}, nil
}

type osFile struct{ *os.File }

func wrap(f *os.File, err error) (File, error) {
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

// Sync makes the content durable, and of what is known of the file as much as
// reading it back takes.
func (f osFile) Sync() error {
	if err := syncFile(f.File); err != nil {
		return &os.PathError{Op: "sync", Path: f.Name(), Err: err}
	}
	return nil
}

func (f osFile) Stamp() (Stamp, error) { return stampOf(f.Stat()) }

func (f osFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

type nopCloser struct{}

func (nopCloser) Close() error { return nil }
