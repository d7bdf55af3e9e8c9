package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// A power loss at any moment leaves a whole vault, in which the rest is taken
// back.
func TestTakingBackPowerLoss(t *testing.T) {
	c := newCut(t)
	ctx := context.Background()
	powerLosses(t, "an import taken back", c.dir, func(dir string, files disk.Files) (*house, error) { return c.still(t, dir, files) },
		func(h *house) error {
			return h.TakenBack(ctx)
		},
		func(dir string) (bool, error) {
			h, err := c.still(t, dir, fastFiles{disk.OS()})
			if err != nil {
				return false, err
			}
			defer h.Close()
			check, err := h.Verify(ctx, nil)
			if err != nil || len(check.Problems) > 0 {
				return false, fmt.Errorf("not whole: %q, %v", check.Problems, err)
			}
			done := h.CutOff() == 0
			return done, errors.Join(h.TakenBack(ctx), c.clean(h))
		})
}

// Whatever fails, the vault stays whole, and once the disk works again all of it
// is taken back: when somebody waits for it, or after the next unlock.
func TestTakingBackOnAFailingDisk(t *testing.T) {
	c := newCut(t)
	root := scratch(t)
	for _, fault := range []crash.Fault{{Err: syscall.EIO, Short: true}, {Err: syscall.ENOSPC, Short: true, Forever: true}} {
		faults, waited := 0, 0
		for fault.At = 1; ; faults++ {
			dir := filepath.Join(root, "w", "v")
			if err := os.CopyFS(dir, os.DirFS(c.dir)); err != nil {
				t.Fatal(err)
			}
			hit, waits, err := c.backWith(t, dir, fault)
			if err := errors.Join(err, os.RemoveAll(filepath.Dir(dir))); err != nil {
				t.Fatalf("%s: %v", fault, err)
			}
			if hit == 0 {
				break
			}
			if waits {
				waited++
			}
			fault.At = hit + 1
		}
		crash.Tally(t, "an import taken back", faults)
		if faults < 4 || waited == 0 {
			t.Errorf("%d operations failed, and %d times it waited", faults, waited)
		}
	}
}

// backWith has a disk fail while an import is taken back, and reports at which
// operation, and whether what is left waits for the next unlock.
func (c *cutVault) backWith(t testing.TB, dir string, fault crash.Fault) (hit int, waits bool, err error) {
	ctx := context.Background()
	rec, err := crash.Record(fastFiles{disk.OS()}, filepath.Dir(dir))
	if err != nil {
		return 0, false, err
	}
	h, err := c.still(t, dir, rec)
	if err != nil {
		return 0, false, err
	}
	before := rec.Count()
	rec.Fail(fault)
	h.takeBackBeside()
	_ = h.back.wait(ctx)
	waits = h.CutOff() > 0
	if hit = rec.Heal(); hit > 0 {
		hit -= before
	}
	if err := h.TakenBack(ctx); err != nil || h.CutOff() > 0 && h.Status().ReadOnly == nil {
		return hit, waits, fmt.Errorf("once the disk works again: %v, %d left", err, h.CutOff())
	}
	if check, err := h.Verify(ctx, nil); err != nil || len(check.Problems) > 0 {
		return hit, waits, fmt.Errorf("on the failing disk: %q, %v", check.Problems, err)
	}
	_ = h.Close() // a vault whose disk failed is closed as it stands
	if h, err = c.open(t, dir, fastFiles{disk.OS()}); err != nil {
		return hit, waits, err
	}
	return hit, waits, errors.Join(h.TakenBack(ctx), c.gone(h), h.Close())
}

// In a vault that nothing can be written in, what the import had filed stays,
// and nobody waits for it.
func TestNothingIsTakenBackInAReadOnlyVault(t *testing.T) {
	c := newCut(t)
	ctx := context.Background()
	rec, err := crash.Record(fastFiles{disk.OS()}, filepath.Dir(c.dir))
	if err != nil {
		t.Fatal(err)
	}
	rec.Fail(crash.Fault{At: 1, Err: syscall.EROFS, Forever: true})
	h, err := c.open(t, c.dir, rec)
	if err != nil {
		t.Fatal(err)
	}
	h.do(h.TakenBack(ctx))
	if !errors.Is(h.Status().ReadOnly, sealed.ErrReadOnly) || h.CutOff() != 1 || h.TakingBack() || len(ofImport(h.Vault, t)) != cutMessages {
		t.Errorf("%v, %d left, %d entries", h.Status().ReadOnly, h.CutOff(), len(ofImport(h.Vault, t)))
	}
	if check := must(t, of(h.Verify(ctx, nil))); len(check.Problems) > 0 {
		t.Errorf("%q", check.Problems)
	}
	_ = h.Close() // it is closed as it stands
	rec.Heal()
	if h, err = c.open(t, c.dir, nil); err != nil {
		t.Fatal(err)
	}
	h.do(h.TakenBack(ctx), c.gone(h), h.Close())
}

// On a full disk nobody who reads waits for what cannot be, and no import begins
// in a record that has half of one; once there is room it is taken back first.
func TestTakingBackOnAFullDisk(t *testing.T) {
	c := newCut(t)
	ctx := context.Background()
	rec, err := crash.Record(fastFiles{disk.OS()}, filepath.Dir(c.dir))
	if err != nil {
		t.Fatal(err)
	}
	h, err := c.still(t, c.dir, rec)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	rec.Fail(crash.Fault{At: 1, Err: syscall.ENOSPC, Forever: true})
	h.do(h.TakenBack(ctx))
	if _, err := h.BeginImport(ctx, c.client); h.CutOff() != 1 || !errors.Is(err, sealed.ErrDiskFull) && !strings.Contains(err.Error(), "was cut off") {
		t.Errorf("%d left; %v", h.CutOff(), err)
	}
	rec.Heal()
	im := must(t, of(h.BeginImport(ctx, c.client)))
	if h.CutOff() != 0 || len(ofImport(h.Vault, t)) != 0 {
		t.Errorf("%d left, %d entries of it", h.CutOff(), len(ofImport(h.Vault, t)))
	}
	h.do(im.Cancel(ctx))
}
