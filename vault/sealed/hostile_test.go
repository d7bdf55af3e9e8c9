package sealed

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
)

// soon is how long a hostile key file may keep anybody waiting on a slow and
// busy machine; the dearest one costs twice the scrypt of our own.
const soon = 5 * time.Second

// wantRefused opens a vault with a hostile key file in it.
func wantRefused(t *testing.T, what, dir string, s Secret, file string) {
	t.Helper()
	begun := time.Now()
	_, err := openOnce(dir, s)
	var damage *DamagedError
	notTheirs := err == ErrNoHolder && s.Identities != nil // whole, and sealed to nobody known
	if !notTheirs && (!errors.As(err, &damage) || damage.File != file) {
		t.Errorf("%s: %v", what, err)
	}
	if took := time.Since(begun); took > soon {
		t.Errorf("%s: it took %v", what, took)
	}
	if err != nil && (strings.Contains(err.Error(), "AGE-SECRET") || len(err.Error()) > 500) {
		t.Errorf("%s: not fit to be shown: %.600s", what, err)
	}
}

// openOnce opens a vault and closes it.
func openOnce(dir string, s Secret) (Status, error) {
	db, err := OpenWith(dir, s, quick())
	if err != nil {
		return Status{}, err
	}
	return db.Status(), db.Close()
}

// hostileHeaders gives age files that no key should have to be tried on for long.
func hostileHeaders() map[string][]byte {
	const intro = "age-encryption.org/v1\n"
	mac := "--- " + base64.RawStdEncoding.EncodeToString(make([]byte, 32)) + "\n"
	body := base64.RawStdEncoding.EncodeToString(make([]byte, 32)) + "\n"
	salt := base64.RawStdEncoding.EncodeToString(make([]byte, 16))
	tail := strings.Repeat("\x00", 32)
	scrypt := func(work string) string { return "-> scrypt " + salt + " " + work + "\n" + body }
	share := base64.RawStdEncoding.EncodeToString(make([]byte, 32))
	return map[string][]byte{
		"nothing":                    {},
		"an intro alone":             []byte(intro),
		"no stanza":                  []byte(intro + mac + tail),
		"an unknown stanza":          []byte(intro + "-> piv-p256 abc def\n" + body + mac + tail),
		"work of 22":                 []byte(intro + scrypt("22") + mac + tail),
		"work of 20":                 []byte(intro + scrypt("20") + mac + tail),
		"work of 64":                 []byte(intro + scrypt("64") + mac + tail),
		"work of a googol":           []byte(intro + scrypt("1"+strings.Repeat("0", 100)) + mac + tail),
		"negative work":              []byte(intro + scrypt("-1") + mac + tail),
		"work in words":              []byte(intro + scrypt("eighteen") + mac + tail),
		"no salt":                    []byte(intro + "-> scrypt 10\n" + body + mac + tail),
		"two scrypt stanzas":         []byte(intro + scrypt("4") + scrypt("4") + mac + tail),
		"hundreds of scrypt stanzas": []byte(intro + strings.Repeat(scrypt("18"), 500) + mac + tail),
		"scrypt among others":        []byte(intro + "-> X25519 " + share + "\n" + body + scrypt("18") + mac + tail),
		"hundreds of X25519 stanzas": []byte(intro + strings.Repeat("-> X25519 "+share+"\n"+body, 600) + mac + tail),
		"an endless line":            []byte(intro + "-> scrypt " + strings.Repeat("A", 60000)),
		"an endless body":            []byte(intro + "-> scrypt " + salt + " 4\n" + strings.Repeat(strings.Repeat("A", 64)+"\n", 900) + mac + tail),
		"a header without end":       []byte(intro + strings.Repeat("-> x y\n\n", 8000)),
		"a header of 3 MiB":          []byte(intro + strings.Repeat("-> x y\n\n", 400_000) + mac + tail),
		"an armored file":            []byte("-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n-----END AGE ENCRYPTED FILE-----\n"),
		"zeros":                      make([]byte, 64<<10),
	}
}

