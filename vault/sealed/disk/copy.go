package disk

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"path/filepath"
)

// copyStep is what is read and written at a time, in bytes.
const copyStep = 1 << 20

// Copy copies a file to a new one and syncs that. It gives the SHA-256 of what
// was read and tells moved of the bytes of each step. On an error it leaves no
// new file.
func Copy(ctx context.Context, files Files, from, to string, moved func(n int64)) (sum [sha256.Size]byte, err error) {
	source, err := files.Open(from)
	if err != nil {
		return sum, err
	}
	defer source.Close()
	target, err := files.Create(to)
	if err != nil {
		return sum, err
	}
	hash := sha256.New()
	err = each(ctx, source, func(b []byte, at int64) error {
		hash.Write(b)
		_, err := target.WriteAt(b, at)
		moved(int64(len(b)))
		return err
	})
	if err == nil {
		err = target.Sync()
		Uncache(target) // for whoever reads it back
	}
	if closing := target.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = files.Remove(to)
	}
	hash.Sum(sum[:0])
	return sum, err
}

// Sum gives the SHA-256 of a file.
func Sum(ctx context.Context, files Files, path string) (sum [sha256.Size]byte, err error) {
	f, err := files.Open(path)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	hash := sha256.New()
	err = each(ctx, f, func(b []byte, _ int64) error {
		hash.Write(b)
		return nil
	})
	hash.Sum(sum[:0])
	return sum, err
}

// each reads a file from its start to its end.
func each(ctx context.Context, f File, do func(b []byte, at int64) error) error {
	size, err := f.Size()
	if err != nil {
		return err
	}
	buf := make([]byte, min(copyStep, size))
	for at := int64(0); at < size; at += copyStep {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := buf[:min(copyStep, size-at)]
		if _, err := io.ReadFull(io.NewSectionReader(f, at, int64(len(b))), b); err != nil {
			return err
		}
		if err := do(b, at); err != nil {
			return err
		}
	}
	return nil
}

// TooLongError says that a file is longer than what it should be can be.
type TooLongError struct {
	Name string
	Size int64 // in bytes
}

func (e *TooLongError) Error() string { return fmt.Sprintf("it is %d bytes long", e.Size) }

// ReadFile reads a file of at most limit bytes whole. A longer one is a
// [*TooLongError].
func ReadFile(files Files, path string, limit int64) ([]byte, error) {
	f, err := files.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size, err := f.Size()
	if err != nil {
		return nil, err
	}
	if size > limit {
		return nil, &TooLongError{Name: filepath.Base(path), Size: size}
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(f, 0, size), b); err != nil {
		return nil, err
	}
	return b, nil
}

// WriteNew makes a new file and syncs it. On an error it leaves none.
func WriteNew(files Files, path string, content []byte) error {
	f, err := files.Create(path)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(content, 0)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = files.Remove(path)
	}
	return err
}
