package backup

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// TestFirstBackupAfterARekeyFails lets every k-th operation of it fail, and then
// the power. No earlier backup is lost, and the next one succeeds.
func TestFirstBackupAfterARekeyFails(t *testing.T) {
	states := 0
	for _, fault := range []crash.Fault{{Err: syscall.EIO, Done: true}, {Err: syscall.ENOSPC, Short: true, Forever: true}} {
		for fault.At = 1; fault.At > 0; states++ {
			hit, err := backupFails(t, fault)
			if err != nil {
				t.Fatalf("%v: %v", fault, err)
			}
			if hit == 0 {
				break
			}
			fault.At = hit + 1
		}
	}
	t.Logf("%d faults", states)
}

func backupFails(t *testing.T, fault crash.Fault) (hit int, err error) {
	p := newPractice(t, 5)
	defer os.RemoveAll(filepath.Dir(p.dir))
	defer p.db.Close()
	who := p.addTenants(t)
	p.attach(t, "one")
	p.attach(t, "two")
	p.take(t)
	p.opt.Retired = []Retired{{Key: p.db.Key()}}
	p.rekey(t, who, 0)
	rec, err := crash.Record(fastFiles{disk.OS()}, p.folder)
	if err != nil {
		return 0, err
	}
	plain := p.opt
	p.opt.Files = rec
	rec.Fail(fault)
	_, failed := p.tryTake()
	hit = rec.Heal()
	p.opt = plain
	from := rec.Len()
	if hit == 0 {
		from = 0
	}
	err = rec.EachPrefix(from, func(_ int, d *crash.Disk) error {
		for i, policy := range crash.Classes() {
			folder := filepath.Join(filepath.Dir(p.folder), fmt.Sprint("lost-", i))
			if err := d.Crash(policy.Policy).Write(folder); err != nil {
				return err
			}
			if err := firstIsThere(folder, p); err != nil {
				return fmt.Errorf("%s, after %v: %w", policy.Name, failed, err)
			}
			if err := os.RemoveAll(folder); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		_, err = p.tryTake()
	}
	if err == nil {
		err = restores(p.set(t), who, filepath.Dir(p.dir))
	}
	return hit, err
}

// firstIsThere loads and restores the backup of before the re-key.
func firstIsThere(folder string, p *practice) error {
	set, err := OpenKeyed(folder, p.db.Key(), p.opt)
	if err != nil {
		return err
	}
	all, err := set.Generations(ctx)
	if err != nil {
		return err
	}
	_, err = loads(set, all[len(all)-1])
	return err
}
