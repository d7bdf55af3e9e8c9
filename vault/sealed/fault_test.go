package sealed

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// faultKinds are the ways in which an operation fails.
var faultKinds = []crash.Fault{
	{Err: syscall.EIO, Short: true},
	{Err: syscall.EIO, Done: true},
	{Err: syscall.EIO, Forever: true},
	{Err: syscall.ENOSPC, Short: true},
	{Err: syscall.ENOSPC, Short: true, Forever: true},
	{Err: syscall.EROFS, Forever: true},
}

// TestEveryOperationFails lets the k-th operation of a vault's life fail, for
// every k until a life meets no fault, and reopens the vault with a disk that
// works again. What was acknowledged must be there, and nothing must be
// acknowledged that is not.
func TestEveryOperationFails(t *testing.T) {
	root := filepath.Join(scratch(t), "life")
	for _, fault := range faultKinds {
		t.Run(fault.String(), func(t *testing.T) {
			lives := 0
			for fault.At = 1; ; lives++ {
				hit, err := lifeWithFault(root, fault)
				if err != nil {
					t.Fatalf("%v: %v", fault, err)
				}
				if hit == 0 {
					break
				}
				fault.At = hit + 1
			}
			t.Logf("%d faults", lives)
			if lives < 20 {
				t.Error("hardly anything failed")
			}
		})
	}
}

func lifeWithFault(root string, fault crash.Fault) (hit int, err error) {
	if err := os.Mkdir(root, 0o700); err != nil {
		return 0, err
	}
	defer os.RemoveAll(root)
	rec, err := crash.Record(fastFiles{disk.OS()}, root)
	if err != nil {
		return 0, err
	}
	l := newLedger(rec)
	opt := quick()
	opt.Files = rec
	opt.CheckpointRecords = 6
	rec.Fail(fault)
	dir := filepath.Join(root, "vault")
	failed := l.live(dir, opt)
	if hit = rec.Heal(); hit == 0 {
		return 0, failed
	}
	if err := readable(failed); err != nil {
		return hit, err
	}
	// The disk works again: what was promised is there, on this machine and
	// after a power loss that takes what the last syncs did not cover.
	if err := l.survives(dir, quick(), rec.Len(), hit%4 == 0); err != nil {
		return hit, fmt.Errorf("the life ended with %q; then: %w", failed, err)
	}
	return hit, l.survivesPowerLoss(root)
}

// readable checks that an error is made for a person: one of the package's, or
// none at all where the fault could be borne.
func readable(err error) error {
	var full, damaged, readOnly = errors.Is(err, ErrDiskFull), errors.Is(err, ErrDamaged), errors.Is(err, ErrReadOnly)
	var failed *DiskError
	if err == nil || full || damaged || readOnly || errors.As(err, &failed) {
		return nil
	}
	return fmt.Errorf("not fit to be shown: %w", err)
}

func (l *ledger) survivesPowerLoss(root string) error {
	last := l.rec.Len()
	return l.rec.EachPrefix(last, func(n int, d *crash.Disk) error {
		for i, p := range crash.Classes()[:2] {
			dir := fmt.Sprintf("%s-%d", root, i)
			if err := d.Crash(p.Policy).Write(dir); err != nil {
				return err
			}
			defer os.RemoveAll(dir)
			if err := l.survives(filepath.Join(dir, "vault"), quick(), n, false); err != nil {
				return fmt.Errorf("after a power loss, %s: %w", p.Name, err)
			}
		}
		return nil
	})
}

// TestRecoveryFails crashes lives at many moments and lets the k-th operation of
// opening what is left fail, for every k; then the vault is opened again.
func TestRecoveryFails(t *testing.T) {
	opt := quick()
	opt.CheckpointRecords = 6
	l := recorded(t, opt)
	random := rand.New(rand.NewPCG(3, 4))
	root := filepath.Join(scratch(t), "crashed")
	recoveries := 0
	err := l.rec.EachPrefix(l.create, func(n int, d *crash.Disk) error {
		if n%30 != 0 {
			return nil
		}
		image := d.Crash(crash.Shuffled(random).Policy)
		for _, fault := range faultKinds {
			for fault.At = 1; fault.At > 0; recoveries++ {
				hit, err := l.recoverWithFault(root, image, n, fault)
				if err != nil {
					return fmt.Errorf("after %d operations, recovery %v: %w", n, fault, err)
				}
				if hit == 0 {
					break
				}
				fault.At = hit + 1
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d recoveries", recoveries)
}

func (l *ledger) recoverWithFault(root string, image crash.Image, n int, fault crash.Fault) (hit int, err error) {
	defer os.RemoveAll(root)
	if err := image.Write(root); err != nil {
		return 0, err
	}
	rec, err := crash.Record(fastFiles{disk.OS()}, root)
	if err != nil {
		return 0, err
	}
	opt := quick()
	opt.Files = rec
	rec.Fail(fault)
	dir := filepath.Join(root, "vault")
	db, failed := Open(dir, passphrase, opt)
	if err := readable(failed); err != nil {
		return 0, err
	}
	if failed == nil {
		if err := l.holdsReadOnly(db, n); err != nil {
			return 0, err
		}
		if err := readable(db.Close()); err != nil {
			return 0, err
		}
	}
	hit = rec.Heal()
	return hit, l.survives(dir, quick(), n, false)
}

// holdsReadOnly is holds for a vault that may have become read-only.
func (l *ledger) holdsReadOnly(db *DB, n int) error {
	got, err := sound(db)
	if least, most := l.bounds(n); err == nil && (got < least || got > most) {
		return fmt.Errorf("%d entries, which should be %d to %d", got, least, most)
	}
	return err
}
