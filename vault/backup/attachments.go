package backup

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/parallel"
)

// listAttachments gives the names of all attachments in the folder.
func (s *store) listAttachments() (map[string]bool, error) {
	names := map[string]bool{}
	folders, err := s.list(attachments, "")
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		if len(folder) != 2 {
			continue
		}
		found, err := s.list(attachments+"/"+folder, sealedTail)
		if err != nil {
			return nil, err
		}
		for _, name := range found {
			if blobPattern.MatchString(name) && strings.HasPrefix(name, folder) {
				names[name] = true
			}
		}
	}
	return names, nil
}

// blob is an attachment of the state that is being backed up.
type blob struct {
	name string
	size int64 // sealed, in bytes
	from string
}

// measure finds the attachments, in the vault's folder or else in the backup,
// and gives their sizes. One that is nowhere is damage.
func (s *store) measure(ctx context.Context, dir string, names []string) (found []blob, missing []*DamagedError, err error) {
	found = make([]blob, len(names))
	err = parallel.Each(ctx, int64(len(names)), 1, func(i, _ int64) error {
		name := names[i]
		if !blobPattern.MatchString(name) {
			return sealed.ErrNoBlob
		}
		rel := filepath.FromSlash(blobPath(name))
		for _, path := range []string{filepath.Join(dir, rel), filepath.Join(s.dir, rel)} {
			f, err := s.files.Open(path)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return err
			}
			size, err := f.Size()
			found[i] = blob{name: name, size: size, from: path}
			return cmp.Or(err, f.Close())
		}
		return nil
	})
	for i, b := range found {
		if b.name == "" && err == nil {
			missing = append(missing, &DamagedError{File: blobPath(names[i]), Reason: "it is missing"})
		}
	}
	found = slices.DeleteFunc(found, func(b blob) bool { return b.name == "" })
	return found, missing, err
}

// copyAttachments copies attachments into the folder. One that does not decrypt
// where it comes from is damage and not copied, for a whole one may come back.
//
// Each ends up sealed to k; what is another's, in a vault whose re-key is under
// way, all opens.
func (s *store) copyAttachments(ctx context.Context, k, all *sealed.Key, blobs []blob, count *counter) (copied int, damage []*DamagedError, err error) {
	var folders []string
	for _, b := range blobs {
		folders = append(folders, path.Dir(blobPath(b.name)))
	}
	slices.Sort(folders)
	folders = slices.Compact(folders)
	for _, folder := range folders {
		if err := s.mkdir(folder); err != nil {
			return 0, nil, err
		}
	}
	var mu sync.Mutex
	err = parallel.Each(ctx, int64(len(blobs)), 1, func(i, _ int64) error {
		bad, err := s.copyAttachment(ctx, k, all, blobs[i], count)
		mu.Lock()
		defer mu.Unlock()
		if bad != nil {
			damage = append(damage, bad)
		} else if err == nil {
			copied++
		}
		return err
	})
	if len(folders) > 0 {
		folders = append(folders, attachments)
	}
	for _, folder := range folders {
		err = cmp.Or(err, s.files.SyncDir(s.path(folder)))
	}
	slices.SortFunc(damage, func(a, b *DamagedError) int { return strings.Compare(a.File, b.File) })
	return copied, damage, err
}

func (s *store) copyAttachment(ctx context.Context, k, all *sealed.Key, b blob, count *counter) (damage *DamagedError, err error) {
	rel := blobPath(b.name)
	temporary := rel + unfinished
	sum, err := disk.Copy(ctx, s.files, b.from, s.path(temporary), count.add)
	if err != nil {
		return nil, err
	}
	// Decrypting the copy reads it back, and says that it was whole to begin with.
	_, err = s.decryptAll(ctx, temporary, k, count.add)
	if isOthers(err) {
		damage, err = s.sealAttachment(ctx, k, all, b, temporary, count)
	} else if errors.Is(err, ErrDamaged) {
		again, failed := disk.Sum(ctx, s.files, s.path(temporary))
		if err = failed; failed == nil && again != sum {
			err = errReadBack(s.path(temporary))
		}
		damage = &DamagedError{File: rel, Reason: "it does not decrypt"}
	}
	if err == nil && damage == nil {
		err = s.files.Rename(s.path(temporary), s.path(rel))
	}
	if err != nil || damage != nil {
		_ = s.files.Remove(s.path(temporary)) // swept later where this fails too
		return damage, err
	}
	s.written.Add(b.size)
	return nil, nil
}

// decryptAll decrypts a file and gives the length of what is in it.
func (s *store) decryptAll(ctx context.Context, rel string, k *sealed.Key, read func(n int64)) (int64, error) {
	p, err := s.openPack(rel, k)
	if err != nil {
		return 0, err
	}
	defer p.file.Close()
	buf := make([]byte, min(step, p.size))
	defer clear(buf)
	for at := int64(0); at < p.size; at += step {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		b := buf[:min(step, p.size-at)]
		if err := readAll(p.plain, b, at); err != nil && !errors.Is(err, io.EOF) {
			return 0, damaged(rel, err)
		}
		read(int64(len(b)))
	}
	return p.size, nil
}

// dropAttachments removes attachments from the folder.
func (s *store) dropAttachments(names []string) error {
	folders := map[string]bool{}
	for _, name := range names {
		if !blobPattern.MatchString(name) {
			return sealed.ErrNoBlob
		}
		if err := s.remove(blobPath(name)); err != nil {
			return err
		}
		folders[path.Dir(blobPath(name))] = true
	}
	for folder := range folders {
		if err := s.files.SyncDir(s.path(folder)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
