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

// addHolder seals the identity of an open vault to somebody.
func addHolder(t testing.TB, db *DB, name string, to age.Recipient) {
	t.Helper()
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("# the vault\n" + db.keys.identity.String() + "\n")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(db.dir, holders), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(db.dir, holders, name+holderTail), sealed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func x25519(t testing.TB) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestHolderOpensTheVault(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 3, quick())
	executor, stranger := x25519(t), x25519(t)
	paper, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	addHolder(t, db, "Executor", executor.Recipient())
	addHolder(t, db, "Paper key", paper.Recipient())
	name, mac := db.Key().Name(), db.Key().MAC("a use")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		secret Secret
		holder string
		want   error
	}{
		{Secret{Passphrase: passphrase}, "", nil},
		{Secret{Identities: []age.Identity{executor}}, "Executor", nil},
		{Secret{Identities: []age.Identity{stranger, paper}}, "Paper key", nil},
		{Secret{Passphrase: "wrong", Identities: []age.Identity{executor}}, "Executor", nil},
		{Secret{Identities: []age.Identity{stranger}}, "", ErrNoHolder},
		{Secret{Passphrase: "wrong", Identities: []age.Identity{stranger}}, "", ErrPassphrase},
		{Secret{Passphrase: "wrong"}, "", ErrPassphrase},
		{Secret{}, "", ErrEmptyPassphrase},
	} {
		db, err := OpenWith(dir, c.secret, quick())
		if !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c.secret, err)
		}
		if err != nil {
			continue
		}
		wantSound(t, db, 3)
		if k := db.Key(); k.Holder() != c.holder || k.Name() != name || !bytes.Equal(k.MAC("a use"), mac) {
			t.Errorf("opened as %q, key %s", k.Holder(), k.Name())
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
	if report, err := VerifyWith(ctx, dir, Secret{Identities: []age.Identity{executor}}, quick()); err != nil || len(report.Problems) > 0 {
		t.Errorf("verifying as a holder: %v %v", report.Problems, err)
	}
}

// TestDamagedHolder passes a damaged file over where another one opens, and
// names it where none does.
func TestDamagedHolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 1, quick())
	id := x25519(t)
	addHolder(t, db, "A", id.Recipient())
	addHolder(t, db, "B", id.Recipient())
	path := filepath.Join(dir, holders, "A.age")
	sealed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sealed[len(sealed)-1] ^= 1
	if err := os.WriteFile(path, sealed, 0o600); err != nil {
		t.Fatal(err)
	}
	k, err := OpenKey(dir, Secret{Identities: []age.Identity{id}}, quick())
	if err != nil || k.Holder() != "B" {
		t.Fatalf("opened as %v: %v", k, err)
	}
	if err := os.Remove(filepath.Join(dir, holders, "B.age")); err != nil {
		t.Fatal(err)
	}
	var damage *DamagedError
	if _, err := OpenKey(dir, Secret{Identities: []age.Identity{id}}, quick()); !errors.As(err, &damage) || damage.File != "holders/A.age" {
		t.Errorf("got %v", err)
	}
}

func TestKeysTellThemselvesApart(t *testing.T) {
	a, b := openNew(t, filepath.Join(t.TempDir(), "a"), 0, quick()).Key(), openNew(t, filepath.Join(t.TempDir(), "b"), 0, quick()).Key()
	if a.Name() == b.Name() || len(a.Name()) != 32 || bytes.Equal(a.MAC("x"), b.MAC("x")) || bytes.Equal(a.MAC("x"), a.MAC("y")) {
		t.Error("two keys are alike")
	}
	var sealed bytes.Buffer
	w, err := a.Encrypt(&sealed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("hello there")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	plain, n, err := a.Decrypt(bytes.NewReader(sealed.Bytes()), int64(sealed.Len()))
	if err != nil || n != 11 {
		t.Fatalf("%d bytes: %v", n, err)
	}
	part := make([]byte, 5)
	if _, err := plain.ReadAt(part, 6); err != nil && string(part) != "there" || string(part) != "there" {
		t.Errorf("read %q: %v", part, err)
	}
	if _, _, err := b.Decrypt(bytes.NewReader(sealed.Bytes()), int64(sealed.Len())); err == nil {
		t.Error("another key opens it")
	}
}

func TestParseIdentities(t *testing.T) {
	classic := x25519(t).String()
	hybrid, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		keys int
		want string
	}{
		{"# created: 2026-11-25\n# public key: age1...\n" + classic + "\n", 1, ""},
		{classic + "\r\n\r\n  " + hybrid.String(), 2, ""},
		{"", 0, "holds no key"},
		{"# nothing\n", 0, "holds no key"},
		{"a shopping list\n", 0, "line 1"},
		{"\n" + classic[:40] + "\n", 0, "line 2"},
		{strings.Repeat("#\n", maxIdentityFile), 0, "too large"},
		{strings.Repeat("x", 100_000), 0, "holds no key"},
	} {
		ids, err := ParseIdentities(strings.NewReader(c.text))
		if len(ids) != c.keys || c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%.40q: %d keys, %v", c.text, len(ids), err)
		}
		if err != nil && strings.Contains(err.Error(), classic[16:30]) {
			t.Errorf("the error repeats the key: %v", err)
		}
	}
}
