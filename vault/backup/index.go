package backup

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/parallel"
)

const (
	indexInfo = "casekeep backup index 1"
	sumInfo   = "casekeep backup page sums 1"
	// sumSize is the length of a page's sum in bytes. It tells a page that
	// changed from one that did not, among pages that nobody can choose to suit
	// it, for the sums are keyed.
	sumSize = 8
)

// index is what the next backup compares with: a sum of each page, as of one
// generation. As a file it is a line of JSON, the sums, and a MAC. It is a cache:
// without it the next backup is a full one.
type index struct {
	Generation string               `json:"generation"`
	Sum        string               `json:"sha256"` // of that generation's database, for it may be written anew
	Gone       map[string]time.Time `json:"gone"`   // attachments that no generation from then on refers to

	sums []byte
}

func (x *index) seal(k *sealed.Key) ([]byte, error) {
	text, err := json.Marshal(x)
	if err != nil {
		return nil, err
	}
	text = append(append(text, '\n'), x.sums...)
	return encrypt(k, append(text, macOf(k, indexInfo, text)...))
}

// readIndex gives the index, or one that knows nothing where it cannot be read.
func (s *store) readIndex(k *sealed.Key) *index {
	text, _, err := s.decrypt(indexFile, []*sealed.Key{k})
	if err == nil {
		if x, err := parseIndex(text, k); err == nil {
			return x
		}
	}
	return &index{Gone: map[string]time.Time{}}
}

func parseIndex(text []byte, k *sealed.Key) (*index, error) {
	cut := len(text) - sha256.Size
	if cut < 0 || !hmac.Equal(text[cut:], macOf(k, indexInfo, text[:cut])) {
		return nil, errNotOurs
	}
	head, sums, found := bytes.Cut(text[:cut], []byte("\n"))
	if !found {
		return nil, errShape
	}
	x := &index{sums: sums}
	if err := json.Unmarshal(head, x); err != nil {
		return nil, err
	}
	if x.Gone == nil {
		x.Gone = map[string]time.Time{}
	}
	return x, nil
}

// imageSums gives the sums of an image: one of each page, keyed, in a row, and the
// SHA-256 of the whole in hexadecimal digits.
func imageSums(ctx context.Context, k *sealed.Key, image sealed.Image) (sums []byte, whole string, err error) {
	sum := make(chan string, 1)
	failed := make(chan error, 1)
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		text, err := sumOf(within, image)
		sum <- text
		failed <- err
	}()
	key := k.MAC(sumInfo)
	sums = make([]byte, pagesOf(image.Size())*sumSize)
	err = parallel.Each(ctx, image.Size(), step, func(at, end int64) error {
		b := make([]byte, end-at)
		defer clear(b)
		if err := readAll(image, b, at); err != nil {
			return err
		}
		for i := int64(0); i < int64(len(b)); i += pageSize {
			pageSum(sums[(at+i)/pageSize*sumSize:], key, b[i:min(i+pageSize, int64(len(b)))])
		}
		return nil
	})
	if err != nil {
		cancel()
	}
	whole = <-sum
	return sums, whole, errors.Join(err, <-failed)
}

// pageSum writes the sum of a page at the start of to.
func pageSum(to, key, page []byte) {
	var b [sha256.Size + pageSize]byte
	n := copy(b[:], key)
	n += copy(b[n:], page)
	sum := sha256.Sum256(b[:n])
	copy(to[:sumSize], sum[:])
}

// sumOf gives the SHA-256 of an image in hexadecimal digits.
func sumOf(ctx context.Context, image sealed.Image) (string, error) {
	h := sha256.New()
	buf := make([]byte, step)
	defer clear(buf)
	for at := int64(0); at < image.Size(); at += step {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		b := buf[:min(step, image.Size()-at)]
		if err := readAll(image, b, at); err != nil {
			return "", err
		}
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// changedPages gives the pages of which the sums differ.
func changedPages(was, now []byte) (pages []uint32) {
	for i := 0; i < len(now); i += sumSize {
		if i >= len(was) || !bytes.Equal(was[i:i+sumSize], now[i:i+sumSize]) {
			pages = append(pages, uint32(i/sumSize))
		}
	}
	return pages
}
