package backup

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"sync"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/parallel"
)

const (
	// step is what is read, encrypted or compared at a time, in bytes.
	step = 1 << 20
	// syncEvery is how much of a pack is written between syncs, in bytes, so
	// that nobody else's have to wait for all of it.
	syncEvery = 16 << 20
)

// selection is the pages of an image that go into a pack, one after the other.
type selection struct {
	image sealed.Image
	pages []uint32 // ascending
}

func (s *selection) Size() int64 { return int64(len(s.pages)) * pageSize }

// ReadAt reads whole pages. The image's last one is filled up with zeros.
func (s *selection) ReadAt(b []byte, at int64) (int, error) {
	for n := 0; n < len(b); n += pageSize {
		i := (at + int64(n)) / pageSize
		if i >= int64(len(s.pages)) {
			return n, io.EOF
		}
		from := int64(s.pages[i]) * pageSize
		page := b[n : n+pageSize]
		have := min(pageSize, s.image.Size()-from)
		if err := readAll(s.image, page[:have], from); err != nil {
			return n, err
		}
		clear(page[have:])
	}
	return len(b), nil
}

// writePack seals content as a new pack, reads it back, and gives it its name,
// which is durable once the folder is synced.
func (s *store) writePack(ctx context.Context, k *sealed.Key, content sealed.Image, name string, count *counter) (ref packRef, err error) {
	rel := packs + "/" + name
	temporary := rel + unfinished
	defer func() {
		if err != nil {
			_ = s.files.Remove(s.path(temporary)) // swept later where this fails too
		}
	}()
	if err := s.sealPack(ctx, k, content, temporary, count); err != nil {
		return ref, err
	}
	size, err := s.comparePack(ctx, k, content, temporary, count)
	if err != nil {
		return ref, err
	}
	if err := s.files.Rename(s.path(temporary), s.path(rel)); err != nil {
		return ref, err
	}
	s.written.Add(size)
	return packRef{Name: name, Size: size}, nil
}

func (s *store) sealPack(ctx context.Context, k *sealed.Key, content sealed.Image, rel string, count *counter) (err error) {
	file, err := s.files.Create(s.path(rel))
	if err != nil {
		return err
	}
	defer func() {
		if closing := file.Close(); err == nil {
			err = closing
		}
	}()
	out := bufio.NewWriterSize(io.NewOffsetWriter(file, 0), step)
	seal, err := k.Encrypt(out)
	if err != nil {
		return err
	}
	buf := make([]byte, step)
	defer clear(buf)
	for at := int64(0); at < content.Size(); at += step {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := buf[:min(step, content.Size()-at)]
		if err := readAll(content, b, at); err != nil {
			return err
		}
		if _, err := seal.Write(b); err != nil {
			return err
		}
		if (at+step)%syncEvery == 0 {
			if err := file.Sync(); err != nil {
				return err
			}
		}
		count.add(int64(len(b)))
	}
	if err := seal.Close(); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return file.Sync()
}

// comparePack decrypts a pack and compares it with what was meant. It gives the
// pack's size, sealed.
func (s *store) comparePack(ctx context.Context, k *sealed.Key, content sealed.Image, rel string, count *counter) (int64, error) {
	p, err := s.openPack(rel, k)
	if err != nil {
		return 0, s.unread(rel, err)
	}
	defer p.file.Close()
	if p.size != content.Size() {
		return 0, errReadBack(s.path(rel))
	}
	buffers := sync.Pool{New: func() any { return new([2][step]byte) }}
	err = parallel.Each(ctx, p.size, step, func(at, end int64) error {
		both := buffers.Get().(*[2][step]byte)
		defer buffers.Put(both)
		defer clear(both[:])
		meant, found := both[0][:end-at], both[1][:end-at]
		if err := readAll(content, meant, at); err != nil {
			return err
		}
		if err := readAll(p.plain, found, at); err != nil {
			return s.unread(rel, err)
		}
		if !bytes.Equal(meant, found) {
			return errReadBack(s.path(rel))
		}
		count.add(end - at)
		return nil
	})
	if err != nil {
		return 0, err
	}
	return p.file.Size()
}

// unread takes what was written and does not decrypt for a failure of the disk.
func (s *store) unread(rel string, err error) error {
	if isIO(err) {
		return err
	}
	return &fs.PathError{Op: "read back", Path: s.path(rel), Err: err}
}

// isThere reports whether a pack has its size.
func (s *store) isThere(ref packRef) (bool, error) {
	f, size, err := s.open(packs + "/" + ref.Name)
	if errors.Is(err, ErrDamaged) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return size == ref.Size, f.Close()
}
