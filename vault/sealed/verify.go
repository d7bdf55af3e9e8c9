package sealed

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"

	"filippo.io/age"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/parallel"
)

// Report is what [Verify] found.
type Report struct {
	VaultID        VaultID
	Position       Position
	Size           int64 // of the database, in bytes
	JournalRecords int   // commits that are not in the base yet
	TornTail       int64 // bytes of an unfinished commit, which opening will drop: no damage
	Blobs          int   // attachments looked at
	BlobBytes      int64 // of those that are whole, decrypted
	Problems       []*DamagedError
}

// Verify reads everything in a vault that is not open: that the base, the
// journal and every attachment decrypt and are as this vault's key wrote them,
// and that SQLite finds the database whole. It goes on past damage, and changes
// nothing but the lock. An error means that the vault could not be looked at,
// such as [ErrPassphrase] or [ErrInUse]; damage is in the report.
func Verify(ctx context.Context, dir, passphrase string, opt Options) (Report, error) {
	return VerifyWith(ctx, dir, Secret{Passphrase: passphrase}, opt)
}

// VerifyWith is [Verify] with a passphrase or the identities of a holder.
func VerifyWith(ctx context.Context, dir string, s Secret, opt Options) (Report, error) {
	v := &verifier{DB: newDB(dir, opt)}
	if err := v.isVault(); err != nil {
		return Report{}, err
	}
	lock, err := takeLock(v.files, dir, v.opt.Now())
	if err != nil {
		return Report{}, err
	}
	v.lock = lock
	err = v.verify(ctx, s)
	if closing := v.release(); err == nil {
		err = closing
	}
	return v.report, err
}

type verifier struct {
	*DB
	base   baseID // that Salvage found
	report Report
}

func (v *verifier) verify(ctx context.Context, s Secret) (err error) {
	if err := v.unlock(s); err != nil {
		return v.note(err)
	}
	if v.pages, err = newPages(); err != nil {
		return err
	}
	whole, err := v.records()
	if err != nil {
		return err
	}
	if whole {
		if err := v.database(ctx); err != nil {
			return err
		}
	}
	return v.blobs(ctx)
}

// note puts damage into the report. Any other error ends the verification.
func (v *verifier) note(err error) error {
	var damage *DamagedError
	if errors.As(err, &damage) {
		v.report.Problems = append(v.report.Problems, damage)
		return nil
	}
	return reading(err)
}

// records checks the base and its journal, and reports whether the database
// could be brought to its last commit.
func (v *verifier) records() (whole bool, err error) {
	base, err := openBase(v.files, v.dir, v.ring)
	if err != nil {
		return false, v.note(err)
	}
	defer base.file.Close()
	v.settle(base.keys)
	for _, err := range base.load(v.pages, mostDamage) {
		if err := v.note(err); err != nil {
			return false, err
		}
	}
	whole = v.report.Problems == nil
	h, err := v.history(base.id)
	if h == nil || err != nil {
		return false, err
	}
	defer h.wipe()
	if !whole || v.report.Problems != nil {
		return false, nil
	}
	if err := inFile(replay(h, v.pages), journalName(base.id)); err != nil {
		return false, v.note(err)
	}
	v.report.Size = v.pages.size
	return true, nil
}

// history checks the journal. It is nil where nothing of it could be read.
func (v *verifier) history(base baseID) (*history, error) {
	raw, err := readJournal(v.files, v.dir, base)
	if err != nil {
		return nil, v.note(err)
	}
	h, err := readHistory(raw, v.keys, base)
	if err != nil {
		if err := v.note(inFile(err, journalName(base))); err != nil {
			return nil, err
		}
	}
	if h == nil || h.start == nil {
		return nil, nil
	}
	v.report.VaultID = h.opening.vault
	v.report.Position = Position{Generation: h.opening.generation, Sequence: h.sequence}
	v.report.JournalRecords, v.report.TornTail = len(h.commits), h.torn
	return h, nil
}

// database asks SQLite.
func (v *verifier) database(ctx context.Context) error {
	v.readOnly = &ReadOnlyError{Cause: errors.New("it is being verified")}
	if err := v.connect(); err != nil {
		return err
	}
	rows, err := v.readers.QueryContext(ctx, "PRAGMA integrity_check(100)")
	if err != nil {
		return v.unsound(ctx, err)
	}
	defer rows.Close()
	for rows.Next() {
		var found string
		if err := rows.Scan(&found); err != nil {
			return err
		}
		if found != "ok" {
			v.report.Problems = append(v.report.Problems, &DamagedError{File: baseFile, Offset: -1, Reason: "SQLite: " + found})
		}
	}
	return v.unsound(ctx, rows.Err())
}

// unsound takes a database that SQLite cannot even check for damage.
func (v *verifier) unsound(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	return v.note(&DamagedError{File: baseFile, Offset: -1, Reason: "SQLite: " + err.Error(), Cause: err})
}

// blobs decrypts every attachment, on all cores.
func (v *verifier) blobs(ctx context.Context) error {
	names, err := listBlobs(v.files, v.dir)
	if err != nil {
		return v.note(err)
	}
	var mu sync.Mutex
	failed := parallel.Each(ctx, int64(len(names)), 1, func(i, _ int64) error {
		n, err := checkBlob(ctx, v.files, v.dir, names[i], v.identities())
		mu.Lock()
		defer mu.Unlock()
		v.report.Blobs++
		v.report.BlobBytes += n
		return v.note(err)
	})
	slices.SortStableFunc(v.report.Problems, func(a, b *DamagedError) int {
		return strings.Compare(a.File, b.File)
	})
	return failed
}

// checkBlob decrypts an attachment and gives its size, if it is whole.
func checkBlob(ctx context.Context, files disk.Files, dir, name string, ids []age.Identity) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	r, err := openBlob(files, dir, name, ids)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	buf := make([]byte, min(chunkSpan, r.Size()+1))
	defer wipe(buf)
	return io.CopyBuffer(struct{ io.Writer }{io.Discard}, source{ctx, r}, buf)
}
