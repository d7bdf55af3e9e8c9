package sealed

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"casekeep/vault/sealed/disk/crash"
	"casekeep/vault/sealed/parallel"
)

// TestKeysEveryOperationFails lets the k-th operation of a life of keys fail, for
// every k until a life meets no fault. With a disk that works again whoever was a
// holder opens the vault, and what was begun is finished; and so where the same
// fault comes again at any operation of opening it and finishing that.
func TestKeysEveryOperationFails(t *testing.T) {
	var lives, recovered atomic.Int64
	err := parallel.Each(ctx, int64(len(faultKinds)), 1, func(i, _ int64) error {
		fault := faultKinds[i]
		fault.At = 1
		for n := 1; ; n++ {
			l, left, hit, err := keyLifeWithFault(fault)
			if err != nil {
				return fmt.Errorf("%v: %w", fault, err)
			}
			if hit == 0 {
				return nil
			}
			lives.Add(1)
			if l.create <= l.rec.Len() && (n+int(i))%keysRecovered() == 0 {
				tried, err := l.recoveries(left, fault)
				if err != nil {
					return fmt.Errorf("%v: %w", fault, err)
				}
				recovered.Add(int64(tried))
			}
			fault.At = hit + crash.Scale(12, 1)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	crash.Tally(t, "a failing operation while keys change", int(lives.Load()))
	crash.Tally(t, "an operation that fails in finishing it", int(recovered.Load()))
	if recovered.Load() == 0 {
		t.Error("nothing failed in finishing it")
	}
}

// keysRecovered is of how many lives one is recovered from, with a fault at each
// operation of that: some hundred each, all of which are looked at whole.
func keysRecovered() int { return crash.Scale(60, 90) }

func keyLifeWithFault(fault crash.Fault) (l *keyLedger, left crash.Image, hit int, err error) {
	files := crash.NewMemory(crash.Image{}, memoryDisk)
	rec := crash.RecordMemory(files)
	l = newKeyLedger(rec, quick())
	rec.Fail(fault)
	failed := l.live()
	if hit = rec.Heal(); hit == 0 {
		return l, left, 0, failed
	}
	if err := readable(failed); err != nil {
		return l, left, hit, err
	}
	left = files.Image()
	if err := l.survives(left, rec.Len(), true); err != nil {
		return l, left, hit, fmt.Errorf("the life ended with %q; then: %w", failed, err)
	}
	return l, left, hit, rec.EachPrefix(rec.Len(), func(n int, d *crash.Disk) error {
		for _, p := range crash.Classes()[:2] {
			if err := l.survives(d.Crash(p.Policy), n, false); err != nil {
				return fmt.Errorf("the life ended with %q; then a power loss, %s: %w", failed, p.Name, err)
			}
		}
		return nil
	})
}

// recoveries opens what is left in one way after the other, and finishes what was
// begun, while each operation of that fails.
func (l *keyLedger) recoveries(left crash.Image, fault crash.Fault) (tried int, err error) {
	for _, w := range l.open() {
		for fault.At = 1; ; tried++ {
			hit, err := l.recoverWith(w, left, fault)
			if err != nil {
				return tried, fmt.Errorf("recovery by %s, %v: %w", w.name, fault, err)
			}
			if hit == 0 {
				break
			}
			fault.At = hit + 1
		}
	}
	return tried, nil
}

// open gives the ways that must open what is left. To finish is to revoke whom the
// last call left out, though that call may not have come to anything: from then on
// it is open whether their keys still do.
func (l *keyLedger) open() (ways []*way) {
	n := l.rec.Len()
	for _, w := range l.ways {
		if n < w.must || n > w.doubtful {
			continue
		}
		ways = append(ways, w)
		if _, stays := l.holders[w.name]; !stays && w.secret.Passphrase == "" {
			w.doubtful = n - 1
		}
	}
	return ways
}

func (l *keyLedger) recoverWith(w *way, left crash.Image, fault crash.Fault) (hit int, err error) {
	files := crash.NewMemory(left, memoryDisk)
	rec := crash.RecordMemory(files)
	present, err := l.presentPassphrase(quickOn(files))
	if err != nil {
		return 0, err
	}
	rec.Fail(fault)
	db, failed := OpenWith(memoryVault, w.secret, quickOn(rec))
	if failed == nil {
		failed = db.Rekey(ctx, present, l.holders, nil)
		failed = errors.Join(failed, db.Close())
	}
	hit = rec.Heal()
	if err := readable(failed); err != nil {
		return hit, err
	}
	if failed == nil {
		// Finished: with the holders of the last call, whoever they were before.
		return hit, l.finishes(files.Image(), l.rec.Len())
	}
	return hit, l.survives(files.Image(), l.rec.Len(), true)
}
