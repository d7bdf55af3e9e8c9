package sealed

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"syscall"
	"testing"

	"casekeep/vault/sealed/disk/crash"
	"casekeep/vault/sealed/parallel"
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
// acknowledged that is not. Opening it then meets the same fault at every
// operation; after some lives alone, but in a full run.
func TestEveryOperationFails(t *testing.T) {
	var lives, recovered atomic.Int64
	err := parallel.Each(ctx, int64(len(faultKinds)), 1, func(i, _ int64) error {
		n, more, err := livesWithFault(faultKinds[i])
		lives.Add(int64(n))
		recovered.Add(int64(more))
		if err == nil && n < 20 {
			err = fmt.Errorf("%v: hardly anything failed", faultKinds[i])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	crash.Tally(t, "a failing operation", int(lives.Load()))
	crash.Tally(t, "an operation that fails in recovery", int(recovered.Load()))
}

// livesWithFault gives how many lives met the fault, and how many recoveries from
// it did.
func livesWithFault(fault crash.Fault) (lives, recovered int, err error) {
	for fault.At = 1; ; lives++ {
		l, hit, err := lifeWithFault(fault)
		if err != nil {
			return lives, recovered, fmt.Errorf("%v: %w", fault, err)
		}
		if hit == 0 {
			return lives, recovered, nil
		}
		if l.create <= l.rec.Len() && (crash.Full() || hit%16 == 0) {
			n, err := l.recoveries(l.left, l.rec.Len(), fault)
			if err != nil {
				return lives, recovered, fmt.Errorf("%v: %w", fault, err)
			}
			recovered += n
		}
		fault.At = hit + 1
	}
}

// lifeWithFault lives on a disk in memory and checks what is left of it.
func lifeWithFault(fault crash.Fault) (l *ledger, hit int, err error) {
	files := crash.NewMemory(crash.Image{}, memoryDisk)
	rec := crash.RecordMemory(files)
	l = newLedger(rec)
	opt := quick()
	opt.Files = rec
	opt.CheckpointRecords = 6
	rec.Fail(fault)
	failed := l.live(memoryVault, opt)
	if hit = rec.Heal(); hit == 0 {
		return l, 0, failed
	}
	if err := readable(failed); err != nil {
		return l, hit, err
	}
	// The disk works again: what was promised is there, on this machine and
	// after a power loss that takes what the last syncs did not cover.
	l.left = files.Image()
	if err := l.survivesIn(l.left, rec.Len(), hit%4 == 0); err != nil {
		return l, hit, fmt.Errorf("the life ended with %q; then: %w", failed, err)
	}
	return l, hit, l.survivesPowerLoss()
}

const (
	memoryDisk  = "/disk"
	memoryVault = memoryDisk + "/vault"
)

// survivesIn is survives for an image, in memory.
func (l *ledger) survivesIn(im crash.Image, n int, thorough bool) error {
	opt := quick()
	opt.Files = crash.NewMemory(im, memoryDisk)
	return l.survives(memoryVault, opt, n, thorough)
}

// readable checks that an error is made for a person: one of the package's, or
// none at all where the fault could be borne.
func readable(err error) error {
	var full, damaged, readOnly = errors.Is(err, ErrDiskFull), errors.Is(err, ErrDamaged), errors.Is(err, ErrReadOnly)
	var failed *DiskError
	var doubt *InDoubtError
	if err == nil || full || damaged || readOnly || errors.As(err, &failed) || errors.As(err, &doubt) {
		return nil
	}
	return fmt.Errorf("not fit to be shown: %w", err)
}

func (l *ledger) survivesPowerLoss() error {
	last := l.rec.Len()
	return l.rec.EachPrefix(last, func(n int, d *crash.Disk) error {
		for _, p := range crash.Classes()[:2] {
			if err := l.survivesIn(d.Crash(p.Policy), n, false); err != nil {
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
	every := crash.Scale(30, 1)
	var images []crash.Image
	var at []int
	err := l.rec.EachPrefix(l.create, func(n int, d *crash.Disk) error {
		if n%every == 0 {
			images, at = append(images, d.Crash(crash.Shuffled(random).Policy)), append(at, n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var recoveries atomic.Int64
	err = parallel.Each(ctx, int64(len(images)*len(faultKinds)), 1, func(i, _ int64) error {
		which := int(i) / len(faultKinds)
		n, err := l.recoveries(images[which], at[which], faultKinds[int(i)%len(faultKinds)])
		recoveries.Add(int64(n))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	crash.Tally(t, "an operation that fails in recovery", int(recoveries.Load()))
}

// recoveries lets each operation of opening what a crash after n operations left
// fail, and gives how many there were.
func (l *ledger) recoveries(image crash.Image, n int, fault crash.Fault) (tried int, err error) {
	for fault.At = 1; ; tried++ {
		hit, err := l.recoverWithFault(image, n, fault)
		if err != nil {
			return tried, fmt.Errorf("after %d operations, recovery %v: %w", n, fault, err)
		}
		if hit == 0 {
			return tried, nil
		}
		fault.At = hit + 1
	}
}

func (l *ledger) recoverWithFault(image crash.Image, n int, fault crash.Fault) (hit int, err error) {
	files := crash.NewMemory(image, memoryDisk)
	rec := crash.RecordMemory(files)
	opt := quick()
	opt.Files = rec
	rec.Fail(fault)
	db, failed := Open(memoryVault, passphrase, opt)
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
	return hit, l.survivesIn(files.Image(), n, false)
}

// holdsReadOnly is holds for a vault that may have become read-only.
func (l *ledger) holdsReadOnly(db *DB, n int) error {
	got, err := sound(db)
	if least, most := l.bounds(n); err == nil && (got < least || got > most) {
		return fmt.Errorf("%d entries, which should be %d to %d", got, least, most)
	}
	return err
}
