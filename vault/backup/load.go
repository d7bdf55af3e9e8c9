package backup

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"casekeep/vault/sealed"
)

// Load opens a generation in memory, as [sealed.Detach] does: it can be looked
// at and changed, and nothing of it reaches a disk. The database is what was
// backed up, byte for byte, or the error is [ErrDamaged]. Attachments are read
// from the backup folder.
func (s *Set) Load(ctx context.Context, name string, progress Progress) (*sealed.DB, error) {
	m, err := s.find(ctx, name)
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
	right := func(image sealed.Image) error { return s.addsUp(ctx, m, image) }
	if err := db.Snapshot(ctx, nil, right); err != nil {
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
	db, err := sealed.Detach(ctx, s.beside(m.key), count(ctx, image, to), s.store.dir, s.store.opt.Sealed)
	if err != nil && ctx.Err() == nil {
		return nil, cmp.Or(s.addsUp(ctx, m, image), err) // SQLite has no words for a wrong pack
	}
	return db, err
}

// addsUp compares an image with what was backed up.
func (s *Set) addsUp(ctx context.Context, m *manifest, image sealed.Image) error {
	sum, err := sumOf(ctx, image)
	if err == nil && sum != m.Sum {
		err = &DamagedError{File: generationPath(m.Name), Reason: fmt.Sprintf("its %d packs do not add up to what was backed up", len(m.Packs))}
	}
	return err
}

// Restore makes a vault in dir out of a generation, as [sealed.Plant] does, with
// the attachments named. Where some of those are missing or damaged in the
// backup the vault is there and the error is a [*sealed.IncompleteError].
func (s *Set) Restore(ctx context.Context, name, dir string, attachments []string, progress Progress) error {
	m, err := s.find(ctx, name)
	if err != nil {
		return err
	}
	to := &counter{total: 2 * m.Size, tell: progress} // more once the attachments are known
	db, err := s.load(ctx, m, to)
	if err != nil {
		return err
	}
	err = db.Snapshot(ctx, nil, func(image sealed.Image) error {
		return s.plant(ctx, dir, m, image, attachments, to)
	})
	return cmp.Or(err, db.Close())
}

// plant makes a vault of an image, with the key of the newest backup, so that with
// an older one nobody comes back who was revoked since.
func (s *Set) plant(ctx context.Context, dir string, m *manifest, image sealed.Image, attachments []string, to *counter) error {
	k, err := s.newestKey(ctx, m.key)
	if err != nil {
		return doing("reading the backups", err)
	}
	return sealed.Plant(ctx, dir, s.beside(k), s.store.path(keysFolder+"/"+k.Name()), image, m.Vault, m.Position, s.store.dir, attachments,
		s.store.opt.Sealed, func(done, total int64) { to.report(m.Size+done, m.Size+total) })
}

// newestKey gives the key of the newest backup that the set opens, if its wrap is
// there, else the one given.
func (s *Set) newestKey(ctx context.Context, otherwise *sealed.Key) (*sealed.Key, error) {
	v, err := s.survey(ctx)
	if err != nil || v.newest() == nil {
		return otherwise, err
	}
	k := v.newest().key
	w, err := readWraps(s.store.files, s.store.path(keysFolder+"/"+k.Name()))
	if err != nil || !w.sound() {
		return otherwise, err
	}
	return k, nil
}

// Retired gives the identities that the set opens beside that of a vault which
// [Set.Restore] makes of a generation.
func (s *Set) Retired(ctx context.Context, name string) ([]*sealed.Key, error) {
	m, err := s.find(ctx, name)
	if err != nil {
		return nil, err
	}
	present, err := s.newestKey(ctx, m.key)
	if err != nil {
		return nil, doing("reading the backups", err)
	}
	return slices.DeleteFunc(slices.Clone(s.keys), func(k *sealed.Key) bool { return k.Name() == present.Name() }), nil
}
