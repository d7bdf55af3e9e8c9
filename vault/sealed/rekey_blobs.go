package sealed

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"filippo.io/age"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/parallel"
)

// count adds up what there is to seal, and gives what of it are attachments.
func (r *rekey) count() (blobs int64, err error) {
	names, err := listBlobs(r.files, r.dir)
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		size, err := r.sizeOf(name)
		if err != nil {
			return 0, err
		}
		blobs += size
	}
	r.pages.mu.Lock()
	defer r.pages.mu.Unlock()
	r.total = blobs + r.pages.size
	return blobs, nil
}

// sizeOf gives the size of an attachment's file; 0: there is none any more.
func (r *rekey) sizeOf(name string) (int64, error) {
	f, err := r.files.Open(r.path(blobPath(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	size, err := f.Size()
	return size, cmp.Or(err, f.Close())
}

// sealBlobs seals every attachment anew that is not the new identity's yet, some
// at a time, since each waits for the disk. The names are durable in the end.
func (r *rekey) sealBlobs(ctx context.Context) error {
	names, err := listBlobs(r.files, r.dir)
	if err != nil {
		return err
	}
	err = parallel.Each(ctx, int64(len(names)), 1, func(i, _ int64) error {
		return r.takeDamage(r.sealBlobAnew(ctx, names[i]))
	})
	if err != nil {
		return err
	}
	slices.SortFunc(r.damage, func(a, b *DamagedError) int { return strings.Compare(a.File, b.File) })
	return r.syncBlobs()
}

// syncBlobs syncs every folder of attachments: one that an earlier attempt sealed
// anew may have its name from the memory of the system alone, and one that was
// put long ago may still have the name too that it was written under.
func (r *rekey) syncBlobs() error {
	names, err := r.files.List(r.path(blobFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, name := range names {
		rel := blobFolder + "/" + name
		switch {
		case err != nil:
		case len(name) == blobFolderName:
			err = r.files.SyncDir(r.path(rel))
		case strings.HasSuffix(name, unfinished):
			err = r.sweepPut(rel)
		}
	}
	return cmp.Or(err, r.files.SyncDir(r.path(blobFolder)))
}

// sweepPut removes what is left of an attachment that was not put, under a key of
// before: those that are being put now are sealed to the new one.
func (r *rekey) sweepPut(rel string) error {
	f, err := openBlobFile(r.files, r.dir, rel, r.identities()[1:])
	if err != nil {
		return nil // it is the new key's, or gone
	}
	return cmp.Or(f.Close(), r.files.Remove(r.path(rel)))
}

// takeDamage goes on past an attachment that is damaged.
func (r *rekey) takeDamage(err error) error {
	var damage *DamagedError
	if !errors.As(err, &damage) {
		return err
	}
	r.damaged.Lock()
	defer r.damaged.Unlock()
	r.damage = append(r.damage, damage)
	return nil
}

// sealBlobAnew seals an attachment to the new identity, unless it is already.
func (r *rekey) sealBlobAnew(ctx context.Context, name string) error {
	old, err := r.openOld(name)
	if err != nil || old == nil {
		return err
	}
	size := old.head + sealedSize(0, old.Size())
	if err := r.sealAnew(ctx, old, name, r.to); err != nil {
		return err
	}
	r.wrote(size)
	return nil
}

// sealAnew puts an attachment in its own place, sealed to another identity, once
// that was read back. It closes what it reads from. The name is durable once the
// folder is synced; either file opens.
func (db *DB) sealAnew(ctx context.Context, old *blobReader, name string, to *keys) error {
	temporary := blobFolder + "/" + name + unfinished
	err := db.files.Remove(db.path(temporary))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	b := Blob{Name: name}
	if err == nil {
		err = db.sealBlob(ctx, to.recipient, db.path(temporary), old, &b)
	}
	err = cmp.Or(err, old.Close()) // Windows replaces no open file
	if err == nil {
		err = db.blobReadsBack(ctx, temporary, b, to)
	}
	if err == nil {
		err = db.placeAnew(temporary, name)
	}
	if err != nil {
		_ = db.files.Remove(db.path(temporary)) // swept later where this fails too
	}
	return err
}

// openOld opens an attachment that is sealed to one of the keys before; nil: it is
// not, or no longer there. What none of the vault's keys opens none of them keeps.
func (r *rekey) openOld(name string) (*blobReader, error) {
	present, err := openBlob(r.files, r.dir, name, []age.Identity{r.to.identity})
	if err == nil {
		r.wrote(present.head + sealedSize(0, present.Size()))
		return nil, present.Close()
	}
	var other *age.NoIdentityMatchError
	if errors.As(err, &other) {
		var old *blobReader
		if old, err = openBlob(r.files, r.dir, name, r.identities()); err == nil {
			return old, nil
		}
	}
	if errors.Is(err, ErrNoBlob) || errors.As(err, &other) {
		return nil, nil
	}
	return nil, err
}

// blobReadsBack decrypts what was written and compares its sum.
func (db *DB) blobReadsBack(ctx context.Context, rel string, b Blob, to *keys) error {
	again, err := openBlobFile(db.files, db.dir, rel, []age.Identity{to.identity})
	sum := sha256.New()
	if err == nil {
		disk.Uncache(again.file)
		buf := make([]byte, min(chunkSpan, again.Size()+1))
		defer wipe(buf)
		_, err = io.CopyBuffer(struct{ io.Writer }{sum}, source{ctx, again}, buf)
		err = cmp.Or(err, again.Close())
	}
	if errors.Is(err, ErrDamaged) || err == nil && [sha256.Size]byte(sum.Sum(nil)) != b.SHA256 {
		return errReadBack(db.path(rel))
	}
	return err
}

// placeAnew puts the new file in the place of the old one, unless that was removed
// meanwhile.
func (db *DB) placeAnew(temporary, name string) error {
	db.blobsMu.Lock()
	defer db.blobsMu.Unlock()
	path := db.path(blobPath(name))
	f, err := db.files.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return db.files.Remove(db.path(temporary))
	}
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return db.files.Rename(db.path(temporary), path)
}
