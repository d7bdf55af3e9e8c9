package vault

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
	"casekeep/vault/sealed/parallel"
)

const (
	memoryDisk  = "/disk"
	memoryVault = memoryDisk + "/v"
)

// An oldVault is one of testdata that an earlier program wrote, in memory.
type oldVault struct {
	name  string
	image crash.Image
	was   Check // what is in it
}

// oldVaults gives every one that this program migrates.
func oldVaults(t *testing.T) (all []*oldVault) {
	t.Helper()
	files, err := migrationFiles()
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < len(files); n++ {
		o := &oldVault{name: fmt.Sprintf("schema-%d", n)}
		o.image, err = crash.ReadImage(filepath.Join("testdata", o.name+".casekeep"))
		if err != nil {
			t.Fatal(err)
		}
		o.image = inFolder(o.image, "v")
		v, err := o.open(crash.NewMemory(o.image, memoryDisk))
		if err != nil {
			t.Fatal(err)
		}
		if o.was, err = v.Verify(context.Background(), nil); err != nil || len(o.was.Problems) > 0 || o.was.Entries == 0 {
			t.Fatalf("%s: %+v, %v", o.name, o.was, err)
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		all = append(all, o)
	}
	return all
}

// inFolder gives an image a folder down, with the folder of attachments, since
// Git keeps no empty ones.
func inFolder(im crash.Image, folder string) crash.Image {
	out := crash.Image{Dirs: map[string]bool{folder: true, folder + "/attachments": true}, Files: map[string][]byte{}}
	for name := range im.Dirs {
		out.Dirs[folder+"/"+name] = true
	}
	for name, content := range im.Files {
		out.Files[folder+"/"+name] = content
	}
	return out
}

func (o *oldVault) open(files disk.Files) (*Vault, error) {
	now := func() time.Time { return day0.AddDate(1, 0, 0) }
	return Open(context.Background(), memoryVault, "ladder ochre Venice 42", Options{Files: files, Now: now})
}

// migrates checks that a vault which was cut off on its way opens, arrives, and
// has lost nothing.
func (o *oldVault) migrates(im crash.Image) error {
	v, err := o.open(crash.NewMemory(im, memoryDisk))
	if err != nil {
		return err
	}
	defer v.Close()
	files, err := migrationFiles()
	if err != nil {
		return err
	}
	if version, err := v.schemaVersion(context.Background()); err != nil || version != len(files) {
		return fmt.Errorf("it stands at schema %d: %w", version, err)
	}
	found, err := v.Verify(context.Background(), nil)
	if err != nil || len(found.Problems) > 0 || !found.AuditOK || found.Clients != o.was.Clients || found.Entries != o.was.Entries {
		return fmt.Errorf("%+v: %w", found, err)
	}
	return nil
}

// A power loss at any moment of a migration leaves a vault that opens, is
// migrated then, and has lost nothing.
func TestMigrationPowerLoss(t *testing.T) {
	for _, o := range oldVaults(t) {
		rec := crash.RecordMemory(crash.NewMemory(o.image, memoryDisk))
		v, err := o.open(rec)
		if err != nil {
			t.Fatal(err)
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		var tried atomic.Int64
		_, err = rec.PowerLoss(crash.PowerLosses{To: rec.Len(), States: crash.Scale(0, 1500)}, func(s crash.State) error {
			tried.Add(1)
			return o.migrates(s.Image)
		})
		if err != nil {
			t.Errorf("%s: %v", o.name, err)
		}
		crash.Tally(t, "a migration cut off", int(tried.Load()))
	}
}

// A disk that fails at any operation of a migration leaves the same, and the
// program says what is wrong.
func TestMigrationOntoAFailingDisk(t *testing.T) {
	kinds := []crash.Fault{{Err: syscall.EIO, Short: true}, {Err: syscall.ENOSPC, Short: true, Forever: true}}
	for _, o := range oldVaults(t) {
		var tried atomic.Int64
		err := parallel.Each(context.Background(), int64(len(kinds)), 1, func(i, _ int64) error {
			fault := kinds[i]
			for fault.At = 1; ; tried.Add(1) {
				hit, err := o.migrateWith(fault)
				if err != nil {
					return fmt.Errorf("%s, %v: %w", o.name, fault, err)
				}
				if hit == 0 {
					return nil
				}
				fault.At = hit + 1
			}
		})
		if err != nil {
			t.Error(err)
		}
		crash.Tally(t, "a migration cut off", int(tried.Load()))
	}
}

func (o *oldVault) migrateWith(fault crash.Fault) (hit int, err error) {
	files := crash.NewMemory(o.image, memoryDisk)
	rec := crash.RecordMemory(files)
	rec.Fail(fault)
	v, failed := o.open(rec)
	if failed == nil {
		failed = v.Close()
	}
	hit = rec.Heal()
	if hit == 0 {
		return 0, failed
	}
	if err := o.migrates(files.Image()); err != nil {
		return hit, fmt.Errorf("it ended with %v; then: %w", failed, err)
	}
	return hit, nil
}
