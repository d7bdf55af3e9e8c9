package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"

	"filippo.io/age"

	"casekeep/vault/record"
	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// fastFiles skips the syncs, which only a power loss would tell from none.
type fastFiles struct{ disk.Files }

type fastFile struct{ disk.File }

func (fastFiles) SyncDir(string) error { return nil }
func (fastFile) Sync() error           { return nil }

func (f fastFiles) Create(path string) (disk.File, error)    { return fast(f.Files.Create(path)) }
func (f fastFiles) OpenWrite(path string) (disk.File, error) { return fast(f.Files.OpenWrite(path)) }

func fast(f disk.File, err error) (disk.File, error) {
	if err != nil {
		return nil, err
	}
	return fastFile{f}, nil
}

// scratch is a folder for tests that make many vaults: in memory, where the
// system has such a place.
func scratch(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "vault")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// doomedVault is a closed vault with a record that is due.
type doomedVault struct {
	dir    string
	client record.ClientID
	house  house // its clock
}

func newDoomed(t *testing.T) *doomedVault {
	h := newHouse(t, "v")
	d := &doomedVault{dir: h.dir, client: h.doomed().ID}
	h.do(h.Close())
	d.house = *h
	return d
}

// open opens a copy of it.
func (d *doomedVault) open(t testing.TB, dir string, files disk.Files) (*house, error) {
	h := d.house
	h.t = t
	opt := h.options()
	opt.Files = files
	v, err := Open(context.Background(), dir, "ladder ochre", opt)
	h.Vault = v
	return &h, err
}

// oldOrNew checks that the record is there whole or gone without a trace, and
// gives whether it is gone.
func (d *doomedVault) oldOrNew(t testing.TB, dir string) (gone bool, err error) {
	h, err := d.open(t, dir, fastFiles{disk.OS()})
	if err != nil {
		return false, err
	}
	defer h.Close()
	ctx := context.Background()
	check, err := h.Verify(ctx, nil)
	if err != nil || len(check.Problems) > 0 || check.Clients == 0 {
		return false, fmt.Errorf("not whole: %q, %v", check.Problems, err)
	}
	list, err := h.Destructions(ctx)
	if err != nil {
		return false, err
	}
	if _, err := h.Client(ctx, d.client); err == nil {
		if n := len(h.traces(canaries...)); n != len(canaries) || len(list) != 0 || check.Clients != 2 {
			return false, fmt.Errorf("old: %d of %d words, %d destructions", n, len(canaries), len(list))
		}
		return false, nil
	}
	if left := h.traces(append(canaries, "content")...); len(left) > 0 || len(list) != 1 || list[0].Swept.IsZero() || check.Leftover != 0 || check.Clients != 1 {
		return true, fmt.Errorf("new: left %v, %d files; destructions %+v", left, check.Leftover, list)
	}
	return true, nil
}

