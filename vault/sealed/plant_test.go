package sealed

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// seedling is what a vault is planted from: one with entries, attachments and a
// holder.
type seedling struct {
	dir   string
	db    *DB
	blobs []string
}

const seedEntries = 30

func newSeedling(t testing.TB) *seedling {
	t.Helper()
	s := &seedling{dir: filepath.Join(t.TempDir(), "source")}
	s.db = openNew(t, s.dir, seedEntries, quick())
	addHolder(t, s.db, "Executor", x25519(t).Recipient())
	for n := range 3 {
		b, err := s.db.PutBlob(ctx, textReader(n))
		if err != nil {
			t.Fatal(err)
		}
		s.blobs = append(s.blobs, b.Name)
	}
	return s
}

// plant makes a vault of the seedling.
func (s *seedling) plant(ctx context.Context, dir string, opt Options, progress func(done, total int64)) error {
	st := s.db.Status()
	return s.db.Snapshot(ctx, nil, func(image Image) error {
		return Plant(ctx, dir, s.db.Key(), s.dir, image, st.VaultID, st.Position, s.dir, s.blobs, opt, progress)
	})
}

// planted looks a planted vault over.
func (s *seedling) planted(dir string) error {
	report, err := Verify(ctx, dir, passphrase, quick())
	if err != nil || len(report.Problems) > 0 || report.Blobs != len(s.blobs) {
		return errors.Join(err, fmt.Errorf("verify found %d attachments, %v", report.Blobs, report.Problems))
	}
	if st := s.db.Status(); report.VaultID != st.VaultID || report.Position != st.Position {
		return fmt.Errorf("it is vault %v at %v", report.VaultID, report.Position)
	}
	db, err := Open(dir, passphrase, quick())
	if err != nil {
		return err
	}
	defer db.Close()
	if n, err := sound(db); err != nil || n != seedEntries {
		return errors.Join(err, fmt.Errorf("%d entries", n))
	}
	return insert(db, seedEntries+1)
}

func TestPlant(t *testing.T) {
	s := newSeedling(t)
	id := x25519(t)
	addHolder(t, s.db, "Other", id.Recipient())
	dir := filepath.Join(t.TempDir(), "planted")
	var done, total int64
	if err := s.plant(ctx, dir, quick(), func(d, of int64) { done, total = max(done, d), of }); err != nil {
		t.Fatal(err)
	}
	if done != total || total < s.db.Status().Size {
		t.Errorf("the progress ended at %d of %d", done, total)
	}
	if err := s.planted(dir); err != nil {
		t.Fatal(err)
	}
	if k, err := OpenKey(dir, Secret{Identities: []age.Identity{id}}, quick()); err != nil || k.Holder() != "Other" {
		t.Errorf("a holder is not there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, plantFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was left: %v", err)
	}
	if err := s.plant(ctx, dir, quick(), nil); !errors.Is(err, ErrExists) {
		t.Errorf("over a vault: %v", err)
	}
	if err := s.planted(dir); err == nil {
		t.Error("the vault was not written to between") // it holds one entry more
	}
}

// TestPlantIncomplete takes over attachments of which one is missing and one is
// damaged.
func TestPlantIncomplete(t *testing.T) {
	s := newSeedling(t)
	damaged, missing := filepath.Join(s.dir, blobPath(s.blobs[0])), filepath.Join(s.dir, blobPath(s.blobs[1]))
	b, err := os.ReadFile(damaged)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-1] ^= 1
	if err := errors.Join(os.WriteFile(damaged, b, 0o600), os.Remove(missing)); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "planted")
	var lacks *IncompleteError
	if err := s.plant(ctx, dir, quick(), nil); !errors.As(err, &lacks) || len(lacks.Damage) != 2 {
		t.Fatalf("got %v", err)
	}
	for _, d := range lacks.Damage {
		if d.File != blobPath(s.blobs[0]) && d.File != blobPath(s.blobs[1]) {
			t.Errorf("it names %s", d.File)
		}
	}
	wantSound(t, reopen(t, dir, quick()), seedEntries)
	if _, err := os.Stat(filepath.Join(dir, blobPath(s.blobs[0]))); err != nil {
		t.Errorf("what there is of the damaged one: %v", err)
	}
}

