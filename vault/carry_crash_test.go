package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// receiving is a closed vault with a record of its own, and one that is to come.
type receiving struct {
	from   *house
	client record.ClientID
	dir    string
	clock  house
	root   string // a folder for copies
}

func newReceiving(t *testing.T) *receiving {
	from, to := newHouse(t, "from"), newHouse(t, "to")
	r := &receiving{from: from, client: from.record("Ada Quill").ID, dir: to.Dir(), root: scratch(t)}
	must(t, of(to.AddClient(context.Background(), record.Client{Name: "Bo Larsen"})))
	to.do(to.Close())
	r.clock = *to
	return r
}

func (r *receiving) open(t testing.TB, dir string, files disk.Files) (*house, error) {
	h := r.clock
	h.t = t
	opt := h.options()
	opt.Files = files
	v, err := Open(context.Background(), dir, "ladder ochre", opt)
	h.Vault = v
	return &h, err
}

// came checks that the record came whole or not at all, and gives which.
func (r *receiving) came(t testing.TB, dir string) (bool, error) {
	h, err := r.open(t, dir, fastFiles{disk.OS()})
	if err != nil {
		return false, err
	}
	defer h.Close()
	check, err := h.Verify(context.Background(), nil)
	switch {
	case err != nil || len(check.Problems) > 0:
		return false, fmt.Errorf("not whole: %q, %v", check.Problems, err)
	case check.Clients == 1 && check.Entries == 0:
		return false, nil
	case check.Clients == 2 && check.Attachments == 2:
		return true, nil
	}
	return false, fmt.Errorf("half of it: %+v", check)
}

// A power loss while a record comes leaves all of it or nothing.
func TestCarryPowerLoss(t *testing.T) {
	r := newReceiving(t)
	powerLosses(t, "a record carried over", r.dir, func(dir string, files disk.Files) (*house, error) { return r.open(t, dir, files) }, func(h *house) error {
		_, err := Carry(context.Background(), r.from.Vault, h.Vault, r.client, CarryOptions{}, nil)
		return err
	}, func(dir string) (bool, error) { return r.came(t, dir) })
}

// A disk that fails at any operation leaves the same.
func TestCarryOntoAFailingDisk(t *testing.T) {
	r := newReceiving(t)
	faults := 0
	for fault := (crash.Fault{Err: syscall.EIO, Short: true, At: 1}); ; faults++ {
		dir := filepath.Join(r.root, "w", "v")
		if err := os.CopyFS(dir, os.DirFS(r.dir)); err != nil {
			t.Fatal(err)
		}
		hit, err := r.carryWith(t, dir, fault)
		if err := errors.Join(err, os.RemoveAll(filepath.Dir(dir))); err != nil {
			t.Fatalf("%s: %v", fault, err)
		}
		if hit == 0 {
			break
		}
		fault.At = hit + 1
	}
	crash.Tally(t, "a record carried over", faults)
	if faults < 10 {
		t.Errorf("only %d operations failed", faults)
	}
}

func (r *receiving) carryWith(t testing.TB, dir string, fault crash.Fault) (hit int, err error) {
	rec, err := crash.Record(fastFiles{disk.OS()}, filepath.Dir(dir))
	if err != nil {
		return 0, err
	}
	h, err := r.open(t, dir, rec)
	if err != nil {
		return 0, err
	}
	before := rec.Count()
	rec.Fail(fault)
	_, failed := Carry(context.Background(), r.from.Vault, h.Vault, r.client, CarryOptions{}, nil)
	if hit = rec.Heal(); hit > 0 {
		hit -= before
	}
	_ = h.Close() // after a fault it may have nothing to seal
	came, err := r.came(t, dir)
	// What a sync that failed has left on the disk nobody knows, until it is read
	// again.
	if err == nil && came != (failed == nil) && !(came && errors.Is(failed, sealed.ErrReadOnly)) {
		err = fmt.Errorf("it came: %v, and was said to: %v", came, failed)
	}
	return hit, err
}
