package backup

import (
	"cmp"
	"context"
	"database/sql"

	"casekeep/vault/sealed"
)

// RestoreChanged is [Set.Restore] of a generation that change altered in memory
// first, such as by what happened since it was made. What was deleted is dropped
// from the database's pages. The attachments are those that note names.
func (s *Set) RestoreChanged(ctx context.Context, name, dir string, change func(*sealed.DB) error,
	note func(tx *sql.Tx) (Note, error), progress Progress) error {
	m, err := s.find(ctx, name)
	if err != nil {
		return err
	}
	to := &counter{total: 2 * m.Size, tell: progress} // more once the attachments are known
	db, err := s.load(ctx, m, to)
	if err != nil {
		return err
	}
	return cmp.Or(s.plantChanged(ctx, m, db, dir, change, note, to), db.Close())
}

func (s *Set) plantChanged(ctx context.Context, m *manifest, db *sealed.DB, dir string, change func(*sealed.DB) error,
	note func(tx *sql.Tx) (Note, error), to *counter) error {
	if err := change(db); err != nil {
		return err
	}
	if err := db.Maintain(ctx, vacuum(ctx)); err != nil {
		return err
	}
	var said Note
	hear := func(tx *sql.Tx) (err error) {
		said, err = note(tx)
		return err
	}
	return db.Snapshot(ctx, hear, func(image sealed.Image) error {
		return s.plant(ctx, dir, m, image, said.Attachments, to)
	})
}
