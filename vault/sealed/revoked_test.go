package sealed

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"casekeep/vault/sealed/disk/crash"
)

// TestRevokedOpensNothingNew cuts a re-key off right after the base was exchanged,
// and goes on working: whatever was written since, the old identity opens none of
// it, though attachments of before are still sealed to it.
func TestRevokedOpensNothingNew(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	old := h.db.Key()
	before := maps.Clone(h.pictures)
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	err := h.db.Rekey(within, passphrase, h.holders(), func(done, total int64) { cancel() })
	if !errors.Is(err, context.Canceled) || h.db.Key().Name() == old.Name() {
		t.Fatalf("the base was to be exchanged: %v", err)
	}
	for n := 4; n <= 9; n++ {
		if err := insert(h.db, n); err != nil {
			t.Fatal(err)
		}
	}
	h.attach(t, "said since")
	if err := h.db.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	if err := insert(h.db, 10); err != nil {
		t.Fatal(err)
	}
	crashed(t, h.db)
	old = old.Each()[0]
	open := openFiles(t, h.dir, old.identities()...)
	for _, name := range open {
		was := false
		for picture := range before {
			was = was || name == blobPath(picture)
		}
		if !was {
			t.Errorf("the old identity opens %s", name)
		}
	}
	if len(open) == 0 {
		t.Error("nothing was left of the old identity: the re-key was not cut off")
	}
	if _, err := OpenWith(h.dir, Secret{Identities: []age.Identity{h.revoked}}, quick()); err != ErrNoHolder {
		t.Errorf("the revoked holder: %v", err)
	}
	image, err := crash.ReadImage(h.dir)
	if err != nil {
		t.Fatal(err)
	}
	for name := range h.staying {
		dir := filepath.Join(t.TempDir(), name)
		if err := image.Write(dir); err != nil {
			t.Fatal(err)
		}
		if err := h.openedWith(dir, h.secrets()[name], 10, 10); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
