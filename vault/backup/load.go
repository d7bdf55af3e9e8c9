package backup

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"casekeep/vault/sealed"
)

// Load opens a generation in memory, as [sealed.Detach] does: it can be looked
// at and changed, and nothing of it reaches a disk. The database is what was
// backed up, byte for byte, or the error is [ErrDamaged]. Attachments are read
// from the backup folder.
func (s *Set) Load(ctx context.Context, name string, progress Progress) (*sealed.DB, error) {
	m, err := s.find(name)
	if err != nil {
		return nil, err
	}
	return s.load(ctx, m, &counter{total: m.Size, tell: progress})
}

func (s *Set) load(ctx context.Context, m *manifest, to *counter) (*sealed.DB, error) {
	db, err := s.detach(ctx, m, to)
	if err != nil {
		return nil, doing("reading the backup", err)
	}
	if err := s.isRight(ctx, m, db); err != nil {
		return nil, cmp.Or(err, db.Close())
	}
	return db, nil
}

func (s *Set) detach(ctx context.Context, m *manifest, to *counter) (*sealed.DB, error) {
	image, err := s.store.openImage(m)
	if err != nil {
		return nil, err
	}
	defer image.Close()
	db, err := sealed.Detach(ctx, m.key, count(ctx, image, to), s.store.dir, s.store.opt.Sealed)
	if errors.Is(err, sealed.ErrDamaged) {
		err = damaged(generationPath(m.Name), errors.New("its packs hold no SQLite database"))
	}
	return db, err
}

// isRight compares the database in memory with what was backed up.
func (s *Set) isRight(ctx context.Context, m *manifest, db *sealed.DB) error {
	return db.Snapshot(ctx, nil, func(image sealed.Image) error {
		sum, err := sumOf(ctx, image)
		if err == nil && sum != m.Sum {
			err = m.wrongSum()
		}
		return err
	})
}

func (m *manifest) wrongSum() error {
	return &DamagedError{File: generationPath(m.Name), Reason: fmt.Sprintf("its %d packs do not add up to what was backed up", len(m.Packs))}
}

// Restore makes a vault in dir out of a generation, as [sealed.Plant] does, with
// the attachments named. Where some of those are missing or damaged in the
// backup the vault is there and the error is a [*sealed.IncompleteError].
func (s *Set) Restore(ctx context.Context, name, dir string, attachments []string, progress Progress) error {
	m, err := s.find(name)
	if err != nil {
		return err
	}
	to := &counter{total: 2 * m.Size, tell: progress} // more once the attachments are known
	db, err := s.load(ctx, m, to)
	if err != nil {
		return err
	}
	keys := s.store.path(keysFolder + "/" + m.Key)
	err = db.Snapshot(ctx, nil, func(image sealed.Image) error {
		return sealed.Plant(ctx, dir, m.key, keys, image, m.Vault, m.Position, s.store.dir, attachments, s.store.opt.Sealed,
			func(done, total int64) { to.report(m.Size+done, m.Size+total) })
	})
	return cmp.Or(err, db.Close())
}
