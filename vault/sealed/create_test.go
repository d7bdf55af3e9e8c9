package sealed

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

func TestCreateInAnEmptyFolder(t *testing.T) {
	dir := t.TempDir()
	db, err := Create(dir, passphrase, quick())
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestCreateRefuses(t *testing.T) {
	vault := newVault(t, 1, quick())
	before, err := crash.ReadImage(vault)
	if err != nil {
		t.Fatal(err)
	}
	full := t.TempDir()
	file := filepath.Join(full, "letter.txt")
	if err := os.WriteFile(file, []byte("dear"), 0o600); err != nil {
		t.Fatal(err)
	}
	loneKey := t.TempDir()
	if err := os.WriteFile(filepath.Join(loneKey, keyFile), []byte("all that is left"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{vault, full, loneKey, file} {
		if _, err := Create(dir, passphrase, quick()); !errors.Is(err, ErrExists) {
			t.Errorf("%s: %v", dir, err)
		}
	}
	if _, err := Create(filepath.Join(full, "no", "parent"), passphrase, quick()); err == nil {
		t.Error("a vault was made in a folder that does not exist")
	}
	for _, factor := range []int{-1, 23, 99} {
		if _, err := Create(t.TempDir(), passphrase, Options{WorkFactor: factor}); err == nil {
			t.Errorf("a work factor of %d was accepted", factor)
		}
	}
	if _, err := Create(t.TempDir(), "", quick()); err != ErrEmptyPassphrase {
		t.Errorf("without a passphrase: %v", err)
	}
	after, err := crash.ReadImage(vault)
	if err != nil || after.Sum() != before.Sum() {
		t.Errorf("the vault that was there changed: %v", err)
	}
	if left, err := os.ReadDir(full); err != nil || len(left) != 1 {
		t.Errorf("a refused creation left files: %v %v", left, err)
	}
}

func TestOpenRefusesWhatIsNoVault(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(file, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, file, filepath.Join(dir, "missing")} {
		if _, err := Open(path, passphrase, quick()); err != ErrNotVault {
			t.Errorf("%s: %v", path, err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("opening left files: %v %v", left, err)
	}
}

// TestCreateAfterACutOffOne makes a vault where an earlier attempt failed at
// each of its operations, and its cleaning up too.
func TestCreateAfterACutOffOne(t *testing.T) {
	for k := 1; ; k++ {
		root := t.TempDir()
		rec, err := crash.Record(fastFiles{disk.OS()}, root)
		if err != nil {
			t.Fatal(err)
		}
		opt := quick()
		opt.Files = rec
		rec.Fail(crash.Fault{At: k, Err: syscall.EIO, Forever: true})
		dir := filepath.Join(root, "vault")
		db, err := Create(dir, passphrase, opt)
		if rec.Heal() == 0 {
			db.Close()
			return
		}
		if err == nil {
			// It was there before the disk failed; at worst it is read-only.
			db.Close()
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, keyFile)); err == nil {
			if _, err := Create(dir, passphrase, opt); !errors.Is(err, ErrExists) {
				t.Errorf("operation %d: a key was left, and then %v", k, err)
			}
			continue
		}
		db, err = Create(dir, passphrase, opt)
		if err != nil {
			t.Errorf("operation %d: %v", k, err)
			continue
		}
		db.Close()
	}
}

func TestOneProcessAtATime(t *testing.T) {
	opt := quick()
	opt.Now = func() time.Time { return time.Date(2026, 11, 21, 14, 14, 0, 0, time.UTC) }
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 1, opt)
	_, err := Open(dir, passphrase, quick())
	var held *InUseError
	if !errors.As(err, &held) || !errors.Is(err, ErrInUse) {
		t.Fatalf("got %v", err)
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	if held.PID != os.Getpid() || held.Host != host || !held.Since.Equal(opt.Now()) {
		t.Errorf("the holder is %+v", held)
	}
	if _, err := Verify(ctx, dir, passphrase, quick()); !errors.Is(err, ErrInUse) {
		t.Errorf("verifying: %v", err)
	}
	if _, err := Create(dir, passphrase, quick()); !errors.Is(err, ErrExists) {
		t.Errorf("creating: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wantSound(t, reopen(t, dir, quick()), 1) // a lock that nobody holds is stale
}
