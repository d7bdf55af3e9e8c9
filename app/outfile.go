package app

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"os"
	"path/filepath"

	"casekeep/vault/record"
	"casekeep/vault/sealed/disk"
)

// outFile is a file that comes into being whole: it is written without a name,
// or where that cannot be under a passing one, and gets its own at the end.
type outFile struct {
	path    string
	temp    *os.File
	passing bool // temp has a passing name
	buf     *bufio.Writer
	hash    hash.Hash
	err     error // the first one of Write
}

func startFile(path string) (*outFile, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, fmt.Errorf("%s exists already: choose another name", path)
	}
	dir, passing := filepath.Dir(path), false
	temp, err := openUnnamed(dir)
	if err != nil {
		temp, err = os.CreateTemp(dir, ".casekeep-*.part")
		passing = true
	}
	if err != nil {
		return nil, cannotWrite(path, err)
	}
	return &outFile{path: path, temp: temp, passing: passing, buf: bufio.NewWriterSize(temp, 1<<16), hash: sha256.New()}, nil
}

// CheckNewFile says why a file cannot be made, or nil. It leaves none.
func CheckNewFile(path string) error {
	file, err := startFile(path)
	if err == nil {
		file.abandon()
	}
	return err
}

func cannotWrite(path string, err error) error {
	var why string
	switch {
	case errors.Is(err, os.ErrNotExist):
		why = "its folder does not exist"
	case disk.IsNotFolder(err):
		why = "what should be its folder is a file"
	case disk.IsReadOnly(err):
		why = "nothing may be written in its folder, so choose another one"
	case disk.IsFull(err):
		why = "the disk is full, so make room or choose another folder"
	default:
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return fmt.Errorf("%s cannot be written: %s", path, why)
}

func (f *outFile) Write(p []byte) (int, error) {
	f.hash.Write(p)
	n, err := f.buf.Write(p)
	if err != nil && f.err == nil {
		f.err = cannotWrite(f.path, err)
	}
	return n, f.err
}

// finish makes the content durable.
func (f *outFile) finish() error {
	err := f.buf.Flush()
	if err == nil {
		err = f.temp.Sync()
	}
	if err != nil {
		return cannotWrite(f.path, err)
	}
	return nil
}

func (f *outFile) digest() record.Hash { return record.Hash(f.hash.Sum(nil)) }

// deliver gives the file its name, unless another file took it meanwhile.
func (f *outFile) deliver() error {
	err := f.place()
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s exists already: choose another name", f.path)
	}
	if err != nil {
		return cannotWrite(f.path, err)
	}
	if err := syncFolder(filepath.Dir(f.path)); err != nil {
		return errors.Join(cannotWrite(f.path, err), f.retract())
	}
	return nil
}

func (f *outFile) place() error {
	if !f.passing {
		return nameFile(f.temp, f.path)
	}
	if err := f.temp.Close(); err != nil { // Windows renames no open file
		return err
	}
	err := os.Link(f.temp.Name(), f.path)
	if err == nil || errors.Is(err, os.ErrExist) {
		return err
	}
	return os.Rename(f.temp.Name(), f.path) // a file system without links, such as a FAT stick
}

func (f *outFile) retract() error { return os.Remove(f.path) }

// abandon lets go of the file, and of its passing name.
func (f *outFile) abandon() {
	f.temp.Close()
	if f.passing {
		_ = os.Remove(f.temp.Name())
	}
}

// syncFolder makes a new name durable where the system can (Windows cannot
// sync a folder).
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, os.ErrInvalid) && !errors.Is(err, os.ErrPermission) {
		return err
	}
	return nil
}
