package sealed

import (
	"context"
	"errors"
	"io"
	"math"
	"path/filepath"

	"filippo.io/age"
)

// Salvage gives what there is of a vault that may not open: what decrypts of
// its base, with zeros for the rest, and on it every record of the journal that
// is whole and in its order, up to the first damage. The image is SQLite's to
// make sense of; it is nil where nothing at all could be decrypted.
//
// damage lists what is not as it was written, empty for a vault that is whole.
// Attachments are not looked at. Nothing in the folder changes but the lock. An
// error means that nothing could be looked at, as for [Verify].
func Salvage(ctx context.Context, dir string, s Secret, opt Options) (k *Key, image *Salvaged, damage []*DamagedError, err error) {
	v := &verifier{DB: newDB(dir, opt)}
	if err := v.isVault(); err != nil {
		return nil, nil, nil, err
	}
	if v.lock, err = takeLock(v.files, dir, v.opt.Now()); err != nil {
		return nil, nil, nil, err
	}
	defer v.lock.Close()
	if err := v.unlock(s); err != nil {
		return nil, nil, nil, reading(err)
	}
	defer v.wipeKeys()
	p, err := v.salvage(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	if p != nil {
		image = &Salvaged{VaultID: v.report.VaultID, Position: v.report.Position, frozen: frozen{p, &snapshot{size: p.size}}}
	}
	return v.key, image, v.report.Problems, nil
}

// Salvaged is what [Salvage] has saved, as an [Image].
type Salvaged struct {
	VaultID  VaultID  // zeros where the journal is lost
	Position Position // of the last record that was replayed; zero likewise
	frozen   frozen
}

// Size gives the database's size in bytes.
func (s *Salvaged) Size() int64 { return s.frozen.Size() }

// ReadAt reads the database.
func (s *Salvaged) ReadAt(b []byte, at int64) (int, error) { return s.frozen.ReadAt(b, at) }

// Close wipes the database from memory. It cannot be read after that.
func (s *Salvaged) Close() error { return s.frozen.pages.release() }

func (v *verifier) salvage(ctx context.Context) (_ *pages, err error) {
	p, err := newPages()
	if err != nil {
		return nil, err
	}
	found, err := v.salvageBase(ctx, p)
	if err == nil && found {
		err = v.salvageJournal(p)
	}
	if err != nil || !found {
		return nil, errors.Join(err, p.release())
	}
	return p, nil
}

// salvageBase fills p with what decrypts of the base, and remembers the base's
// id. Found is false where nothing does.
func (v *verifier) salvageBase(ctx context.Context, p *pages) (found bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	base, err := openBase(v.files, v.dir, v.ring)
	if err != nil {
		v.take(err)
		return v.salvageStart(p)
	}
	defer base.file.Close()
	v.settle(base.keys)
	for _, err := range base.load(p, math.MaxInt) {
		v.take(err)
	}
	p.resize(base.size)
	p.was = base.size
	v.base = base.id
	return true, nil
}

// take puts damage into the report, to which counts here what the disk cannot
// read.
func (v *verifier) take(err error) {
	if v.note(err) != nil {
		v.report.Problems = append(v.report.Problems, &DamagedError{File: baseFile, Offset: -1, Reason: err.Error(), Cause: err})
	}
}

// salvageStart reads a base whose end is lost, as far as it goes. What its
// length was its journal tells, and so whether that belongs to it: the base's id
// is of its header and its length.
func (v *verifier) salvageStart(p *pages) (found bool, err error) {
	file, err := v.files.Open(v.path(baseFile))
	if err != nil {
		return false, nil // noted before
	}
	defer file.Close()
	size, err := file.Size()
	if err != nil {
		return false, reading(err)
	}
	header, err := age.ExtractHeader(io.NewSectionReader(file, 0, size))
	if err != nil {
		return false, nil
	}
	plain := v.startOf(file, size)
	if plain == nil {
		return false, nil
	}
	if err := p.region.grow(size); err != nil {
		return false, err
	}
	n, _ := io.ReadFull(plain, p.region.mem[:size]) // how far it goes is what counts
	p.resize(int64(n))
	head := make([]byte, len(header)+ageNonce)
	if _, err := file.ReadAt(head, 0); err != nil {
		return false, nil
	}
	for _, h := range v.journals() {
		if id := idOf(head, sealedSize(len(head), h.start.size)); id == h.start.base {
			v.base, n = id, max(n, int(h.start.size))
		}
		h.wipe()
	}
	if err := p.region.grow(int64(n)); err != nil {
		return false, err
	}
	p.resize(int64(n))
	return n > 0, nil
}

// startOf decrypts a base from its start on, with whichever key it is sealed to;
// nil: none.
func (v *verifier) startOf(file io.ReaderAt, size int64) io.Reader {
	for _, k := range v.ring {
		if plain, err := age.Decrypt(io.NewSectionReader(file, 0, size), k.identity); err == nil {
			v.settle(k)
			return plain
		}
	}
	return nil
}

// journals reads every journal of the folder, each for the base that it names.
func (v *verifier) journals() (found []*history) {
	names, err := v.files.List(v.dir)
	if err != nil {
		return nil
	}
	for _, name := range names {
		if !journalPattern.MatchString(name) {
			continue
		}
		raw, err := readSmall(v.files, filepath.Join(v.dir, name), maxJournal)
		if err != nil {
			continue
		}
		if base, ok := v.baseOf(raw); ok {
			if h, _ := readHistory(raw, v.keys, base); h != nil && h.start != nil {
				found = append(found, h)
			}
		}
	}
	return found
}

// baseOf gives the base that a journal's first record names.
func (v *verifier) baseOf(raw []byte) (base baseID, ok bool) {
	frames, _, _ := splitFrames(raw)
	if len(frames) == 0 {
		return base, false
	}
	plain, err := v.keys.open(frames[0].sealed)
	if err != nil {
		return base, false
	}
	r, _, err := parseRecord(plain, v.keys.mac)
	if err != nil {
		return base, false
	}
	return r.base, true
}

// salvageJournal replays what there is of the journal.
func (v *verifier) salvageJournal(p *pages) error {
	h, err := v.history(v.base)
	if h == nil || err != nil {
		return err
	}
	defer h.wipe()
	return v.note(inFile(replay(h, p), journalName(v.base)))
}
