package sealed

import (
	"cmp"
	"errors"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// badChunk is a chunk of an age file that cannot be read. At counts plaintext
// bytes.
type badChunk struct {
	at  int64
	err error
}

// chunkSpan is what one core decrypts at a time, in bytes of plaintext.
const chunkSpan = 16 * ageChunk

// decryptChunks fills into from an age file's plaintext, on all cores: age
// encrypts its chunks independently. It gives the chunks that cannot be read,
// in order, and stops looking for more once it has found most.
func decryptChunks(plain io.ReaderAt, into []byte, most int) []badChunk {
	var (
		mu  sync.Mutex
		bad []badChunk
	)
	enough := func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(bad) >= most
	}
	spans(int64(len(into)), func(at, end int64) (more bool) {
		b := into[at:end]
		if readAll(plain, b, at) == nil {
			return true
		}
		for i := 0; i < len(b); i += ageChunk {
			chunk := b[i:min(i+ageChunk, len(b))]
			if err := readAll(plain, chunk, at+int64(i)); err != nil {
				mu.Lock()
				bad = append(bad, badChunk{at + int64(i), err})
				mu.Unlock()
			}
		}
		return !enough()
	})
	slices.SortFunc(bad, func(a, b badChunk) int { return cmp.Compare(a.at, b.at) })
	return bad
}

// spans cuts size bytes into pieces of chunkSpan and calls f for each, on all
// cores, until one call reports that no more need be done.
func spans(size int64, f func(at, end int64) (more bool)) {
	var (
		next    atomic.Int64
		ended   atomic.Bool
		workers sync.WaitGroup
	)
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for at := (next.Add(1) - 1) * chunkSpan; at < size && !ended.Load(); at = (next.Add(1) - 1) * chunkSpan {
				if !f(at, min(at+chunkSpan, size)) {
					ended.Store(true)
				}
			}
		})
	}
	workers.Wait()
}

// readAll reads len(b) bytes; the end of the file may coincide with theirs.
func readAll(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) && errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
