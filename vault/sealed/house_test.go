package sealed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"casekeep/vault/sealed/disk/crash"
)

// A house is a vault with holders: those who stay over a re-key, and one who is
// revoked by it.
type house struct {
	dir      string
	db       *DB
	staying  map[string]*age.X25519Identity
	revoked  *age.X25519Identity
	pictures map[string]string // names of attachments to content
}

func newHouse(t testing.TB, dir string, opt Options) *house {
	t.Helper()
	h := &house{dir: dir, db: openNew(t, dir, 3, opt), revoked: x25519(t), pictures: map[string]string{},
		staying: map[string]*age.X25519Identity{"executor": x25519(t), "recovery": x25519(t)}}
	for name, id := range h.staying {
		if err := h.db.AddHolder(ctx, name, id.Recipient()); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.db.AddHolder(ctx, "former", h.revoked.Recipient()); err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		h.attach(t, fmt.Sprint("picture ", n, strings.Repeat(".", n*70000)))
	}
	return h
}

func (h *house) attach(t testing.TB, content string) string {
	t.Helper()
	b, err := h.db.PutBlob(ctx, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	h.pictures[b.Name] = content
	return b.Name
}

// holders gives who is to be a holder.
func (h *house) holders() map[string]age.Recipient {
	to := map[string]age.Recipient{}
	for name, id := range h.staying {
		to[name] = id.Recipient()
	}
	return to
}

// secrets gives all that must open the vault.
func (h *house) secrets() map[string]Secret {
	all := map[string]Secret{"": {Passphrase: passphrase}}
	for name, id := range h.staying {
		all[name] = Secret{Identities: []age.Identity{id}}
	}
	return all
}

// opened opens the vault in dir in each way that must, and looks at all of it.
func (h *house) opened(dir string, least, most int) error {
	for name, s := range h.secrets() {
		if err := h.openedWith(dir, s, least, most); err != nil {
			return fmt.Errorf("opened by %q: %w", name, err)
		}
	}
	return nil
}

func (h *house) openedWith(dir string, s Secret, least, most int) (err error) {
	opt := quick()
	db, err := OpenWith(dir, s, opt)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return h.whole(db, least, most)
}

func (h *house) whole(db *DB, least, most int) error {
	n, err := sound(db)
	if err != nil || n < least || n > most {
		return fmt.Errorf("%d entries of %d to %d: %w", n, least, most, err)
	}
	for name, content := range h.pictures {
		got, err := readBlob(db, name)
		if err != nil || got != content {
			return fmt.Errorf("attachment %s: %d bytes: %w", name, len(got), err)
		}
	}
	return nil
}

func readBlob(db *DB, name string) (string, error) {
	r, err := db.OpenBlob(name)
	if err != nil {
		return "", err
	}
	content, err := io.ReadAll(r)
	return string(content), errors.Join(err, r.Close())
}

// openFiles gives the files of a folder of which one of the identities opens
// something.
func openFiles(t testing.TB, dir string, ids ...age.Identity) []string {
	t.Helper()
	image, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	return filesThatOpen(image, ids)
}

// filesThatOpen looks at each age file, of which a journal has many.
func filesThatOpen(im crash.Image, ids []age.Identity) (names []string) {
	for name, content := range im.Files {
		for rest := content; ; rest = rest[1:] {
			at := bytes.Index(rest, []byte("age-encryption.org/v1\n"))
			if at < 0 {
				break
			}
			rest = rest[at:]
			if _, err := age.Decrypt(bytes.NewReader(rest), ids...); err == nil {
				names = append(names, name)
				break
			}
		}
	}
	slices.Sort(names)
	return names
}

func (h *house) onlyNew(t testing.TB, old *Key) {
	t.Helper()
	if left := openFiles(t, h.dir, old.identities()...); len(left) > 0 {
		t.Errorf("the old identity opens %v", left)
	}
	if left := openFiles(t, h.dir, h.revoked); len(left) > 0 {
		t.Errorf("the revoked holder opens %v", left)
	}
	for name, s := range h.secrets() {
		k, err := OpenKey(h.dir, s, quick())
		if err != nil || len(k.others) > 0 || k.set != "" || k.Name() == old.Name() {
			t.Errorf("the key file of %q: %v, %v", name, k != nil && len(k.others) > 0, err)
		}
	}
	names, err := Holders(h.dir, quick())
	if want := slices.Sorted(maps.Keys(h.staying)); err != nil || !slices.Equal(names, want) {
		t.Errorf("the holders are %v, %v", names, err)
	}
}
