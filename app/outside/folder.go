package outside

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// inUse is the file in a folder of copies whose lock its process holds.
const inUse = "in-use"

// shelf is a process's folder of copies.
type shelf struct {
	mu     sync.Mutex
	places func() places
	path   string   // "": none yet
	lock   *os.File // held
}

var own = &shelf{places: system}

// Copy writes what r gives to a file of its own in this process's folder and
// gives its path. The name is made safe, and gets the ending that belongs to
// the MIME type where it has none. Nothing is left when it fails.
func Copy(ctx context.Context, name, kind string, r io.Reader) (string, error) {
	return own.copy(ctx, SafeName(name, kind), r)
}

// Remove takes a copy away that nobody was given.
func Remove(path string) error { return os.RemoveAll(filepath.Dir(path)) }

// Sweep removes this process's copies, and those of processes that ended
// without removing theirs. What another program holds open, which Windows does
// not let go of, is removed by a later one; the error says so.
func Sweep() error { return own.sweep() }

func (s *shelf) copy(ctx context.Context, name string, r io.Reader) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.make(); err != nil {
		return "", fmt.Errorf("no private folder could be made for the copy: %w", err)
	}
	dir, err := os.MkdirTemp(s.path, "")
	if err != nil {
		return "", fmt.Errorf("the copy could not be written: %w", err)
	}
	path := filepath.Join(dir, name)
	if err := write(ctx, path, r); err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return path, nil
}

// make makes the folder, unless it is there.
func (s *shelf) make() error {
	if s.path != "" && isFolderOfOurs(s.path) {
		return nil
	}
	if s.path != "" { // a cleaner of the system took it away
		_ = s.lock.Close()
		s.path, s.lock = "", nil
	}
	where := s.places().all()
	if len(where) == 0 {
		return errors.New("this computer states no folder of yours for passing files")
	}
	if err := os.MkdirAll(where[0], 0o700); err != nil {
		return err
	}
	path, err := os.MkdirTemp(where[0], prefix)
	if err != nil {
		return err
	}
	lock, err := os.OpenFile(filepath.Join(path, inUse), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return errors.Join(err, os.Remove(path))
	}
	if !take(lock) {
		return errors.Join(errors.New("its lock is taken"), lock.Close(), os.RemoveAll(path))
	}
	s.path, s.lock = path, lock
	return nil
}

func write(ctx context.Context, path string, r io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("the copy could not be written: %w", err)
	}
	_, err = io.Copy(f, until{ctx, r})
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Chmod(path, 0o400)
	}
	return err
}

// until reads until the context ends.
type until struct {
	ctx context.Context
	r   io.Reader
}

func (u until) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

func (s *shelf) sweep() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var failed []error
	if s.path != "" {
		failed = append(failed, s.lock.Close(), os.RemoveAll(s.path))
		s.path, s.lock = "", nil
	}
	for _, place := range s.places().all() {
		for _, path := range foldersIn(place) {
			failed = append(failed, removeAbandoned(path))
		}
	}
	if err := errors.Join(failed...); err != nil {
		return fmt.Errorf("a copy that was opened in another program could not be removed: close it there, then lock once more (%w)", err)
	}
	return nil
}

// removeAbandoned removes a folder whose lock nobody holds. Without a lock its
// removal was cut off; or another process is just making it, whose user is then
// told that the copy could not be written.
func removeAbandoned(path string) error {
	lock, err := os.Open(filepath.Join(path, inUse))
	if errors.Is(err, os.ErrNotExist) {
		return os.RemoveAll(path)
	}
	if err != nil {
		return err
	}
	held := !take(lock)
	if err := lock.Close(); held || err != nil { // Windows removes no open file
		return err
	}
	return os.RemoveAll(path)
}
