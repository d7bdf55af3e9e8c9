package sealed

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"filippo.io/age"

	"casekeep/vault/sealed/disk"
)

const (
	// ageChunk is the plaintext of one of age's chunks, in bytes; each is
	// encrypted on its own and ageOverhead bytes longer for it.
	ageChunk    = 64 << 10
	ageOverhead = 16
	ageNonce    = 16
)

// sqliteMagic begins every SQLite database that is not empty
// (https://sqlite.org/fileformat.html, section 1.3).
const sqliteMagic = "SQLite format 3\x00"

// idOf gives the id of a base from its age header with nonce, and its size in
// bytes on the disk.
func idOf(head []byte, size int64) (id baseID) {
	h := sha256.New()
	h.Write(head)
	h.Write(binary.LittleEndian.AppendUint64(nil, uint64(size)))
	h.Sum(id[:0])
	return id
}

// sealedSize gives the size of an age file with the given header and nonce.
func sealedSize(head int, plain int64) int64 {
	chunks := max(1, (plain+ageChunk-1)/ageChunk)
	return int64(head) + plain + chunks*ageOverhead
}

// openedBase is a base whose header was decrypted.
type openedBase struct {
	file  disk.File
	keys  *keys // that it is sealed to
	id    baseID
	head  int64 // bytes before the payload
	plain io.ReaderAt
	size  int64 // of the database
}

func openBase(files disk.Files, dir string, ring []*keys) (*openedBase, error) {
	file, err := files.Open(filepath.Join(dir, baseFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &DamagedError{File: baseFile, Offset: -1, Reason: "it is missing"}
	}
	if err != nil {
		return nil, err
	}
	b, err := decryptBase(file, ring)
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return b, nil
}

// decryptBase opens a base with whichever key of the ring it is sealed to.
func decryptBase(file disk.File, ring []*keys) (*openedBase, error) {
	size, err := file.Size()
	if err != nil {
		return nil, err
	}
	damaged := func(err error) error {
		if isIO(err) {
			return err
		}
		return &DamagedError{File: baseFile, Offset: 0, Reason: err.Error(), Cause: err}
	}
	header, err := age.ExtractHeader(io.NewSectionReader(file, 0, size))
	if err != nil {
		return nil, damaged(err)
	}
	head := make([]byte, len(header)+ageNonce)
	if _, err := io.ReadFull(io.NewSectionReader(file, 0, size), head); err != nil {
		return nil, damaged(err)
	}
	plain, plainSize, k, err := decryptWith(ring, file, size)
	if err != nil {
		return nil, damaged(err)
	}
	return &openedBase{file: file, keys: k, id: idOf(head, size), head: int64(len(head)), plain: plain, size: plainSize}, nil
}

// decryptWith opens an age file with the first of the keys that does.
func decryptWith(ring []*keys, file io.ReaderAt, size int64) (plain io.ReaderAt, n int64, by *keys, err error) {
	for _, k := range ring {
		var other *age.NoIdentityMatchError
		if plain, n, err = age.DecryptReaderAt(file, size, k.identity); !errors.As(err, &other) {
			return plain, n, k, err
		}
	}
	return nil, 0, nil, err
}

// isIO reports whether err comes from the disk and not from what is on it.
func isIO(err error) bool {
	var path *fs.PathError
	return errors.As(err, &path)
}

// mostDamage bounds how many damaged chunks are looked for in a base of which
// each must be whole.
const mostDamage = 100

// load decrypts the base into memory. It gives every damage that it finds, and
// stops at most; what is damaged stays zeros.
func (b *openedBase) load(p *pages, most int) (damage []error) {
	if err := p.region.grow(b.size); err != nil {
		return []error{err}
	}
	into := p.region.mem[:b.size]
	for _, c := range decryptChunks(b.plain, into, most) {
		damage = append(damage, b.damage(c))
	}
	if damage == nil && b.size > 0 && !bytes.HasPrefix(into, []byte(sqliteMagic)) {
		damage = append(damage, &DamagedError{File: baseFile, Offset: -1, Reason: "it holds no SQLite database"})
	}
	if damage != nil {
		return damage
	}
	p.resize(b.size)
	p.was = b.size
	return nil
}

// damage gives the error of a chunk that could not be read.
func (b *openedBase) damage(c badChunk) error {
	if isIO(c.err) {
		return c.err
	}
	return &DamagedError{File: baseFile, Offset: chunkPlace(b.head, c.at), Reason: "64 KiB do not decrypt", Cause: c.err}
}

// chunkPlace gives where in an age file, with a header and nonce of head bytes,
// the chunk begins that holds the plaintext at the given offset.
func chunkPlace(head, plain int64) int64 {
	return head + plain/ageChunk*(ageChunk+ageOverhead)
}

// baseWriter writes a new base beside the present one.
type baseWriter struct {
	file   disk.File
	buffer *bufio.Writer
	seal   io.WriteCloser
	id     baseID
	size   int64 // on the disk, once finished
}

// startBase begins the file of a new base for a database of plain bytes, whose
// id is thereby known: age writes header and nonce first.
func startBase(file disk.File, k *keys, plain int64) (*baseWriter, error) {
	buffer := int(min(max(plain, ageChunk), chunkSpan))
	w := &baseWriter{file: file, buffer: bufio.NewWriterSize(io.NewOffsetWriter(file, 0), buffer)}
	tee := &headTee{to: w.buffer, head: new(bytes.Buffer)}
	seal, err := age.Encrypt(tee, k.recipient)
	if err != nil {
		return nil, err
	}
	head := tee.head.Bytes()
	tee.head = nil
	w.seal = seal
	w.size = sealedSize(len(head), plain)
	w.id = idOf(head, w.size)
	return w, nil
}

// headTee keeps a copy of what goes by while head is set.
type headTee struct {
	to   io.Writer
	head *bytes.Buffer
}

func (t *headTee) Write(b []byte) (int, error) {
	if t.head != nil {
		t.head.Write(b)
	}
	return t.to.Write(b)
}

// finish seals the last chunk and syncs.
func (w *baseWriter) finish() error {
	if err := w.seal.Close(); err != nil {
		return err
	}
	if err := w.buffer.Flush(); err != nil {
		return err
	}
	size, err := w.file.Size()
	if err != nil {
		return err
	}
	if size != w.size {
		return fmt.Errorf("%s came out %d bytes long and not %d", baseFile, size, w.size)
	}
	return w.file.Sync()
}
