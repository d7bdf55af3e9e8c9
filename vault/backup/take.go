package backup

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"casekeep/vault/sealed"
)

// Take backs the open vault in dir up into a backup folder, as [Folder] gives
// it, which it makes if it is new. note runs in a transaction that sees exactly
// the state that is backed up; commits wait only for that.
//
// The new generation is there once its manifest has its name, which is after
// everything that it needs was written, synced, read back and compared. An error
// or a crash before harms no older one, and what it leaves the next backup
// removes.
func Take(ctx context.Context, db *sealed.DB, dir, folder string, note func(tx *sql.Tx) (Note, error), opt Options, progress Progress) (Written, error) {
	s := newStore(folder, opt)
	for {
		t := &taking{store: s, db: db, dir: dir, note: note, count: &counter{tell: progress}}
		t.know(db.Key())
		err := t.take(ctx)
		if errors.Is(err, errRekeyed) {
			continue
		}
		if err != nil {
			return Written{}, cmp.Or(ctx.Err(), doing("writing the backup", err)) // SQL has other words for the first
		}
		t.written.Bytes = s.written.Load()
		t.count.end()
		return t.written, nil
	}
}

// errRekeyed: the vault was given another key between a backup's beginning and
// the state that it holds.
var errRekeyed = errors.New("the vault was re-keyed")

type taking struct {
	*store
	db      *sealed.DB
	dir     string
	note    func(tx *sql.Tx) (Note, error)
	key     *sealed.Key // that everything is sealed to
	opens   *Set        // what is in the folder, with every key that there is
	count   *counter
	view    *view
	there   map[string]bool // attachments in the folder
	stale   map[string]bool // of those: sealed to a key of before
	base    *manifest       // the generation to build on; nil: there is none
	before  []byte          // sums of its pages
	said    Note
	status  sealed.Status
	sums    []byte
	made    *manifest
	written Written
}

// know takes the vault's key over, and those of before to read with.
func (t *taking) know(k *sealed.Key) {
	t.opens = &Set{store: t.store}
	t.opens.knowing(append([]*sealed.Key{k}, t.opt.identities()...)...)
	t.key = t.opens.keys[0]
}

func (t *taking) take(ctx context.Context) error {
	if err := t.store.make(); err != nil {
		return err
	}
	end, err := t.lock()
	if err != nil {
		return err
	}
	defer end()
	if err := t.prepare(ctx); err != nil {
		return err
	}
	if err := t.db.Snapshot(ctx, t.hear, func(image sealed.Image) error { return t.write(ctx, image) }); err != nil {
		return err
	}
	t.conclude()
	return nil
}

// prepare puts the folder in order and looks at what is there.
func (t *taking) prepare(ctx context.Context) (err error) {
	if t.view, err = t.opens.survey(ctx); err != nil {
		return err
	}
	if err := t.identify(t.db.Status().VaultID, t.view); err != nil {
		return err
	}
	t.sweep(t.view)
	if _, err := t.update(readmeFile, []byte(readme)); err != nil {
		return err
	}
	if t.written.Damage, err = t.copyKeys(t.dir, t.key.Name()); err != nil {
		return err
	}
	t.there, err = t.listAttachments()
	t.findBase()
	return err
}

// findBase finds the newest generation, if its packs and the sums of its pages
// are there and can be read; the new one can do without.
func (t *taking) findBase() {
	m := t.view.newest()
	if m == nil || m.Key != t.key.Name() {
		return
	}
	if whole, err := t.isWhole(m); !whole || err != nil {
		return
	}
	if sums, err := t.sumsOf(m); err == nil {
		t.base, t.before = m, sums
	}
}

// IsWhole reports whether every pack of a generation is there, with its size; what
// is in them it does not read. One that does not exist is not whole.
func (s *Set) IsWhole(ctx context.Context, name string) (bool, error) {
	m, err := s.find(ctx, name)
	if errors.Is(err, ErrNoGeneration) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	whole, err := s.store.isWhole(m)
	return whole, doing("reading the backup", err)
}

// isWhole reports whether every pack of a generation has its size.
func (s *store) isWhole(m *manifest) (bool, error) {
	for _, ref := range m.Packs {
		if there, err := s.isThere(ref); !there || err != nil {
			return false, err
		}
	}
	return true, nil
}

// hear asks the caller, in the state that is backed up.
func (t *taking) hear(tx *sql.Tx) (err error) {
	if t.said, err = t.note(tx); err != nil {
		return err
	}
	if t.said.Facts != nil && !json.Valid(t.said.Facts) {
		return errNotJSON
	}
	t.said.Attachments = slices.Compact(slices.Sorted(slices.Values(t.said.Attachments)))
	t.status = t.db.Status()
	return nil
}

