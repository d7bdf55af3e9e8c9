package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"casekeep/vault/sealed/disk"
)

// VerifyAll reads every file in the folder: manifests, packs, attachments, the
// keys, the caches, those that no generation refers to too, and adds the newest
// generation up. What was sealed with a key that the set was not opened with
// cannot be told from damage.
func (s *Set) VerifyAll(ctx context.Context, progress Progress) (Check, error) {
	c := &checker{Set: s, ctx: ctx, count: &counter{tell: progress}}
	err := c.everything()
	c.count.end()
	return c.conclude(), doing("reading the backups", err)
}

func (c *checker) everything() error {
	v, err := c.survey(c.ctx)
	if err != nil {
		return err
	}
	for name, problem := range v.unread {
		c.check.Broken = append(c.check.Broken, name)
		if err := c.note(damaged(generationPath(name), problem)); err != nil {
			return err
		}
	}
	for _, l := range v.late {
		c.check.Broken = append(c.check.Broken, l.Name)
		if err := c.note(&DamagedError{File: l.problem.File, Reason: l.problem.short(), Cause: l.problem}); err != nil {
			return err
		}
	}
	c.check.Files += len(v.manifests)
	names, err := c.store.listAttachments()
	if err != nil {
		return err
	}
	stray, err := c.strays(v)
	if err != nil {
		return err
	}
	if err := c.plan(v, names, stray); err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return c.packsOf(v.manifests) },
		func() error { return c.strayPacks(stray) },
		func() error { return c.newest(v) },
		func() error { return c.attachments(slices.Collect(maps.Keys(names))) },
		c.keyFiles,
		func() error { return c.vault(v) },
		func() error { return c.caches(v) },
		c.unknown,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// strays gives the packs that no generation refers to.
func (c *checker) strays(v *view) (stray []string, err error) {
	used := map[string]bool{}
	for _, m := range v.everything() {
		for _, ref := range m.Packs {
			used[ref.Name], used[sumsName(ref.Name)] = true, true
		}
	}
	names, err := c.store.list(packs, "")
	for _, name := range names {
		if _, ours := packTime(name); ours && !used[name] {
			stray = append(stray, name)
		}
	}
	return stray, err
}

// plan adds up what there is to read, for the progress.
func (c *checker) plan(v *view, blobs map[string]bool, stray []string) error {
	seen := map[packRef]bool{}
	for _, m := range v.manifests {
		for _, ref := range m.Packs {
			if !seen[ref] {
				c.count.total += ref.Size
			}
			seen[ref] = true
		}
	}
	if m := v.newest(); m != nil {
		c.count.total += m.Size
	}
	var rest []string
	for _, name := range stray {
		rest = append(rest, packs+"/"+name)
	}
	for name := range blobs {
		rest = append(rest, blobPath(name))
	}
	for _, rel := range rest {
		f, size, err := c.store.open(rel)
		if err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
		c.count.total += size
	}
	return nil
}

func (c *checker) strayPacks(names []string) error {
	for _, name := range names {
		if err := c.note(c.decrypts(packs + "/" + name)); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) newest(v *view) error {
	if m := v.newest(); m != nil {
		return c.database(m)
	}
	return nil
}

func (c *checker) keyFiles() error {
	names, err := c.store.keyNames()
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := c.wrapsOf(name); err != nil {
			return err
		}
	}
	return nil
}

// readPlain reads a small file that is not sealed.
func (s *store) readPlain(rel string) ([]byte, error) {
	f, _, err := s.open(rel)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	b, err := disk.ReadFile(s.files, s.path(rel), maxKeyFile)
	return b, damaged(rel, err)
}

// vault checks what tells vaults apart.
func (c *checker) vault(v *view) error {
	content, err := c.store.readPlain(vaultFile)
	if err != nil {
		return c.note(err)
	}
	c.read(int64(len(content)))
	if m := v.newest(); m != nil && string(content) != fmt.Sprintln(m.Vault) {
		return c.note(&DamagedError{File: vaultFile, Reason: "it names another vault than the newest backup"})
	}
	return nil
}

// caches checks what only makes the next backup smaller, where it is there.
func (c *checker) caches(v *view) error {
	checked := map[string]bool{}
	for _, m := range v.manifests {
		for _, ref := range m.Packs {
			if checked[ref.Name] {
				continue
			}
			checked[ref.Name] = true
			sums, err := c.store.readSums(m.key, ref.Name)
			if err := c.cache(len(sums), err); err != nil {
				return err
			}
		}
	}
	d, err := c.store.readDropped(c.keys)
	return c.cache(len(d), err)
}

func (c *checker) cache(n int, err error) error {
	if err == nil {
		c.read(int64(n))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return c.note(err)
}

// unknown lists what is not the program's.
func (c *checker) unknown() error {
	known := map[string]bool{readmeFile: true, vaultFile: true, lockFile: true, droppedFile: true,
		keysFolder: true, generations: true, packs: true, attachments: true}
	for rel, ours := range map[string]func(string) bool{
		"": func(name string) bool { return known[name] },
		generations: func(name string) bool {
			stem, sealed := strings.CutSuffix(name, sealedTail)
			_, ok := generationTime(stem)
			return sealed && ok
		},
		packs: func(name string) bool { _, ok := packTime(name); return ok },
	} {
		names, err := c.store.list(rel, "")
		if err != nil {
			return err
		}
		for _, name := range names {
			if !ours(name) && !strings.HasSuffix(name, unfinished) {
				c.check.Unknown = append(c.check.Unknown, strings.TrimPrefix(rel+"/"+name, "/"))
			}
		}
	}
	return nil
}
