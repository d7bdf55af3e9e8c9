package backup

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"casekeep/vault/sealed"
)

// Rewrite writes a generation anew, under its name and of its time, such as
// without a record that was destroyed: it opens it in memory, lets change alter
// it, and drops from the database's pages what is no longer in it. What it holds
// then goes into a full pack of its own, which is read back before the new
// manifest takes the place of the old one; then the packs that no generation
// refers to any more are removed. note is as for [Take].
//
// Attachments stay until [Set.DropAttachments] removes them; those that note says
// are dropped go with the next backup or [Set.Prune] where that does not come to
// it.
func (s *Set) Rewrite(ctx context.Context, name string, change func(*sealed.DB) error, note func(tx *sql.Tx) (Note, error)) error {
	end, err := s.store.lock()
	if err != nil {
		return doing("rewriting the backup", err)
	}
	defer end()
	m, err := s.find(ctx, name)
	if err != nil {
		return err
	}
	db, err := s.load(ctx, m, &counter{})
	if err != nil {
		return err
	}
	err = s.rewrite(ctx, m, db, change, note)
	return doing("rewriting the backup", cmp.Or(err, db.Close()))
}

func (s *Set) rewrite(ctx context.Context, m *manifest, db *sealed.DB, change func(*sealed.DB) error, note func(tx *sql.Tx) (Note, error)) error {
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
	var made *manifest
	if err := db.Snapshot(ctx, hear, func(image sealed.Image) (err error) {
		made, err = s.remake(ctx, m, image, said)
		return err
	}); err != nil {
		return err
	}
	if err := s.noteExpired(ctx, said.Dropped); err != nil {
		return err
	}
	if err := s.store.name(made); err != nil {
		return err
	}
	v, err := s.survey(ctx)
	if err != nil {
		return err
	}
	s.store.sweep(v)
	return nil
}

// vacuum rewrites the database without what was deleted.
func vacuum(ctx context.Context) func(conn *sql.Conn) error {
	return func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "VACUUM")
		return err
	}
}

// remake writes the pack of a generation anew and gives its new manifest.
func (s *Set) remake(ctx context.Context, old *manifest, image sealed.Image, said Note) (*manifest, error) {
	if said.Facts != nil && !json.Valid(said.Facts) {
		return nil, errNotJSON
	}
	m := &manifest{Name: old.Name, Vault: old.Vault, Position: old.Position, Key: old.Key, Facts: said.Facts,
		Size: image.Size(), FullAt: old.at, Retired: old.Retired, key: old.key, at: old.at}
	names := slices.Compact(slices.Sorted(slices.Values(said.Attachments)))
	blobs, _, err := s.store.measure(ctx, s.store.dir, names)
	if err != nil {
		return nil, err
	}
	m.Attachments = len(names)
	for _, b := range blobs {
		m.AttachmentBytes += b.size
	}
	if m.Sum, err = sumOf(ctx, image); err != nil {
		return nil, err
	}
	ref, err := s.store.writePack(ctx, m.key, image, packName(m.at, true), &counter{})
	if err != nil {
		return nil, err
	}
	m.Packs = []packRef{ref}
	m.Pages = []run{{0, 0, pagesOf(m.Size)}}
	return m, s.store.files.SyncDir(s.store.path(packs))
}
