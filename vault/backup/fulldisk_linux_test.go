package backup

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk/crash"
)

// TestReallyFullDisk backs up onto a disk with every number of free pages until
// it goes through: first into nothing, then beside a backup that is there, which
// must stay whole.
func TestReallyFullDisk(t *testing.T) {
	p := newPractice(t, 100)
	p.attach(t, strings.Repeat("picture ", 4000))
	step := int64(crash.Scale(16, 1)) * crash.Page
	crash.OnSmallDisk(t, func(d *crash.SmallDisk) {
		p.folder = Folder(d.Path(""), "My Practice")
		nothing := crash.Image{}
		crash.Tally(t, "a full disk", d.Fill(t, step, func(free int64) (bool, error) { return p.takeOnto(d, nothing, free, 0) }))
		if err := d.Begin(nothing); err != nil {
			t.Fatal(err)
		}
		p.take(t)
		p.add(t, 200)
		p.attach(t, strings.Repeat("another ", 4000))
		one, err := crash.ReadImage(d.Path(""))
		if err != nil {
			t.Fatal(err)
		}
		crash.Tally(t, "a full disk", d.Fill(t, step, func(free int64) (bool, error) { return p.takeOnto(d, one, free, 1) }))
	})
}

// takeOnto takes a backup with so much free, beside so many that are there.
func (p *practice) takeOnto(d *crash.SmallDisk, there crash.Image, free int64, before int) (done bool, err error) {
	if err := errors.Join(d.Begin(there), d.Leave(free)); err != nil {
		return false, err
	}
	_, failed := p.tryTake()
	if failed != nil && !(errors.Is(failed, sealed.ErrDiskFull) && strings.Contains(failed.Error(), sealed.ErrDiskFull.Error())) {
		return false, fmt.Errorf("not a sentence about a full disk: %w", failed)
	}
	if err := d.Leave(64 << 20); err != nil {
		return false, err
	}
	want := before
	if failed == nil {
		want++
	}
	if want > 0 {
		if err := p.hasWhole(want); err != nil {
			return false, fmt.Errorf("after %v: %w", failed, err)
		}
	}
	if failed == nil {
		return true, nil
	}
	if _, err := p.tryTake(); err != nil {
		return false, fmt.Errorf("with room again: %w", err)
	}
	return false, p.hasWhole(before + 1)
}

// hasWhole checks that the folder has so many backups, and that nothing is wrong
// with any.
func (p *practice) hasWhole(want int) error {
	set, err := OpenKeyed(p.folder, p.db.Key(), p.opt)
	if err != nil {
		return err
	}
	all, err := set.Generations(ctx)
	if err != nil || len(all) != want {
		return errors.Join(err, fmt.Errorf("%d backups of %d", len(all), want))
	}
	for _, g := range all {
		if _, err := loads(set, g); err != nil {
			return err
		}
	}
	c, err := set.VerifyAll(ctx, nil)
	if err != nil || len(c.Problems)+len(c.Broken) > 0 {
		return errors.Join(err, fmt.Errorf("verifying finds %v, broken %v", c.Problems, c.Broken))
	}
	return nil
}