func TestPlantRefuses(t *testing.T) {
	s := newSeedling(t)
	dir := filepath.Join(t.TempDir(), "planted")
	plant := func(image Image, blobs ...string) error {
		return Plant(ctx, dir, s.db.Key(), s.dir, image, VaultID{}, Position{}, s.dir, blobs, quick(), nil)
	}
	if err := plant(bytesImage("this is no database, whatever it says")); !errors.Is(err, ErrDamaged) {
		t.Errorf("an image of nothing: %v", err)
	}
	if err := plant(bytesImage(""), "../../etc"); err != ErrNoBlob {
		t.Errorf("a name that is none: %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is there: %v", err)
	}
}

func TestPlantCanceled(t *testing.T) {
	s := newSeedling(t)
	dir := filepath.Join(t.TempDir(), "planted")
	gone, cancel := context.WithCancel(ctx)
	err := s.plant(gone, dir, quick(), func(int64, int64) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

// TestPlantPowerLoss cuts the power at every moment: the vault is there whole or
// not at all, and can be planted again.
func TestPlantPowerLoss(t *testing.T) {
	s := newSeedling(t)
	root := t.TempDir()
	rec, err := crash.Record(disk.OS(), root)
	if err != nil {
		t.Fatal(err)
	}
	opt := quick()
	opt.Files = rec
	if err := s.plant(ctx, filepath.Join(root, "vault"), opt, nil); err != nil {
		t.Fatal(err)
	}
	done, random := rec.Len(), rand.New(rand.NewPCG(5, 6))
	scratch, states, seen := scratch(t), 0, map[[32]byte]bool{}
	err = rec.EachPrefix(0, func(n int, d *crash.Disk) error {
		for _, p := range append(crash.Classes(), crash.Torn(random), crash.Shuffled(random)) {
			image := d.Crash(p.Policy)
			if n < done && seen[image.Sum()] {
				continue
			}
			seen[image.Sum()] = true
			states++
			dir := filepath.Join(scratch, fmt.Sprint(states))
			if err := image.Write(dir); err != nil {
				return err
			}
			vault := filepath.Join(dir, "vault")
			if _, there := os.Stat(filepath.Join(vault, baseFile)); there != nil {
				if n == done {
					return fmt.Errorf("the vault was lost, %s", p.Name)
				}
				if err := s.plant(ctx, vault, quick(), nil); err != nil {
					return fmt.Errorf("after %d of %d operations, %s: planting again: %w", n, done, p.Name, err)
				}
			}
			if err := s.planted(vault); err != nil {
				return fmt.Errorf("after %d of %d operations, %s: %w", n, done, p.Name, err)
			}
			if err := os.RemoveAll(dir); err != nil {
				return err
			}
		}
		return nil
	})
	t.Logf("%d operations, %d states", done, states)
	if err != nil {
		t.Fatal(err)
	}
}

// TestPlantFails lets every operation of a planting fail.
func TestPlantFails(t *testing.T) {
	s := newSeedling(t)
	root := filepath.Join(scratch(t), "root")
	for _, fault := range faultKinds {
		for fault.At = 1; ; fault.At++ {
			if err := os.Mkdir(root, 0o700); err != nil {
				t.Fatal(err)
			}
			rec, err := crash.Record(fastFiles{disk.OS()}, root)
			if err != nil {
				t.Fatal(err)
			}
			opt := quick()
			opt.Files = rec
			rec.Fail(fault)
			dir := filepath.Join(root, "vault")
			failed := s.plant(ctx, dir, opt, nil)
			hit := rec.Heal()
			if err := readable(failed); err != nil {
				t.Errorf("%v: %v", fault, err)
			}
			// Only a disk that fails for good once the base has its name leaves one.
			_, gone := os.Stat(filepath.Join(dir, baseFile))
			if failed != nil && gone == nil && !fault.Forever {
				t.Errorf("%v: after %v there is a vault", fault, failed)
			}
			if gone != nil {
				if _, err := Open(dir, passphrase, quick()); !errors.Is(err, ErrNotVault) && !missingBase(err) {
					t.Errorf("%v: after %v opening says %v", fault, failed, err)
				}
				if err := s.plant(ctx, dir, quick(), nil); err != nil {
					t.Errorf("%v: planting again: %v", fault, err)
				}
			}
			if err := s.planted(dir); err != nil {
				t.Errorf("%v: %v", fault, err)
			}
			if err := os.RemoveAll(root); err != nil {
				t.Fatal(err)
			}
			if hit == 0 {
				break
			}
			fault.At = hit
		}
	}
}
