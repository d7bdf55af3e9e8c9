package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// faultKinds are the ways in which an operation fails.
var faultKinds = []crash.Fault{
	{Err: syscall.EIO, Short: true},
	{Err: syscall.EIO, Done: true},
	{Err: syscall.EIO, Forever: true},
	{Err: syscall.ENOSPC, Short: true, Forever: true},
	{Err: syscall.EROFS, Forever: true},
}

// TestEveryOperationFails lets operations of a life fail, each kind at moments of
// its own, a stride apart, until a life meets no fault. What was promised must be
// there once the disk works again, and another backup must find nothing wrong.
func TestEveryOperationFails(t *testing.T) {
	var lives atomic.Int64
	t.Run("kinds", func(t *testing.T) {
		for kind, fault := range faultKinds {
			t.Run(fmt.Sprint(fault), func(t *testing.T) {
				t.Parallel()
				stride := crash.Scale(211, 1)
				fault.At = 1 + kind*stride/len(faultKinds)
				for l := newLedger(t); l.liveWithFault(t, fault); fault.At += stride {
					lives.Add(1)
				}
			})
		}
	})
	crash.Tally(t, "a failing operation in a backup", int(lives.Load()))
}

// liveWithFault lives once, looks at what is left, and reports whether the life
// met the fault.
func (l *ledger) liveWithFault(t *testing.T, fault crash.Fault) bool {
	root := l.record(t, fastFiles{disk.OS()})
	l.acts, l.fact = nil, nil
	l.rec.Fail(fault)
	failed := l.live(t)
	hit := l.rec.Heal()
	if err := readable(failed); err != nil {
		t.Errorf("%v: %v", fault, err)
	}
	if hit == 0 && failed != nil {
		t.Fatal(failed)
	}
	if err := l.survives(l.folder, quick(), l.rec.Len(), true); err != nil {
		t.Errorf("%v: the life ended with %v; then %v", fault, failed, err)
	}
	if err := os.RemoveAll(root); err != nil {
		t.Fatal(err)
	}
	return hit > 0
}

// readable checks that an error is made for a person: one of the packages', or
// none where the fault could be borne.
func readable(err error) error {
	var failed *sealed.DiskError
	if err == nil || errors.Is(err, ErrDamaged) || errors.Is(err, sealed.ErrDiskFull) || errors.As(err, &failed) || errors.Is(err, ErrNotBackup) || errors.Is(err, ErrOtherKey) {
		return nil
	}
	return fmt.Errorf("not fit to be shown: %w", err)
}

// TestRestoreFails lets every operation of restoring fail: there is a vault, and
// a whole one, or none, and the backup is what it was.
func TestRestoreFails(t *testing.T) {
	p := newPractice(t, 100)
	picture := p.attach(t, "a picture")
	w := p.take(t)
	before, err := crash.ReadImage(p.folder)
	if err != nil {
		t.Fatal(err)
	}
	root, tried := filepath.Join(scratch(t), "root"), 0
	for kind, fault := range faultKinds {
		for fault.At = 1 + kind; ; fault.At += crash.Scale(7, 1) {
			if err := os.Mkdir(root, 0o700); err != nil {
				t.Fatal(err)
			}
			rec, err := crash.Record(fastFiles{disk.OS()}, root)
			if err != nil {
				t.Fatal(err)
			}
			opt := quick()
			opt.Files = rec
			set, err := OpenKeyed(p.folder, p.db.Key(), opt)
			if err != nil {
				t.Fatal(err)
			}
			rec.Fail(fault)
			dir := filepath.Join(root, "vault")
			failed := set.Restore(ctx, w.Generation.Name, dir, []string{picture}, nil)
			hit := rec.Heal()
			if err := readable(failed); err != nil {
				t.Errorf("%v: %v", fault, err)
			}
			if failed != nil {
				if err := p.set(t).Restore(ctx, w.Generation.Name, dir, []string{picture}, nil); err != nil && !errors.Is(err, sealed.ErrExists) {
					t.Errorf("%v: restoring again: %v", fault, err)
				}
			}
			db, err := sealed.Open(dir, passphrase, quickVault())
			if err != nil {
				t.Fatalf("%v: %v", fault, err)
			}
			if n, err := sound(db); err != nil || n != 100 {
				t.Errorf("%v: %d entries: %v", fault, n, err)
			}
			if err := errors.Join(db.Close(), os.RemoveAll(root)); err != nil {
				t.Fatal(err)
			}
			if tried++; hit == 0 {
				break
			}
		}
	}
	crash.Tally(t, "a failing operation in a backup", tried)
	if after, err := crash.ReadImage(p.folder); err != nil || after.Sum() != before.Sum() {
		t.Errorf("restoring changed the backup: %v", err)
	}
}

// TestCanceled ends a backup at each step of its progress.
func TestCanceled(t *testing.T) {
	p := newPractice(t, 3000)
	for n := range 5 {
		p.attach(t, text(n))
	}
	p.take(t)
	for step := 1; ; step++ {
		p.add(t, 400)
		p.attach(t, text(step))
		gone, cancel := context.WithCancel(ctx)
		told := 0
		p.clock = p.clock.AddDate(0, 0, 8)
		_, err := Take(gone, p.db, p.dir, p.folder, note, p.opt, func(int64, int64) {
			if told++; told == step {
				cancel()
			}
		})
		cancel()
		wantWhole(t, p.set(t))
		if err == nil && told < step {
			break
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("at step %d: %v", step, err)
		}
	}
}

// failingFiles cannot read one file.
type failingFiles struct {
	disk.Files
	path string
}

type failingFile struct {
	disk.File
	path string
}

func (f failingFiles) Open(path string) (disk.File, error) {
	file, err := f.Files.Open(path)
	if err != nil || path != f.path {
		return file, err
	}
	return failingFile{file, path}, nil
}

func (f failingFile) ReadAt([]byte, int64) (int, error) {
	return 0, &os.PathError{Op: "read", Path: f.path, Err: syscall.EIO}
}

// TestVerifyNamesWhatTheDiskCannotRead fails to read each of the sealed files. The
// vault can be backed up beside it all the same.
func TestVerifyNamesWhatTheDiskCannotRead(t *testing.T) {
	p := newPractice(t, 3)
	p.attach(t, "a picture")
	p.take(t)
	image, err := crash.ReadImage(p.folder)
	if err != nil {
		t.Fatal(err)
	}
	for rel := range image.Files {
		if filepath.Ext(rel) != sealedTail {
			continue
		}
		opt := quick()
		opt.Files = failingFiles{disk.OS(), filepath.Join(p.folder, filepath.FromSlash(rel))}
		set, err := OpenKeyed(p.folder, p.db.Key(), opt)
		if err != nil {
			t.Fatal(err)
		}
		c, err := set.VerifyAll(ctx, nil)
		if err != nil || len(c.Problems) == 0 || c.Problems[0].File != rel {
			t.Errorf("%s: %v %v", rel, c.Problems, err)
		}
		q := *p
		q.opt.Files = opt.Files
		q.opt.Now = func() time.Time { return q.clock }
		if filepath.Base(rel) == keyFile {
			continue // the wraps are compared, so they must be read
		}
		w, err := q.tryTake()
		p.clock = q.clock
		if err != nil {
			t.Errorf("a backup beside %s: %v", rel, err)
			continue
		}
		if _, err := loads(p.set(t), w.Generation); err != nil {
			t.Errorf("a backup beside %s: %v", rel, err)
		}
	}
}
