package sealed

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"filippo.io/age"

	"casekeep/vault/sealed/disk"
)

// Blob says what was put. Keep all three: the name finds it, and the sum proves
// it, since whoever knows the vault's recipient could put another in its place.
type Blob struct {
	Name   string
	Size   int64 // in bytes, decrypted
	SHA256 [sha256.Size]byte
}

// BlobReader reads a decrypted blob. ReadAt may be called from any goroutine.
// An error that is [ErrDamaged] means that what was read so far is right and
// the rest is not as it was written.
type BlobReader interface {
	io.Reader
	io.ReaderAt
	io.Closer
	Size() int64
}

var blobName = regexp.MustCompile(`^[0-9a-f]{32}$`)

// blobPath gives a blob's file relative to the vault, with slashes.
func blobPath(name string) string {
	return blobFolder + "/" + name[:2] + "/" + name + blobTail
}

// PutBlob encrypts r into a file of its own, which never changes, and returns
// once that is durable. Memory does not grow with it. On an error, r's own or
// another, nothing is left.
func (db *DB) PutBlob(ctx context.Context, r io.Reader) (Blob, error) {
	var random [16]byte
	rand.Read(random[:])
	return db.PutBlobAs(ctx, hex.EncodeToString(random[:]), r)
}

// PutBlobAs is [DB.PutBlob] under the name that a blob had elsewhere, such as in
// another copy of the vault. One of that name must not be here.
func (db *DB) PutBlobAs(ctx context.Context, name string, r io.Reader) (Blob, error) {
	if !blobName.MatchString(name) {
		return Blob{}, ErrNoBlob
	}
	if err := db.using.begin(); err != nil {
		return Blob{}, err
	}
	defer db.using.done()
	if db.alone {
		return Blob{}, ErrDetached
	}
	if err := db.writable(); err != nil {
		return Blob{}, err
	}
	k, done := db.putting()
	defer done()
	b := Blob{Name: name}
	temporary := db.path(blobFolder + "/" + b.Name + unfinished)
	if err := db.sealBlob(ctx, k.recipient, temporary, r, &b); err != nil {
		_ = db.files.Remove(temporary) // swept later where this fails too
		return Blob{}, savingBlob(err)
	}
	if err := db.placeBlob(temporary, b.Name); err != nil {
		_ = db.files.Remove(temporary)
		_ = db.files.Remove(db.path(blobPath(b.Name)))
		return Blob{}, savingBlob(err)
	}
	return b, nil
}

func savingBlob(err error) error {
	if isIO(err) {
		return &DiskError{Doing: "saving the attachment", Cause: err}
	}
	return err
}

// sealBlob encrypts r into a new file and syncs it.
func (db *DB) sealBlob(ctx context.Context, to age.Recipient, path string, r io.Reader, b *Blob) (err error) {
	file, err := db.files.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if closing := file.Close(); err == nil {
			err = closing
		}
	}()
	out := bufio.NewWriterSize(io.NewOffsetWriter(file, 0), ageChunk)
	seal, err := age.Encrypt(out, to)
	if err != nil {
		return err
	}
	sum := sha256.New()
	if b.Size, err = io.Copy(io.MultiWriter(seal, sum), source{ctx, r}); err != nil {
		return err
	}
	sum.Sum(b.SHA256[:0])
	if err := seal.Close(); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return file.Sync()
}

// source ends with the context. A failure of the reader is not the disk's
// fault, even if it reads a file.
type source struct {
	ctx context.Context
	r   io.Reader
}

func (s source) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(b)
}

