package backup

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"casekeep/vault/sealed/disk"
)

// maxKeyFile bounds a key file in bytes; a real one has about 2,400.
const maxKeyFile = 64 << 10

// copyKeys brings the wraps of an identity up to what they are in the vault's
// folder, so that the present passphrase opens older backups too. A key.age that
// is not as its checksum says stays out, and is reported.
func (s *store) copyKeys(dir, key string) (damage []*DamagedError, err error) {
	rel := keysFolder + "/" + key
	for _, folder := range []string{rel, rel + "/" + holders} {
		if err := s.mkdir(folder); err != nil {
			return nil, err
		}
	}
	wraps, err := readWraps(s.files, dir)
	if err != nil {
		return nil, err
	}
	if !wraps.sound() {
		damage = append(damage, &DamagedError{File: keyFile, Reason: "its checksum does not match"})
		delete(wraps, keyFile)
		delete(wraps, keySumFile)
	}
	if err := s.putWraps(rel, wraps); err != nil {
		return nil, err
	}
	return damage, nil
}

// wraps are key files by their names relative to the folder, with slashes.
type wraps map[string][]byte

// readWraps reads the key files of a folder. One that is missing is left out.
func readWraps(files disk.Files, dir string) (wraps, error) {
	names := []string{keyFile, keySumFile}
	found, err := files.List(filepath.Join(dir, holders))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, name := range found {
		if strings.HasSuffix(name, sealedTail) {
			names = append(names, holders+"/"+name)
		}
	}
	w := wraps{}
	for _, name := range names {
		content, err := disk.ReadFile(files, filepath.Join(dir, filepath.FromSlash(name)), maxKeyFile)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		w[name] = content
	}
	return w, nil
}

// sound reports whether key.age is there, as its checksum says if there is one.
func (w wraps) sound() bool {
	sum, summed := w[keySumFile]
	return w[keyFile] != nil && (!summed || bytes.Contains(sum, fmt.Appendf(nil, "%x", sha256.Sum256(w[keyFile]))))
}

// sums gives SHA256SUMS, as sha256sum writes and checks it.
func (w wraps) sums() []byte {
	var lines []string
	for name, content := range w {
		lines = append(lines, fmt.Sprintf("%x  %s\n", sha256.Sum256(content), name))
	}
	slices.Sort(lines)
	return []byte(strings.Join(lines, ""))
}

// putWraps puts the key files into rel and writes the sums of all there last. A
// holder's stays where the vault's folder has lost it: revoking one makes a new
// identity.
func (s *store) putWraps(rel string, w wraps) error {
	present, err := readWraps(s.files, s.path(rel))
	if err != nil {
		return err
	}
	changed := false
	for name, content := range w {
		wrote, err := s.update(rel+"/"+name, content)
		if err != nil {
			return err
		}
		present[name] = content
		changed = changed || wrote
	}
	wrote, err := s.update(rel+"/"+keySumsFile, present.sums())
	if err != nil || !changed && !wrote {
		return err
	}
	for _, folder := range []string{rel + "/" + holders, rel, keysFolder} {
		if err := s.files.SyncDir(s.path(folder)); err != nil {
			return err
		}
	}
	return nil
}
