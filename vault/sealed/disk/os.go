package disk

import (
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
	return Stamp{File: fileID(info), Size: info.Size(), Modified: info.ModTime().UnixNano(), Kind: kindOf(info)}, nil
}

// kindOf tells a junction of Windows, which leads elsewhere, from what a service
// that fetches files on demand, such as OneDrive, keeps there: Go has irregular ones
// of both.
func kindOf(info fs.FileInfo) Kind {
	mode := info.Mode()
	switch {
	case mode&fs.ModeSymlink != 0 || isJunction(info):
		return Link
	case mode.IsDir():
		return Folder
	case mode&(fs.ModeType&^fs.ModeIrregular) == 0:
		return Plain
	}
	return Other
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
