package sealed

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"filippo.io/age"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/parallel"
)

func (p *planter) blobSource(name string) string {
	return filepath.Join(p.blobsDir, filepath.FromSlash(blobPath(name)))
}

// copyBlobs takes the attachments over, some at a time, since each waits for the
// disk.
func (p *planter) copyBlobs(ctx context.Context) error {
	folders, err := p.blobFolders()
	if err != nil {
		return err
	}
	var mu sync.Mutex
	failed := parallel.Each(ctx, int64(len(p.blobNames)), 1, func(i, _ int64) error {
		damage, err := p.copyBlob(ctx, p.blobNames[i])
		if damage != nil {
			mu.Lock()
			defer mu.Unlock()
			p.damage = append(p.damage, damage)
		}
		return err
	})
	slices.SortFunc(p.damage, func(a, b *DamagedError) int { return strings.Compare(a.File, b.File) })
	for _, folder := range folders {
		failed = cmp.Or(failed, p.files.SyncDir(folder))
	}
	return failed
}

// blobFolders makes the folders that the attachments need and gives all of them.
func (p *planter) blobFolders() (made []string, err error) {
	made = []string{p.path(blobFolder)}
	for _, name := range p.blobNames {
		if folder := filepath.Dir(p.path(blobPath(name))); !slices.Contains(made, folder) {
			made = append(made, folder)
		}
	}
	for _, folder := range made {
		if err := p.files.Mkdir(folder); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// copyBlob copies an attachment and decrypts the copy, which reads it back. One
// that does not decrypt where it comes from either is damage.
func (p *planter) copyBlob(ctx context.Context, name string) (*DamagedError, error) {
	rel := blobPath(name)
	sum, err := disk.Copy(ctx, p.files, p.blobSource(name), p.path(rel), p.wrote)
	if errors.Is(err, fs.ErrNotExist) {
		return &DamagedError{File: rel, Offset: -1, Reason: "it is missing"}, nil
	}
	if err != nil {
		return nil, err
	}
	own := []age.Identity{p.keys.identity}
	_, err = checkBlob(ctx, p.files, p.dir, name, own)
	var other *age.NoIdentityMatchError
	if errors.As(err, &other) && len(p.key.others) > 0 {
		err = p.sealCopy(ctx, name)
	}
	var damage *DamagedError
	if !errors.As(err, &damage) {
		return nil, err
	}
	again, err := disk.Sum(ctx, p.files, p.path(rel))
	if err == nil && again != sum {
		err = errReadBack(p.path(rel))
	}
	return damage, err
}

// sealCopy puts an attachment that is sealed to another of the key's identities in
// place of its copy, sealed to the vault's.
func (p *planter) sealCopy(ctx context.Context, name string) error {
	from, err := openBlob(p.files, p.dir, name, p.identities())
	if err != nil {
		return err
	}
	return p.sealAnew(ctx, from, name, p.keys)
}
