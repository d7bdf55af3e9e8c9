package disk

import (
	"io"
	"os"
)

func (osFiles) Lock(path string, note []byte) (io.Closer, error) {
	f, writable, err := holdNamed(path)
	if err != nil || f == nil {
		return nopCloser{}, err
	}
	if writable {
		if err := leaveNote(f, note); err != nil {
			f.Close()
			return nil, err
		}
	}
	return f, nil
}

// mostTries bounds how often a file is taken for replaced: some file systems give
// one file another identity each time.
const mostTries = 5

// holdNamed locks the file that has the name still once it is locked: another may
// have taken its place since it was opened. A file that has another name too gives
// way to a new one, since its content would be lost to the note under both; but only
// once it is locked, so that whoever holds it is met.
func holdNamed(path string) (f *os.File, writable bool, err error) {
	for tries := 1; ; tries++ {
		f, writable, err = openLock(path)
		if err != nil || f == nil {
			return nil, false, err
		}
		if err := hold(f, path); err != nil {
			return nil, false, err
		}
		own, err := f.Stat()
		if err != nil {
			f.Close()
			return nil, false, err
		}
		if named, err := os.Lstat(path); (err != nil || !os.SameFile(named, own)) && tries < mostTries {
			f.Close()
			continue
		}
		if !writable || !shared(f) {
			return f, writable, nil
		}
		if err := os.Remove(path); err != nil {
			return f, false, nil // the lock holds without its note
		}
		next, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			err = hold(next, path)
		}
		f.Close()
		if os.IsExist(err) && tries < mostTries {
			continue // somebody was quicker, and is met under the name
		}
		return next, true, err
	}
}

// hold locks an open file, or closes it and says who does.
func hold(f *os.File, path string) error {
	held, err := lockFile(f)
	if err == nil && held {
		var found []byte
		if found, err = io.ReadAll(io.LimitReader(f, maxNote)); err == nil {
			err = &HeldError{Path: path, Note: found}
		}
	}
	if err != nil {
		f.Close()
	}
	return err
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
	if there, err := os.Lstat(path); err == nil && kindOf(there) == Link {
		if err := os.Remove(path); err != nil && !IsReadOnly(err) {
			return nil, false, err
		}
	}
	f, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|noFollowing, 0o600)
	if err == nil || !IsReadOnly(err) {
		return f, err == nil, err
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

type nopCloser struct{}

func (nopCloser) Close() error { return nil }
