package intake

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
)

// source is the file as it streams by: counted, hashed, and ended when the
// context is.
type source struct {
	ctx      context.Context
	r        io.Reader
	sum      hash.Hash
	done     int64 // bytes read
	size     int64
	progress func(done, total int64)
	told     int64

	peeked []byte // the beginning of the file, until it has been read
	err    error  // met while peeking
}

const (
	peekSize     = 64 << 10
	progressStep = 1 << 20
)

func newSource(ctx context.Context, r io.Reader, size int64, progress func(done, total int64)) *source {
	return &source{ctx: ctx, r: r, sum: sha256.New(), size: size, progress: progress}
}

// head gives the beginning of the file, by which it is recognized. Reading
// starts there again.
func (s *source) head() []byte {
	buf := make([]byte, peekSize)
	n, err := io.ReadFull(s.r, buf)
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	s.peeked, s.err = buf[:n], err
	return s.peeked
}

func (s *source) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	var n int
	var err error
	switch {
	case len(s.peeked) > 0:
		n = copy(p, s.peeked)
		s.peeked = s.peeked[n:]
	case s.err != nil:
		err = s.err
	default:
		n, err = s.r.Read(p)
	}
	s.sum.Write(p[:n])
	s.done += int64(n)
	if s.progress != nil && (s.done-s.told >= progressStep || errors.Is(err, io.EOF)) {
		s.told = s.done
		s.progress(s.done, s.size)
	}
	return n, err
}

// drain reads what is left, so that the hash covers the whole file.
func (s *source) drain() error {
	_, err := io.Copy(io.Discard, struct{ io.Reader }{s})
	return err
}
