package sealed

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"filippo.io/age"

	"casekeep/vault/sealed/disk/crash"
)

func TestChangePassphrase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 3, quick())
	before, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.ChangePassphrase(ctx, "another one"); err != nil {
		t.Fatal(err)
	}
	after, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range after.Files {
		mayChange := name == keyFile || name == keySumFile
		if changed := string(content) != string(before.Files[name]); changed != mayChange {
			t.Errorf("%s changed: %v", name, changed)
		}
	}
	if err := db.ChangePassphrase(ctx, ""); err != ErrEmptyPassphrase {
		t.Errorf("an empty one: %v", err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := db.ChangePassphrase(gone, "a third"); err != context.Canceled {
		t.Errorf("canceled: %v", err)
	}
	if err := insert(db, 4); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.ChangePassphrase(ctx, "a third"); err != ErrClosed {
		t.Errorf("locked: %v", err)
	}
	if _, err := Open(dir, passphrase, quick()); err != ErrPassphrase {
		t.Errorf("the old one: %v", err)
	}
	db, err = Open(dir, "another one", quick())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	wantSound(t, db, 4)
}

// TestChangePassphraseMendsTheKey lets a holder give a passphrase to a vault of
// which key.age is damaged or gone.
func TestChangePassphraseMendsTheKey(t *testing.T) {
	for _, damage := range []func(path string) error{
		os.Remove,
		func(path string) error { return os.WriteFile(path, []byte("nonsense"), 0o600) },
	} {
		dir := filepath.Join(t.TempDir(), "vault")
		db := openNew(t, dir, 3, quick())
		executor := x25519(t)
		if err := db.AddHolder(ctx, "executor", executor.Recipient()); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if err := damage(filepath.Join(dir, keyFile)); err != nil {
			t.Fatal(err)
		}
		db, err := OpenWith(dir, Secret{Identities: []age.Identity{executor}}, quick())
		if err != nil {
			t.Fatal(err)
		}
		if err := db.ChangePassphrase(ctx, passphrase); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		wantSound(t, reopen(t, dir, quick()), 3)
	}
}

func TestAddHolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 3, quick())
	secret, recipient, err := NewHolderKey()
	if err != nil {
		t.Fatal(err)
	}
	to, err := ParseRecipient(recipient)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.AddHolder(ctx, "recovery", to); err != nil {
		t.Fatal(err)
	}
	executor := x25519(t)
	if err := db.AddHolder(ctx, "executor-2", executor.Recipient()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "Anna", "a b", "../key", "é", "con", "lpt1", strings.Repeat("a", 41)} {
		if err := db.AddHolder(ctx, name, to); err == nil {
			t.Errorf("%q is a name", name)
		}
	}
	if err := db.AddHolder(ctx, "recovery", executor.Recipient()); err != ErrHolderExists {
		t.Errorf("taken: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	typed, err := ParseTyped(strings.Join(Groups(secret), " "))
	if err != nil {
		t.Fatal(err)
	}
	for holder, ids := range map[string][]age.Identity{"recovery": typed, "executor-2": {executor}} {
		k, err := OpenKey(dir, Secret{Identities: ids}, quick())
		if err != nil || k.Holder() != holder {
			t.Errorf("%s opens as %v: %v", holder, k, err)
		}
		db, err := OpenWith(dir, Secret{Identities: ids}, quick())
		if err != nil {
			t.Fatal(err)
		}
		wantSound(t, db, 3)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if names, err := Holders(dir, quick()); err != nil || strings.Join(names, " ") != "executor-2 recovery" {
		t.Errorf("%v, %v", names, err)
	}
}

// TestDetachedHasNoKeyFiles refuses what a copy in memory has no folder for.
func TestDetachedHasNoKeyFiles(t *testing.T) {
	k, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	db, err := Detach(ctx, k, nil, "", quick())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := errors.Join(db.ChangePassphrase(ctx, "x"), db.AddHolder(ctx, "x", x25519(t).Recipient())); !errors.Is(err, ErrDetached) {
		t.Errorf("%v", err)
	}
}

func TestKeyOf(t *testing.T) {
	k, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	again, err := KeyOf(k.Identity())
	if err != nil || again.Name() != k.Name() {
		t.Errorf("%v", err)
	}
	if _, err := KeyOf(k.Identity()[:40]); err == nil || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("half of one: %v", err)
	}
}

// TestDoubtLasts changes the passphrase on a disk that fails for good once the new
// key file has its name: that it may be in force is said by each further attempt
// too, and no more once one has come through.
func TestDoubtLasts(t *testing.T) {
	rec := crash.RecordMemory(crash.NewMemory(crash.Image{}, memoryDisk))
	opt := quickOn(rec)
	db, err := Create(memoryVault, passphrase, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var doubt *InDoubtError
	for at := 1; doubt == nil; at++ {
		if at > 100 {
			t.Fatal("no failure leaves it in doubt")
		}
		rec.Fail(crash.Fault{At: at, Err: syscall.EIO, Forever: true})
		failed := db.ChangePassphrase(ctx, "another")
		if errors.As(failed, &doubt) {
			doubt = nil
			if failed = db.ChangePassphrase(ctx, "another"); !errors.As(failed, &doubt) {
				t.Fatalf("the second attempt is sure of what is in force: %v", failed)
			}
		}
		rec.Heal()
		if failed == nil {
			t.Fatal("every operation worked")
		}
	}
	if err := db.ChangePassphrase(ctx, "a third"); err != nil {
		t.Fatal(err)
	}
	rec.Fail(crash.Fault{At: 1, Err: syscall.EIO})
	if err := db.ChangePassphrase(ctx, "a fourth"); err == nil || errors.As(err, &doubt) {
		t.Errorf("once one has come through: %v", err)
	}
	rec.Heal()
	if _, err := OpenKey(memoryVault, Secret{Passphrase: "a third"}, opt); err != nil {
		t.Error(err)
	}
}
