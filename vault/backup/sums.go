package backup

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/parallel"
)

const (
	sumInfo     = "casekeep backup page sums 1"
	sumFileInfo = "casekeep backup sums file 1 "
	// sumSize is the length of a page's sum in bytes. It tells a page that
	// changed from one that did not, among pages that nobody can choose to suit
	// it, for the sums are keyed.
	sumSize = 8
)

// putSums writes the sums of the pages in a pack beside it, by which the next
// backup knows what changed. Without them it is a full one.
func (s *store) putSums(k *sealed.Key, pack string, sums []byte) error {
	content, err := encrypt(k, append(bytes.Clone(sums), macOf(k, sumFileInfo+pack, sums)...))
	if err != nil {
		return err
	}
	return s.put(packs+"/"+sumsName(pack), content)
}

func (s *store) readSums(k *sealed.Key, pack string) ([]byte, error) {
	rel := packs + "/" + sumsName(pack)
	text, _, err := s.decrypt(rel, []*sealed.Key{k})
	if err != nil {
		return nil, err
	}
	cut := len(text) - sha256.Size
	if cut < 0 || cut%sumSize != 0 || !hmac.Equal(text[cut:], macOf(k, sumFileInfo+pack, text[:cut])) {
		return nil, damaged(rel, errNotOurs)
	}
	return text[:cut], nil
}

// sumsOf puts the sums of a generation's pages together, from those of its packs.
func (s *store) sumsOf(m *manifest) ([]byte, error) {
	of := make([][]byte, len(m.Packs))
	for i, ref := range m.Packs {
		var err error
		if of[i], err = s.readSums(m.key, ref.Name); err != nil {
			return nil, err
		}
	}
	var sums []byte
	for _, r := range m.Pages {
		from, to := r[1]*sumSize, (r[1]+r[2])*sumSize
		if to > int64(len(of[r[0]])) {
			return nil, damaged(packs+"/"+sumsName(m.Packs[r[0]].Name), errShape)
		}
		sums = append(sums, of[r[0]][from:to]...)
	}
	return sums, nil
}

// selectSums gives the sums of some pages.
func selectSums(sums []byte, pages []uint32) (selected []byte) {
	for _, n := range pages {
		selected = append(selected, sums[int64(n)*sumSize:(int64(n)+1)*sumSize]...)
	}
	return selected
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
