package sealed

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"sync"

	"casekeep/vault/sealed/parallel"
)

// badChunk is a chunk of an age file that cannot be read. At counts plaintext
// bytes.
type badChunk struct {
	at  int64
	err error
}

// chunkSpan is what one core decrypts at a time, in bytes of plaintext.
const chunkSpan = 16 * ageChunk

var errEnough = errors.New("enough damage was found")

// decryptChunks fills into from an age file's plaintext, on all cores: age
// encrypts its chunks independently. It gives the chunks that cannot be read,
// in order, and stops looking for more once it has found most.
func decryptChunks(plain io.ReaderAt, into []byte, most int) []badChunk {
	var (
		mu  sync.Mutex
		bad []badChunk
	)
	_ = parallel.Each(context.Background(), int64(len(into)), chunkSpan, func(at, end int64) error {
		b := into[at:end]
		populate(b)
		if readAll(plain, b, at) == nil {
			return nil
		}
		for i := 0; i < len(b); i += ageChunk {
			chunk := b[i:min(i+ageChunk, len(b))]
			if err := readAll(plain, chunk, at+int64(i)); err != nil {
				mu.Lock()
				bad = append(bad, badChunk{at + int64(i), err})
				mu.Unlock()
			}
		}
		mu.Lock()
		defer mu.Unlock()
		if len(bad) >= most {
			return errEnough
		}
		return nil
	})
	slices.SortFunc(bad, func(a, b badChunk) int { return cmp.Compare(a.at, b.at) })
	return bad
}

// readAll reads len(b) bytes; the end of the file may coincide with theirs.
func readAll(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) && errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