// powerLosses lets the power fail at every moment of an act in a copy of a vault,
// and checks what each leaves: false for the state before, true for the one
// after.
func powerLosses(t *testing.T, class, from string, open func(dir string, files disk.Files) (*house, error), act func(*house) error, check func(dir string) (bool, error)) {
	t.Helper()
	root := scratch(t)
	if err := os.CopyFS(filepath.Join(root, "v"), os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	rec, err := crash.Record(fastFiles{disk.OS()}, root)
	if err != nil {
		t.Fatal(err)
	}
	h, err := open(filepath.Join(root, "v"), rec)
	if err != nil {
		t.Fatal(err)
	}
	begun := rec.Len()
	if err := act(h); err != nil {
		t.Fatal(err)
	}
	ended := rec.Len()
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	var before, done atomic.Int64
	states, err := rec.PowerLoss(crash.PowerLosses{From: begun, To: ended, States: crash.Scale(0, 1000)}, func(s crash.State) error {
		if s.Number%crash.Scale(2, 1) != 0 && s.Operations != begun && s.Operations != ended {
			return nil
		}
		dir := filepath.Join(root, fmt.Sprint("crashed-", s.Number))
		if err := s.Image.Write(dir); err != nil {
			return err
		}
		after, err := check(filepath.Join(dir, "v"))
		if after {
			done.Add(1)
		} else {
			before.Add(1)
		}
		return errors.Join(err, os.RemoveAll(dir))
	})
	if err != nil {
		t.Fatal(err)
	}
	crash.Tally(t, class, int(before.Load()+done.Load()))
	t.Logf("%d operations, %d states: %d times as before, %d times done", ended-begun, states, before.Load(), done.Load())
	if before.Load() == 0 || done.Load() == 0 {
		t.Error("all crashes came before or after")
	}
}

// A power loss at any moment of a destruction leaves the record as it was, or
// once the vault was opened again nothing of it.
func TestDestroyPowerLoss(t *testing.T) {
	d := newDoomed(t)
	powerLosses(t, "a destruction cut off", d.dir, func(dir string, files disk.Files) (*house, error) { return d.open(t, dir, files) }, func(h *house) error {
		_, err := h.Destroy(context.Background(), d.client, "rule", nil)
		return err
	}, func(dir string) (bool, error) { return d.oldOrNew(t, dir) })
}

// Nor does one leave an entry that was sealed to somebody in two places, or in
// none.
func TestSequesterPowerLoss(t *testing.T) {
	s := newSecret(t)
	ctx := context.Background()
	o := s.order(s.contact.ID)
	o.Holder = must(t, of(age.GenerateX25519Identity())).Recipient().String()
	s.do(s.Close())
	d := &doomedVault{house: *s.house}
	powerLosses(t, "a sequestration cut off", s.dir, func(dir string, files disk.Files) (*house, error) { return d.open(t, dir, files) },
		func(h *house) error { return h.Sequester(ctx, s.client.ID, o, nil) }, func(dir string) (bool, error) {
			h, err := d.open(t, dir, fastFiles{disk.OS()})
			if err != nil {
				return false, err
			}
			defer h.Close()
			found, err := h.Verify(ctx, nil)
			if err != nil || len(found.Problems) > 0 {
				return false, fmt.Errorf("not whole: %q, %v", found.Problems, err)
			}
			list, err := h.Sequestered(ctx, 0)
			if err != nil {
				return false, err
			}
			_, inSight := h.Entry(ctx, s.contact.ID)
			if left := h.traces("file", "content", "amended"); (len(list) == 1) == (inSight == nil) || (len(list) == 1) == (len(left) > 0) {
				return false, fmt.Errorf("%d sealed, in sight: %v, left: %v", len(list), inSight == nil, left)
			}
			return len(list) == 1, nil
		})
}

// A disk that fails at any operation leaves the same.
func TestDestroyOnAFailingDisk(t *testing.T) {
	d := newDoomed(t)
	root := scratch(t)
	for _, fault := range []crash.Fault{{Err: syscall.EIO, Short: true}, {Err: syscall.ENOSPC, Short: true, Forever: true}} {
		faults := 0
		for fault.At = 1; ; faults++ {
			dir := filepath.Join(root, "w", "v")
			if err := os.CopyFS(dir, os.DirFS(d.dir)); err != nil {
				t.Fatal(err)
			}
			hit, err := d.destroyWith(t, root, dir, fault)
			if err := errors.Join(err, os.RemoveAll(filepath.Dir(dir))); err != nil {
				t.Fatalf("%s: %v", fault, err)
			}
			if hit == 0 {
				break
			}
			fault.At = hit + 1
		}
		crash.Tally(t, "a destruction cut off", faults)
		if faults < 10 {
			t.Error("hardly anything failed")
		}
	}
}

func (d *doomedVault) destroyWith(t testing.TB, root, dir string, fault crash.Fault) (hit int, err error) {
	rec, err := crash.Record(fastFiles{disk.OS()}, filepath.Dir(dir))
	if err != nil {
		return 0, err
	}
	h, err := d.open(t, dir, rec)
	if err != nil {
		return 0, err
	}
	before := rec.Count()
	rec.Fail(fault)
	stub, failed := h.Destroy(context.Background(), d.client, "rule", nil)
	if hit = rec.Heal(); hit > 0 {
		hit -= before
	}
	_ = h.Close() // a vault whose disk failed is closed as it stands
	gone, err := d.oldOrNew(t, dir)
	if err == nil && failed == nil && (!gone || stub.Swept.IsZero()) {
		err = errors.New("it was said to be destroyed")
	}
	return hit, err
}
