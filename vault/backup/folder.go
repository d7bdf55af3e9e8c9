package backup

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
)

// store is a backup folder as a place for files.
type store struct {
	dir     string
	opt     Options
	files   disk.Files
	written atomic.Int64 // bytes
}

func newStore(dir string, opt Options) *store {
	opt = opt.withDefaults()
	return &store{dir: dir, opt: opt, files: opt.Files}
}

func (s *store) path(rel string) string { return filepath.Join(s.dir, filepath.FromSlash(rel)) }

// list gives the names in a folder that end in tail, without it. A folder that
// is missing is empty.
func (s *store) list(rel, tail string) ([]string, error) {
	names, err := s.files.List(s.path(rel))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []string
	for _, name := range names {
		if stem, ok := strings.CutSuffix(name, tail); ok {
			found = append(found, stem)
		}
	}
	return found, nil
}

// mkdir makes a folder unless it is there. The name is durable once the folder
// above is synced.
func (s *store) mkdir(rel string) error {
	err := s.files.Mkdir(s.path(rel))
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// make makes the folders, as far as they are missing.
func (s *store) make() error {
	_, err := s.files.List(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		if err := s.files.Mkdir(s.dir); err != nil {
			return err
		}
		if err := s.files.SyncDir(filepath.Dir(s.dir)); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	for _, rel := range []string{keysFolder, generations, packs, attachments} {
		if err := s.mkdir(rel); err != nil {
			return err
		}
	}
	return s.files.SyncDir(s.dir)
}

// lock makes this the only backup to the folder. On a file system without locks
// there is none.
func (s *store) lock() (end func(), err error) {
	host, err := os.Hostname()
	if err != nil {
		host = "this computer"
	}
	note, err := json.Marshal(sealed.InUseError{PID: os.Getpid(), Host: host, Since: s.opt.Now().Truncate(time.Second)})
	if err != nil {
		return nil, err
	}
	lock, err := s.files.Lock(s.path(lockFile), note)
	var held *disk.HeldError
	switch {
	case errors.As(err, &held):
		return nil, ErrBusy
	case errors.Is(err, errors.ErrUnsupported):
		return func() {}, nil
	case err != nil:
		return nil, err
	}
	return func() { _ = lock.Close() }, nil
}

// put writes a file beside the one that it replaces and reads it back. It takes
// its place by name, which is durable once the folder is synced.
func (s *store) put(rel string, content []byte) error {
	temporary := s.path(rel + unfinished)
	if err := s.files.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := disk.WriteNew(s.files, temporary, content); err != nil {
		return err
	}
	again, err := disk.ReadFile(s.files, temporary, int64(len(content)))
	if err == nil && !bytes.Equal(again, content) {
		err = errReadBack(temporary)
	}
	if err == nil {
		err = s.files.Rename(temporary, s.path(rel))
	}
	if err != nil {
		_ = s.files.Remove(temporary) // swept later where this fails too
		return err
	}
	s.written.Add(int64(len(content)))
	return nil
}

// update is put for a small file that may be as it should be already.
func (s *store) update(rel string, content []byte) (changed bool, err error) {
	present, err := disk.ReadFile(s.files, s.path(rel), int64(len(content)))
	if err == nil && bytes.Equal(present, content) {
		return false, nil
	}
	return true, s.put(rel, content)
}

// remove removes a file, which may be gone already.
func (s *store) remove(rel string) error {
	err := s.files.Remove(s.path(rel))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// open opens a file and gives its size.
func (s *store) open(rel string) (disk.File, int64, error) {
	f, err := s.files.Open(s.path(rel))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, &DamagedError{File: rel, Reason: "it is missing", Cause: fs.ErrNotExist}
	}
	if err != nil {
		return nil, 0, err
	}
	size, err := f.Size()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, size, nil
}

// identify makes sure that the folder is for this vault, and says so in it. What
// a manifest says goes before the file, which tells where no manifest opens.
func (s *store) identify(id sealed.VaultID, v *view) error {
	if m := v.newest(); m != nil && m.Vault != id {
		return ErrOtherVault
	}
	want := fmt.Appendf(nil, "%s\n", id)
	if len(v.manifests) == 0 && len(v.unread) > 0 {
		present, err := disk.ReadFile(s.files, s.path(vaultFile), int64(len(want)))
		if isIO(err) && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if !bytes.Equal(present, want) {
			return ErrOtherVault
		}
	}
	changed, err := s.update(vaultFile, want)
	if err != nil || !changed {
		return err
	}
	return s.files.SyncDir(s.dir)
}

// Find gives the backup folders at a folder or directly in it, sorted.
func Find(folder string, opt Options) ([]string, error) {
	s := newStore(folder, opt)
	names, err := s.files.List(folder)
	if disk.IsNotFolder(err) || errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, doing("looking for backups", err)
	}
	if isFolder(names) {
		return []string{folder}, nil
	}
	var found []string
	for _, name := range names {
		inside, err := s.files.List(filepath.Join(folder, name))
		if err == nil && isFolder(inside) {
			found = append(found, filepath.Join(folder, name))
		}
	}
	return found, nil
}

// isFolder recognizes a backup folder by the names in it.
func isFolder(names []string) bool {
	return slices.Contains(names, generations) && slices.Contains(names, keysFolder)
}
