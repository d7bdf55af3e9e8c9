package sealed

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
)

func TestPassphrase(t *testing.T) {
	dir := newVault(t, 1, quick())
	for given, want := range map[string]error{
		"":                     ErrEmptyPassphrase,
		"wrong":                ErrPassphrase,
		passphrase + " ":       ErrPassphrase,
		strings.ToUpper("abc"): ErrPassphrase,
	} {
		if _, err := Open(dir, given, quick()); err != want {
			t.Errorf("%q: %v", given, err)
		}
		if _, err := Verify(ctx, dir, given, quick()); err != want {
			t.Errorf("verifying with %q: %v", given, err)
		}
	}
	wantSound(t, reopen(t, dir, quick()), 1)
}

// TestDamagedKey tells a damaged key from a wrong passphrase, by every byte.
func TestDamagedKey(t *testing.T) {
	dir := filepath.Join(scratch(t), "vault")
	if err := openNew(t, dir, 0, quick()).Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, keyFile)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 1
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(dir, passphrase, quick())
		var damage *DamagedError
		if !errors.As(err, &damage) || damage.File != keyFile {
			t.Fatalf("byte %d of %d: %v", at, len(whole), err)
		}
		if strings.Contains(err.Error(), "SECRET") {
			t.Fatalf("the error shows the key: %v", err)
		}
	}
}

// TestHostileKey gives key files that are not made to be opened.
func TestHostileKey(t *testing.T) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	toPassphrase := func(content string) []byte {
		to, err := age.NewScryptRecipient(passphrase)
		if err != nil {
			t.Fatal(err)
		}
		to.SetWorkFactor(4)
		return sealTo(t, to, content)
	}
	x25519, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	good := toPassphrase(id.String())
	dir := newVault(t, 0, quick())
	for what, key := range map[string][]byte{
		"missing":               nil,
		"empty":                 {},
		"text":                  []byte("hello"),
		"huge":                  make([]byte, maxKeyFile+1),
		"absurd work":           bytes.Replace(good, []byte(" 4\n"), []byte(" 23\n"), 1),
		"impossible work":       bytes.Replace(good, []byte(" 4\n"), []byte(" 4000000000\n"), 1),
		"sealed to a key":       sealTo(t, id.Recipient(), id.String()),
		"no identity":           toPassphrase("# nothing here\n"),
		"another kind of key":   toPassphrase(x25519.String()),
		"half an identity":      toPassphrase(id.String()[:60]),
		"a book":                toPassphrase(strings.Repeat("# it was a dark and stormy night\n", 10000)),
		"truncated":             good[:len(good)-1],
		"with something behind": append(bytes.Clone(good), 0),
	} {
		path := filepath.Join(dir, keyFile)
		if err := errors.Join(os.RemoveAll(path), os.RemoveAll(filepath.Join(dir, keySumFile))); err != nil {
			t.Fatal(err)
		}
		if key != nil {
			if err := os.WriteFile(path, key, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, err := Open(dir, passphrase, quick())
		var damage *DamagedError
		if !errors.As(err, &damage) || damage.File != keyFile {
			t.Errorf("%s: %v", what, err)
		}
		if err != nil && strings.Contains(err.Error(), "AGE-SECRET") {
			t.Errorf("%s: the error shows the key", what)
		}
	}
}

// TestAnotherVaultsKey opens a vault with a key that is whole but not its own.
func TestAnotherVaultsKey(t *testing.T) {
	dir, other := newVault(t, 1, quick()), newVault(t, 1, quick())
	for _, name := range []string{keyFile, keySumFile} {
		key, err := os.ReadFile(filepath.Join(other, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), key, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(dir, passphrase, quick()); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

func sealTo(t *testing.T, to age.Recipient, content string) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
