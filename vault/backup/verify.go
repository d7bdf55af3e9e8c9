package backup

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

	"casekeep/vault/sealed/parallel"
)

// Check is what a verification found.
type Check struct {
	Files    int             // read
	Bytes    int64           // decrypted
	Problems []*DamagedError // in the order of the files' names
	Broken   []string        // generations that do not load for them, newest first
	Unknown  []string        // files that are not the program's, such as a sync service's copies
}

// Verify reads every byte of a generation: that its manifest and its packs are
// what this vault's key wrote, that they add up to the database that was backed
// up, and that the attachments named decrypt. It goes on past damage. An error
// means that the backup could not be looked at; damage is in the check.
func (s *Set) Verify(ctx context.Context, name string, attachments []string, progress Progress) (Check, error) {
	c := &checker{Set: s, ctx: ctx, count: &counter{tell: progress}}
	err := c.generation(name, attachments)
	c.count.end()
	return c.conclude(), doing("reading the backup", err)
}

type checker struct {
	*Set
	ctx   context.Context
	count *counter
	mu    sync.Mutex
	check Check
}

// note takes damage down, and what the disk cannot read of a file. Any other error
// ends the verification.
func (c *checker) note(err error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var damage *DamagedError
	if !errors.As(err, &damage) {
		damage = c.unreadable(err)
	}
	if damage == nil {
		return err
	}
	c.check.Problems = append(c.check.Problems, damage)
	return nil
}

// unreadable gives what the disk refused to read, nil where that is no file of
// the folder.
func (c *checker) unreadable(err error) *DamagedError {
	var at *fs.PathError
	if !errors.As(err, &at) {
		return nil
	}
	rel, failed := filepath.Rel(c.store.dir, at.Path)
	if failed != nil || !filepath.IsLocal(rel) || filepath.Ext(rel) != sealedTail {
		return nil
	}
	return &DamagedError{File: filepath.ToSlash(rel), Reason: "the disk cannot read it: " + at.Err.Error(), Cause: err}
}

// read counts a file that was read.
func (c *checker) read(n int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.check.Files++
	c.check.Bytes += n
}

func (c *checker) conclude() Check {
	slices.SortFunc(c.check.Problems, func(a, b *DamagedError) int {
		return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Reason, b.Reason))
	})
	slices.Sort(c.check.Broken)
	slices.Reverse(c.check.Broken)
	c.check.Broken = slices.Compact(c.check.Broken)
	slices.Sort(c.check.Unknown)
	return c.check
}

func (c *checker) generation(name string, attachments []string) error {
	m, err := c.find(c.ctx, name)
	if err != nil {
		c.check.Broken = []string{name}
		return c.note(err)
	}
	c.read(m.Size)
	blobs, _, err := c.store.measure(c.ctx, c.store.dir, attachments) // what is missing is met again below
	if err != nil {
		return err
	}
	for _, b := range blobs {
		c.count.total += b.size
	}
	for _, p := range m.Packs {
		c.count.total += p.Size
	}
	c.count.total += m.Size
	if err := c.packsOf([]*manifest{m}); err != nil {
		return err
	}
	if err := c.database(m); err != nil {
		return err
	}
	return c.attachments(attachments)
}

// packsOf decrypts every pack that the generations refer to, and takes down
// which of them are broken.
func (c *checker) packsOf(all []*manifest) error {
	type use struct {
		packRef
		by []*manifest
	}
	var uses []*use
	known := map[packRef]*use{}
	for _, m := range all {
		for _, ref := range m.Packs {
			if known[ref] == nil {
				known[ref] = &use{packRef: ref}
				uses = append(uses, known[ref])
			}
			known[ref].by = append(known[ref].by, m)
		}
	}
	return parallel.Each(c.ctx, int64(len(uses)), 1, func(i, _ int64) error {
		u := uses[i]
		err := c.pack(u.packRef, u.by[0])
		if err != nil {
			c.mu.Lock()
			for _, m := range u.by {
				c.check.Broken = append(c.check.Broken, m.Name)
			}
			c.mu.Unlock()
		}
		return c.note(err)
	})
}

func (c *checker) pack(ref packRef, m *manifest) error {
	rel := packs + "/" + ref.Name
	if there, err := c.store.isThere(ref); err != nil {
		return err
	} else if !there {
		return &DamagedError{File: rel, Reason: fmt.Sprintf("it is missing, or not %d bytes long", ref.Size)}
	}
	n, err := c.store.decryptAll(c.ctx, rel, m.key, c.count.add)
	c.read(n)
	return err
}

// database adds a generation up, if nothing was found wrong with it so far.
func (c *checker) database(m *manifest) error {
	if slices.Contains(c.check.Broken, m.Name) {
		return nil
	}
	image, err := c.store.openImage(m)
	if err != nil {
		return c.note(err)
	}
	defer image.Close()
	err = c.addsUp(c.ctx, m, count(c.ctx, image, c.count))
	if err != nil {
		c.check.Broken = append(c.check.Broken, m.Name)
	}
	return c.note(err)
}

// attachments decrypts attachments.
func (c *checker) attachments(names []string) error {
	return parallel.Each(c.ctx, int64(len(names)), 1, func(i, _ int64) error {
		return c.note(c.decrypts(blobPath(names[i])))
	})
}

// decrypts reads a file with whichever key opens it.
func (c *checker) decrypts(rel string) error {
	for i, k := range c.keys {
		n, err := c.store.decryptAll(c.ctx, rel, k, c.count.add)
		if err == nil {
			c.read(n)
			return nil
		}
		if !errors.Is(err, ErrDamaged) || i == len(c.keys)-1 {
			return err
		}
	}
	return nil
}

// wrapsOf checks the wraps of an identity against their sums.
func (c *checker) wrapsOf(name string) error {
	rel := keysFolder + "/" + name
	w, err := readWraps(c.store.files, c.store.path(rel))
	if err != nil {
		return c.note(err)
	}
	sums, err := c.store.readPlain(rel + "/" + keySumsFile)
	if err != nil {
		return c.note(err)
	}
	for file, content := range w {
		c.read(int64(len(content)))
		if !bytes.Contains(sums, wraps{file: content}.sums()) {
			if err := c.note(&DamagedError{File: rel + "/" + file, Reason: "its sum in " + keySumsFile + " does not match"}); err != nil {
				return err
			}
		}
	}
	if len(sums) != len(w.sums()) {
		return c.note(&DamagedError{File: rel + "/" + keySumsFile, Reason: "it lists other files than there are"})
	}
	return nil
}
