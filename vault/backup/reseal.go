package backup

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"

	"filippo.io/age"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/parallel"
)

// isOthers reports whether a file does not open since it is sealed to another key.
func isOthers(err error) bool {
	var other *age.NoIdentityMatchError
	return errors.As(err, &other)
}

// findStale finds the attachments in the folder that the new generation refers to
// and that are not sealed to its key. There can be any only where the backup
// before had another key, or among those that were dropped and came back.
func (t *taking) findStale(ctx context.Context) error {
	suspects := t.said.Attachments
	if m := t.view.newest(); m != nil && m.Key == t.key.Name() {
		if d, err := t.readDropped(t.opens.keys); err == nil {
			suspects = slices.DeleteFunc(slices.Clone(suspects), func(name string) bool { _, dropped := d[name]; return !dropped })
		}
	}
	t.stale = map[string]bool{}
	var mu sync.Mutex
	return parallel.Each(ctx, int64(len(suspects)), 1, func(i, _ int64) error {
		name := suspects[i]
		if !t.there[name] {
			return nil
		}
		p, err := t.openPack(blobPath(name), t.key)
		switch {
		case err == nil:
			return p.file.Close()
		case isOthers(err):
			mu.Lock()
			defer mu.Unlock()
			t.stale[name] = true
		case !errors.Is(err, ErrDamaged):
			return err
		}
		return nil
	})
}

// sealAttachment seals an attachment to k that is sealed to another key, into the
// file of its copy, and reads it back.
func (s *store) sealAttachment(ctx context.Context, k, all *sealed.Key, b blob, temporary string, count *counter) (damage *DamagedError, err error) {
	f, err := s.files.Open(b.from)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	plain, size, err := all.Decrypt(f, b.size)
	if err == nil {
		err = s.remove(temporary)
	}
	if err == nil {
		content := io.NewSectionReader(plain, 0, size)
		err = s.sealPack(ctx, k, content, temporary, &counter{})
		if err == nil {
			_, err = s.comparePack(ctx, k, content, temporary, count)
		}
	}
	if err == nil || isIO(err) || ctx.Err() != nil {
		return nil, err
	}
	return &DamagedError{File: blobPath(b.name), Reason: "it does not decrypt"}, nil
}
