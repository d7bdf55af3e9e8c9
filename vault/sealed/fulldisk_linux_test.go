package sealed

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// bulk is a text that takes some tens of pages of the disk.
const bulk = 100 << 10

// fillings are what a disk can get full under, and what must be there then: the
// number of entries once it went through, and the passphrase.
var fillings = []struct {
	what       string
	entries    int
	passphrase string
	do         func(db *DB) error
}{
	{"an entry", fullEntries, passphrase, func(db *DB) error {
		return db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.Exec("CREATE TABLE bulk AS SELECT randomblob(?) AS b", bulk)
			return err
		})
	}},
	{"an attachment", fullEntries, passphrase, func(db *DB) error {
		_, err := db.PutBlob(ctx, strings.NewReader(strings.Repeat("picture ", bulk/8)))
		return err
	}},
	{"a checkpoint", fullEntries, passphrase, func(db *DB) error { return db.Checkpoint(ctx) }},
	{"closing", fullEntries, passphrase, func(db *DB) error { return db.Close() }},
	{"a commit, then another", fullEntries + 2, passphrase, func(db *DB) error {
		for n := fullEntries + 1; n <= fullEntries+2; n++ {
			if err := insert(db, n); err != nil {
				return err
			}
		}
		return nil
	}},
	{"a change of the passphrase", fullEntries, "another one", func(db *DB) error { return db.ChangePassphrase(ctx, "another one") }},
}

const fullEntries = 150

// TestReallyFullDisk does each of these on a disk with every number of free
// pages until it goes through. Until then the error says that the disk is full,
// and what was there before is there, whatever else still fits.
func TestReallyFullDisk(t *testing.T) {
	dir := newVault(t, fullEntries-5, quick())
	db := reopen(t, dir, quick())
	for n := fullEntries - 4; n <= fullEntries; n++ {
		if err := insert(db, n); err != nil {
			t.Fatal(err)
		}
	}
	crashed(t, db)
	journaled, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	step := int64(crash.Scale(8, 1)) * crash.Page
	crash.OnSmallDisk(t, func(d *crash.SmallDisk) {
		for _, f := range fillings {
			states := d.Fill(t, step, func(free int64) (bool, error) {
				done, err := fullUnder(d, journaled, free, f.entries, f.passphrase, f.do)
				if err != nil {
					err = fmt.Errorf("%s: %w", f.what, err)
				}
				return done, err
			})
			crash.Tally(t, "a full disk", states)
		}
		crash.Tally(t, "a full disk", fullAtOpening(t, d, journaled, step))
	})
}

// fullUnder opens the vault, leaves some room, does one thing, and looks at what
// is there then, with the disk still full and with room again.
func fullUnder(d *crash.SmallDisk, im crash.Image, free int64, entries int, secret string, do func(*DB) error) (done bool, err error) {
	if err := d.Begin(crash.Image{}); err != nil {
		return false, err
	}
	dir := d.Path("vault")
	if err := im.Write(dir); err != nil {
		return false, err
	}
	opt := quick()
	opt.CheckpointRecords = 1 << 20
	db, err := open(dir, Secret{Passphrase: passphrase}, opt) // without the checkpoint that follows a crash
	if err != nil {
		return false, err
	}
	if err := d.Leave(free); err != nil {
		return false, err
	}
	failed := do(db)
	if err := saysFull(failed); err != nil {
		return false, err
	}
	if err := saysFull(db.Close()); err != nil && !errors.Is(err, ErrClosed) {
		return false, err
	}
	if failed != nil {
		secret = passphrase
	}
	there := func() error { return fullHolds(dir, secret, entries, failed == nil) }
	if err := there(); err != nil {
		return false, fmt.Errorf("while the disk is full, after %v: %w", failed, err)
	}
	if err := errors.Join(d.Leave(64<<20), there()); err != nil {
		return false, fmt.Errorf("with room again, after %v: %w", failed, err)
	}
	return failed == nil, nil
}

// saysFull checks that an error, if any, says what a person must do.
func saysFull(err error) error {
	var readOnly *ReadOnlyError
	switch {
	case err == nil, errors.Is(err, ErrDiskFull) && err.Error() == ErrDiskFull.Error():
		return nil
	case errors.As(err, &readOnly) && disk.IsFull(readOnly.Cause) && strings.HasPrefix(err.Error(), "the disk is full"):
		return nil
	}
	return fmt.Errorf("not a sentence about a full disk: %w", err)
}

// fullHolds checks that a vault is whole, with all of what went through.
func fullHolds(dir, secret string, entries int, through bool) error {
	opt := quick()
	report, err := Verify(ctx, dir, secret, opt)
	if err != nil || len(report.Problems) > 0 {
		return errors.Join(err, fmt.Errorf("verify found %v", report.Problems))
	}
	db, err := Open(dir, secret, opt)
	if err != nil {
		return err
	}
	defer db.Close()
	n, err := sound(db)
	if err == nil && (n > entries || n < fullEntries || through && n != entries) {
		err = fmt.Errorf("%d entries", n)
	}
	return err
}

// fullAtOpening opens a vault after a crash on a full disk, which must let its
// owner read, and makes one, which must leave nothing or a vault.
func fullAtOpening(t *testing.T, d *crash.SmallDisk, im crash.Image, step int64) (states int) {
	states = d.Fill(t, step, func(free int64) (bool, error) {
		dir := d.Path("vault")
		if err := errors.Join(d.Begin(crash.Image{}), im.Write(dir), d.Leave(free)); err != nil {
			return false, err
		}
		db, err := Open(dir, passphrase, quick())
		if err != nil {
			return false, fmt.Errorf("it cannot even be read: %w", err)
		}
		defer db.Close()
		s := db.Status()
		n, err := sound(db)
		if err := errors.Join(err, saysFull(s.ReadOnly), saysFull(s.Checkpoint)); err != nil || n != fullEntries {
			return false, errors.Join(err, fmt.Errorf("%d entries", n))
		}
		return s.ReadOnly == nil && s.Checkpoint == nil, nil
	})
	return states + d.Fill(t, step, func(free int64) (bool, error) {
		dir := d.Path("new")
		if err := errors.Join(d.Begin(crash.Image{}), d.Leave(free)); err != nil {
			return false, err
		}
		db, failed := Create(dir, passphrase, quick())
		if failed == nil {
			failed = db.Close()
		}
		if err := saysFull(failed); err != nil {
			return false, err
		}
		if err := d.Leave(64 << 20); err != nil {
			return false, err
		}
		if failed != nil {
			db, err := Create(dir, passphrase, quick())
			if err != nil {
				return false, fmt.Errorf("making it once there is room: %w", err)
			}
			return false, db.Close()
		}
		return true, nil
	})
}