// TestHostileKeyFiles puts each in the place of key.age, and of a holder's file.
func TestHostileKeyFiles(t *testing.T) {
	dir := filepath.Join(scratch(t), "vault")
	db := openNew(t, dir, 1, quick())
	executor := x25519(t)
	if err := db.AddHolder(ctx, "executor", executor.Recipient()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	paths := map[string]Secret{keyFile: {Passphrase: passphrase}, holders + "/executor.age": {Identities: []age.Identity{executor}}}
	for file, secret := range paths {
		path := filepath.Join(dir, file)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for what, content := range hostileHeaders() {
			write(t, path, content)
			wantRefused(t, file+": "+what, dir, secret, file)
		}
		for n := range whole {
			write(t, path, whole[:n])
			wantRefused(t, fmt.Sprintf("%s of %d bytes", file, n), dir, secret, file)
		}
		write(t, path, whole)
	}
	if _, err := openOnce(dir, Secret{Passphrase: passphrase}); err != nil {
		t.Error(err)
	}
}

func write(t testing.TB, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestHostilePlaces puts something that is no file in the place of a key file, and
// files that are too many or too large to be read.
func TestHostilePlaces(t *testing.T) {
	secret := Secret{Passphrase: passphrase}
	executor := x25519(t)
	asHolder := Secret{Identities: []age.Identity{executor}}
	link := func(path string) error { return os.Symlink(filepath.Base(path), path) }
	mkdir := func(path string) error { return os.Mkdir(path, 0o700) }
	huge := func(path string) error { return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 1<<30)) }
	for _, c := range []struct {
		what, file string
		secret     Secret
		put        func(path string) error
	}{
		{"a folder", keyFile, secret, mkdir},
		{"a link to itself", keyFile, secret, link},
		{"a GiB", keyFile, secret, huge},
		{"a pipe", keyFile, secret, mkfifo},
		{"a file", holders, asHolder, func(path string) error { return os.WriteFile(path, nil, 0o600) }},
		{"a link to itself", holders, asHolder, link},
		{"a folder", holders + "/executor.age", asHolder, mkdir},
		{"a link to itself", holders + "/executor.age", asHolder, link},
		{"a GiB", holders + "/executor.age", asHolder, huge},
		{"a pipe", holders + "/executor.age", asHolder, mkfifo},
	} {
		dir := newVault(t, 1, quick())
		path := filepath.Join(dir, c.file)
		if c.file != holders {
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(os.RemoveAll(path), c.put(path)); err != nil {
			t.Fatal(err)
		}
		wantRefused(t, c.file+" is "+c.what, dir, c.secret, c.file)
	}
}

// TestManyHolders opens a vault whose folder of holders is full of what is none.
func TestManyHolders(t *testing.T) {
	dir := filepath.Join(scratch(t), "vault")
	db := openNew(t, dir, 1, quick())
	executor := x25519(t)
	if err := db.AddHolder(ctx, "executor", executor.Recipient()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	stranger, _, err := NewHolderKey()
	if err != nil {
		t.Fatal(err)
	}
	id, err := age.ParseHybridIdentity(stranger)
	if err != nil {
		t.Fatal(err)
	}
	decoy := sealTo(t, id.Recipient(), "# nothing\n")
	for n := range 10_000 {
		write(t, filepath.Join(dir, holders, fmt.Sprintf("zz%05d.age", n)), decoy)
	}
	if err := os.Truncate(filepath.Join(dir, holders, "zz00000.age"), 1<<30); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if _, err := openOnce(dir, Secret{Identities: []age.Identity{executor}}); err != nil {
		t.Errorf("the holder: %v", err)
	}
	if _, err := openOnce(dir, Secret{Passphrase: passphrase}); err != nil {
		t.Errorf("the passphrase: %v", err)
	}
	wantRefused(t, "a stranger", dir, Secret{Identities: []age.Identity{x25519(t)}}, holders)
	own, _, err := NewHolderKey()
	if err != nil {
		t.Fatal(err)
	}
	ids, err := ParseTyped(own)
	if err != nil {
		t.Fatal(err)
	}
	wantRefused(t, "a stranger with a post-quantum key", dir, Secret{Identities: ids}, holders)
	t.Logf("%v for four attempts", time.Since(begun))
}

// FuzzKeyFile opens key.age of any content: never a panic and never long, and what
// opens can be sealed again.
func FuzzKeyFile(f *testing.F) {
	k, err := NewKey()
	if err != nil {
		f.Fatal(err)
	}
	good, err := sealWith(k, passphrase, 4)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	for _, content := range hostileHeaders() {
		if len(content) <= maxKeyFile {
			f.Add(content)
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		begun := time.Now()
		opened, err := openSealed(content, passphrase)
		if took := time.Since(begun); took > soon {
			t.Errorf("it took %v", took)
		}
		if err == nil {
			if _, err := sealWith(opened, passphrase, 4); err != nil {
				t.Errorf("what opens cannot be sealed again: %v", err)
			}
		}
		if err != nil && strings.Contains(err.Error(), "AGE-SECRET") {
			t.Error("the error shows a key")
		}
	})
}

// FuzzParseKey reads the inside of key files of any content.
func FuzzParseKey(f *testing.F) {
	k, err := NewKey()
	if err != nil {
		f.Fatal(err)
	}
	other, err := NewKey()
	if err != nil {
		f.Fatal(err)
	}
	both := k.Beside(other)
	both.set = "ab12"
	f.Add(k.text())
	f.Add(both.text())
	f.Add([]byte("# nothing\n\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		k, err := parseKey(bytes.NewReader(text))
		if err != nil {
			return
		}
		again, err := parseKey(bytes.NewReader(k.text()))
		if err != nil || !bytes.Equal(again.text(), k.text()) {
			t.Errorf("what parses must read the same again: %v", err)
		}
	})
}