// write makes the new generation.
func (t *taking) write(ctx context.Context, image sealed.Image) (err error) {
	if t.db.Key().Name() != t.key.Name() { // it stays what it is until the snapshot ends
		return errRekeyed
	}
	at := t.time()
	var whole string
	if t.sums, whole, err = imageSums(ctx, t.key, image); err != nil {
		return err
	}
	t.made = &manifest{Name: generationName(at), Vault: t.status.VaultID, Position: t.status.Position, Key: t.key.Name(),
		Facts: t.said.Facts, Size: image.Size(), Sum: whole, Retired: t.opt.retirements(t.key.Name()), at: at}
	changed := changedPages(t.before, t.sums)
	t.written.Changed = int64(len(changed)) * pageSize
	full := t.needsFull(at, image.Size(), int64(len(changed)))
	content := sealed.Image(&selection{image, changed})
	if full {
		content = image
	}
	if err := t.copyBlobs(ctx, content.Size()); err != nil {
		return err
	}
	if err := t.writePages(ctx, content, changed, full); err != nil {
		return err
	}
	t.made.key = t.key
	return t.name(t.made)
}

// time gives the time of the new generation: now, or the first moment after it
// that no other has. It is after all of those that are sealed to a key which was
// retired, whatever the clock says: the newest one's key is the vault's.
func (t *taking) time() time.Time {
	at := t.opt.Now().UTC().Truncate(time.Millisecond)
	for _, m := range t.view.manifests {
		if m.Key != t.key.Name() && !at.After(m.at) {
			at = m.at.Add(time.Millisecond)
		}
	}
	for taken := t.view.allTimes(); slices.ContainsFunc(taken, at.Equal); {
		at = at.Add(time.Millisecond)
	}
	return at
}

// needsFull decides for a full pack: where there is nothing to build on, or so
// much was written since the last one that it would soon cost less, or that one
// is too old for somebody who has nothing but age and sqlite3.
func (t *taking) needsFull(at time.Time, size, changed int64) bool {
	return t.base == nil || at.Before(t.base.at) || at.Sub(t.base.FullAt) >= t.opt.FullAfter ||
		t.base.Since+changed*pageSize > size/2
}

// copyBlobs copies the attachments that are not there yet. Pages is the size of
// the pack to come, for the progress: all is written, then read.
func (t *taking) copyBlobs(ctx context.Context, pages int64) error {
	blobs, missing, err := t.measure(ctx, t.dir, t.said.Attachments)
	if err != nil {
		return err
	}
	if err := t.findStale(ctx); err != nil {
		return err
	}
	t.made.Attachments = len(t.said.Attachments)
	var fresh []blob
	for _, b := range blobs {
		t.made.AttachmentBytes += b.size
		if !t.there[b.name] || t.stale[b.name] {
			fresh = append(fresh, b)
			t.written.Changed += b.size
			t.count.total += 2 * b.size
		}
	}
	t.count.total += 2 * pages
	copied, damage, err := t.copyAttachments(ctx, t.key, t.opens.beside(t.key), fresh, t.count)
	t.written.Attachments = copied
	t.written.Damage = slices.Concat(t.written.Damage, missing, damage)
	return err
}

// writePages writes the pack, if anything is to go in one, and the page map.
func (t *taking) writePages(ctx context.Context, content sealed.Image, changed []uint32, full bool) error {
	m := t.made
	var all []place
	if full {
		m.FullAt = m.at
		all = make([]place, pagesOf(m.Size))
		for i := range all {
			all[i].at = int32(i)
		}
	} else {
		m.FullAt, m.Since = t.base.FullAt, t.base.Since+content.Size()
		m.Packs = slices.Clone(t.base.Packs)
		all = slices.Grow(places(t.base.Pages), len(t.sums)/sumSize)[:len(t.sums)/sumSize]
		for i, page := range changed {
			all[page] = place{int32(len(m.Packs)), int32(i)}
		}
	}
	if content.Size() > 0 {
		ref, err := t.writePack(ctx, t.key, content, packName(m.at, full), t.count)
		if err != nil {
			return err
		}
		m.Packs = append(m.Packs, ref)
		sums := t.sums
		if !full {
			sums = selectSums(t.sums, changed)
		}
		if err := t.putSums(t.key, ref.Name, sums); err != nil {
			return err
		}
	}
	m.Packs = keepUsed(m.Packs, all)
	m.Pages = runsOf(all)
	return t.files.SyncDir(t.path(packs))
}

// name writes a manifest and gives it its name: the moment at which a generation
// is there.
func (s *store) name(m *manifest) error {
	content, err := m.seal(m.key)
	if err != nil {
		return err
	}
	if err := s.put(generationPath(m.Name), content); err != nil {
		return err
	}
	return s.files.SyncDir(s.path(generations))
}

// conclude removes the attachments that no generation has any more. The new one
// is safe by now, so that what fails here is left to the next backup.
func (t *taking) conclude() {
	t.written.Generation = t.made.generation()
	remaining := append(t.view.times(), t.made.at)
	if t.noteDropped(t.key, t.gone(remaining), remaining) == nil {
		t.sweepKeys(t.view, t.key.Name())
	}
}

// gone gives the attachments in the folder that the vault no longer refers to,
// each with a time before which every generation lies that may.
func (t *taking) gone(all []time.Time) dropped {
	before, err := t.readDropped(t.opens.keys)
	if err != nil {
		before = nil // noticed anew
	}
	since := t.made.at
	for _, at := range all {
		if at.After(since) {
			since = at.Add(time.Millisecond)
		}
	}
	gone := dropped{}
	for name := range t.there {
		if _, stays := slices.BinarySearch(t.said.Attachments, name); stays {
			continue
		}
		gone[name] = since
		if noted, known := before[name]; known {
			gone[name] = noted
		}
	}
	return gone
}
