package sealed

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"casekeep/vault/sealed/disk"
)

// Plant makes a vault in dir out of an image, such as that of a backup: with
// the key files of keyDir (key.age, its checksum, holders), under the id and at
// the position given. Of blobsDir it takes over the attachments named, as the
// sealed files that they are. k is the identity in keyDir.
//
// The folder must be empty or not exist. The vault is there once records.db.age
// is, which is the last step; everything was read back by then. An error or a
// crash before leaves no vault, and what it leaves the next Plant overwrites;
// where the disk fails for good at that step a whole one may stay.
// An [*IncompleteError] says that the vault is there and lacks something.
//
// progress is told of bytes written, of the total, by one call at a time; nil:
// nobody is.
func Plant(ctx context.Context, dir string, k *Key, keyDir string, image Image, id VaultID, at Position,
	blobsDir string, blobNames []string, opt Options, progress func(done, total int64)) error {
	p := &planter{DB: newDB(dir, opt), keyDir: keyDir, image: image, blobsDir: blobsDir, progress: progress}
	p.blobNames = slices.Compact(slices.Sorted(slices.Values(blobNames)))
	p.opening = opening{vault: id, generation: at.Generation}
	p.sequence = at.Sequence
	if err := p.plant(ctx, k); err != nil {
		return planting(err)
	}
	if len(p.damage) > 0 {
		return &IncompleteError{Damage: p.damage}
	}
	return nil
}

func planting(err error) error {
	if isIO(err) {
		return &DiskError{Doing: "writing the vault", Cause: err}
	}
	return err
}

type planter struct {
	*DB
	keyDir, blobsDir string
	blobNames        []string
	image            Image
	opening          opening
	sequence         uint64
	progress         func(done, total int64)
	telling          sync.Mutex // progress is told by one call at a time
	done, total      int64
	damage           []*DamagedError // of what was to be taken over
}

func (p *planter) plant(ctx context.Context, k *Key) (err error) {
	for _, name := range p.blobNames {
		if !blobName.MatchString(name) {
			return ErrNoBlob
		}
	}
	if err := p.hold(k); err != nil {
		return err
	}
	if err := isDatabase(p.image); err != nil {
		return err
	}
	made, err := p.claimFolder()
	if err != nil {
		return err
	}
	if p.lock, err = takeLock(p.files, p.dir, p.opt.Now()); err != nil {
		return err
	}
	err = p.fillFolder(ctx)
	if err != nil && !errors.Is(err, ErrExists) {
		p.unmake(made)
	}
	return cmp.Or(err, p.release())
}

// fillFolder writes the vault's files, once the folder is this process's alone.
// The file that stands there meanwhile lets a later attempt tell what this one
// left from somebody's files.
func (p *planter) fillFolder(ctx context.Context) error {
	if err := p.vacant(); err != nil {
		return err
	}
	p.clearFolder()
	note := "A vault is being restored into this folder. If this file stays, that was cut off: restore again, into this folder or another.\n"
	if err := disk.WriteNew(p.files, p.path(plantFile), []byte(note)); err != nil {
		return err
	}
	if err := p.files.SyncDir(p.dir); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{p.copyKeys, p.sealImage, p.copyBlobs} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := p.nameFiles(); err != nil {
		return err
	}
	_ = p.files.Remove(p.path(plantFile)) // swept later where this fails
	return nil
}

// copyKeys takes the key files over. A damaged one is kept as it is: another
// holder's may open the vault.
func (p *planter) copyKeys(context.Context) error {
	key, err := readSmall(p.files, filepath.Join(p.keyDir, keyFile), maxKeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return damagedKey(errors.New("it is missing"))
	}
	if err != nil {
		return err
	}
	if !sumAgrees(p.files, p.keyDir, key) {
		p.damage = append(p.damage, &DamagedError{File: keyFile, Offset: -1, Reason: "its checksum does not match"})
	}
	files := map[string][]byte{readmeFile: []byte(p.opt.Readme), keyFile + unfinished: key, keySumFile + unfinished: keySum(key)}
	names, err := p.files.List(filepath.Join(p.keyDir, holders))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil {
		if err := p.files.Mkdir(p.path(holders)); err != nil {
			return err
		}
	}
	for _, name := range names {
		if !strings.HasSuffix(name, holderTail) {
			continue
		}
		path := filepath.Join(holders, name)
		if files[path], err = readSmall(p.files, filepath.Join(p.keyDir, path), maxKeyFile); err != nil {
			return err
		}
	}
	for name, content := range files {
		if err := p.writeProven(p.path(name), content); err != nil {
			return err
		}
	}
	if names == nil {
		return nil
	}
	return p.files.SyncDir(p.path(holders))
}

// sealImage writes the base and its journal, and reads the base back.
func (p *planter) sealImage(ctx context.Context) error {
	if err := p.count(); err != nil {
		return err
	}
	path := p.path(baseFile + unfinished)
	file, err := p.files.Create(path)
	if err != nil {
		return err
	}
	id, err := p.writeBase(ctx, file)
	if err == nil {
		err = p.compareBase(ctx, file, path)
	}
	if err = cmp.Or(err, file.Close()); err != nil {
		return err
	}
	return p.firstJournal(id, p.opening, p.sequence, p.image.Size())
}

// count adds up what there is to write.
func (p *planter) count() error {
	p.total = p.image.Size()
	for _, name := range p.blobNames {
		f, err := p.files.Open(p.blobSource(name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		size, err := f.Size()
		if err = cmp.Or(err, f.Close()); err != nil {
			return err
		}
		p.total += size
	}
	return nil
}

func (p *planter) wrote(n int64) {
	p.telling.Lock()
	defer p.telling.Unlock()
	p.done += n
	if p.progress != nil {
		p.progress(p.done, p.total)
	}
}

func (p *planter) writeBase(ctx context.Context, file disk.File) (id baseID, err error) {
	size := p.image.Size()
	w, err := startBase(file, p.keys, size)
	if err != nil {
		return id, err
	}
	buf := make([]byte, chunkSpan)
	defer wipe(buf)
	for at := int64(0); at < size; at += chunkSpan {
		if err := ctx.Err(); err != nil {
			return id, err
		}
		b := buf[:min(chunkSpan, size-at)]
		if err := readAll(p.image, b, at); err != nil {
			return id, err
		}
		if _, err := w.seal.Write(b); err != nil {
			return id, err
		}
		p.wrote(int64(len(b)))
	}
	return w.id, w.finish()
}

func (p *planter) compareBase(ctx context.Context, file disk.File, path string) error {
	disk.Uncache(file)
	base, err := decryptBase(file, p.ring)
	if err != nil {
		return err
	}
	if base.size != p.image.Size() {
		return errReadBack(path)
	}
	return readSpans(ctx, p.image, base.size, func(b []byte, at int64) error {
		again := make([]byte, len(b))
		defer wipe(again)
		if err := readAll(base.plain, again, at); err != nil {
			return fmt.Errorf("reading back what was written: %w", err)
		}
		if !bytes.Equal(again, b) {
			return errReadBack(path)
		}
		return nil
	})
}