// placeBlob gives a whole file its name for good.
func (db *DB) placeBlob(temporary, name string) error {
	path := db.path(blobPath(name))
	err := db.files.Mkdir(filepath.Dir(path))
	if err == nil {
		err = db.files.SyncDir(db.path(blobFolder))
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := db.files.Rename(temporary, path); err != nil {
		return err
	}
	return db.files.SyncDir(filepath.Dir(path))
}

// OpenBlob opens a blob for reading.
func (db *DB) OpenBlob(name string) (BlobReader, error) {
	if err := db.using.begin(); err != nil {
		return nil, err
	}
	defer db.using.done()
	if !blobName.MatchString(name) || db.isLeaving(name) {
		return nil, ErrNoBlob
	}
	if db.alone && db.opt.Blobs != nil {
		return db.opt.Blobs(name)
	}
	if db.dir == "" {
		return nil, ErrNoBlob
	}
	r, err := openBlob(db.files, db.dir, name, db.identities())
	if err != nil {
		return nil, reading(err)
	}
	return r, nil
}

func openBlob(files disk.Files, dir, name string, ids []age.Identity) (*blobReader, error) {
	return openBlobFile(files, dir, blobPath(name), ids)
}

// openBlobFile opens a blob in whichever file it is.
func openBlobFile(files disk.Files, dir, rel string, ids []age.Identity) (*blobReader, error) {
	file, err := files.Open(filepath.Join(dir, filepath.FromSlash(rel)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoBlob
	}
	if err != nil {
		return nil, err
	}
	size, err := file.Size()
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	plain, n, err := age.DecryptReaderAt(file, size, ids...)
	if err != nil {
		_ = file.Close()
		return nil, damagedBlob(rel, -1, err)
	}
	b := &blobReader{file: file, rel: rel, plain: plain, head: size - sealedSize(0, n)}
	b.SectionReader = io.NewSectionReader(readerAt(b.readAt), 0, n)
	return b, nil
}

func damagedBlob(rel string, at int64, err error) error {
	if isIO(err) {
		return err
	}
	return &DamagedError{File: rel, Offset: at, Reason: "the attachment does not decrypt", Cause: err}
}

type blobReader struct {
	*io.SectionReader
	file  disk.File
	rel   string
	plain io.ReaderAt
	head  int64 // bytes before the payload
}

type readerAt func(b []byte, at int64) (int, error)

func (f readerAt) ReadAt(b []byte, at int64) (int, error) { return f(b, at) }

func (r *blobReader) readAt(b []byte, at int64) (int, error) {
	n, err := r.plain.ReadAt(b, at)
	if err != nil && err != io.EOF {
		err = reading(damagedBlob(r.rel, chunkPlace(r.head, at+int64(n)), err))
	}
	return n, err
}

func (r *blobReader) Close() error { return r.file.Close() }

// RemoveBlob removes a blob for good. One that is not there is removed already.
// While a [DB.Snapshot] is under way it is gone for every other call at once,
// and from the disk when the snapshot ends.
func (db *DB) RemoveBlob(name string) error {
	if err := db.using.begin(); err != nil {
		return err
	}
	defer db.using.done()
	if db.alone {
		return ErrDetached
	}
	if err := db.writable(); err != nil {
		return err
	}
	if !blobName.MatchString(name) {
		return ErrNoBlob
	}
	if db.leaves(name) {
		return nil
	}
	return db.removeBlob(name)
}

func (db *DB) removeBlob(name string) error {
	db.blobsMu.Lock()
	defer db.blobsMu.Unlock()
	path := db.path(blobPath(name))
	err := db.files.Remove(path)
	if err == nil {
		err = db.files.SyncDir(filepath.Dir(path))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &DiskError{Doing: "removing the attachment", Cause: err}
	}
	return nil
}

// Blobs gives the names of all blobs, sorted. One that the database does not
// know was put by a transaction that did not come to its end.
func (db *DB) Blobs() ([]string, error) {
	if err := db.using.begin(); err != nil {
		return nil, err
	}
	defer db.using.done()
	if db.dir == "" {
		return nil, nil
	}
	names, err := listBlobs(db.files, db.dir)
	if err != nil {
		return nil, reading(err)
	}
	return slices.DeleteFunc(names, db.isLeaving), nil
}

// OwnBlobs gives those of them that lie in the vault's folder itself, and not where
// a link in it leads: a sweep goes there alone.
func (db *DB) OwnBlobs() ([]string, error) {
	names, err := db.Blobs()
	return db.ownBlobs(names), err
}

// blobFolderName is how many digits the name of a folder of blobs has.
const blobFolderName = 2

func listBlobs(files disk.Files, dir string) ([]string, error) {
	root := filepath.Join(dir, blobFolder)
	folders, err := files.List(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, folder := range folders {
		if len(folder) != blobFolderName {
			continue
		}
		found, err := files.List(filepath.Join(root, folder))
		if err != nil {
			return nil, err
		}
		for _, file := range found {
			name, ok := strings.CutSuffix(file, blobTail)
			if ok && blobName.MatchString(name) && strings.HasPrefix(name, folder) {
				names = append(names, name)
			}
		}
	}
	return names, nil
}
