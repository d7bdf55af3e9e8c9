package sealed

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRekeyForOthers cuts a re-key off after its key was in force, and finishes it
// for fewer: who knew that key must not know the one in the end.
func TestRekeyForOthers(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	old := h.db.Key()
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	err := h.db.Rekey(within, passphrase, h.holders(), func(done, total int64) {
		if done == total-70000 || done > 20000 {
			cancel()
		}
	})
	if err != context.Canceled {
		t.Fatal(err)
	}
	between := h.db.Key()
	if between.Name() == old.Name() {
		t.Fatal("the new key was not in force yet")
	}
	if err := h.db.AddHolder(ctx, "late", h.revoked.Recipient()); err != ErrRekeying {
		t.Errorf("a holder in the middle: %v", err)
	}
	if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
		t.Fatal(err)
	}
	if h.db.Key().Name() != between.Name() {
		t.Error("finishing it for the same made another key")
	}
	// Once more, and then without the executor.
	within, cancel = context.WithCancel(ctx)
	defer cancel()
	if err := h.db.Rekey(within, passphrase, h.holders(), func(done, total int64) {
		if done > 20000 {
			cancel()
		}
	}); err != context.Canceled {
		t.Fatal(err)
	}
	between = h.db.Key()
	h.revoked = h.staying["executor"]
	delete(h.staying, "executor")
	if err := h.db.Close(); err != nil {
		t.Fatal(err)
	}
	h.db = reopen(t, h.dir, quick())
	if !h.db.Status().Rekeying {
		t.Error("it is not said that a re-key waits")
	}
	if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
		t.Fatal(err)
	}
	h.onlyNew(t, between)
	if err := h.whole(h.db, 3, 3); err != nil {
		t.Error(err)
	}
}

// TestRekeyChangesOneHoldersKey gives a holder of the same name another key.
func TestRekeyChangesOneHoldersKey(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := h.db.Rekey(within, passphrase, h.holders(), func(done, total int64) {
		if done > 20000 {
			cancel()
		}
	}); err != context.Canceled {
		t.Fatal(err)
	}
	between := h.db.Key()
	h.revoked, h.staying["recovery"] = h.staying["recovery"], x25519(t)
	if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
		t.Fatal(err)
	}
	h.onlyNew(t, between)
	if err := h.whole(h.db, 3, 3); err != nil {
		t.Error(err)
	}
}

// TestRekeyPastDamage re-keys a vault of which an attachment is damaged.
func TestRekeyPastDamage(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	old := h.db.Key()
	bad := h.attach(t, strings.Repeat("long ", 50000))
	path := filepath.Join(h.dir, blobPath(bad))
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	err = h.db.Rekey(ctx, passphrase, h.holders(), nil)
	var left *UnsealedError
	if !errors.As(err, &left) || len(left.Damage) != 1 || left.Damage[0].File != blobPath(bad) || !h.db.Status().Rekeying {
		t.Fatalf("%v", err)
	}
	if open := openFiles(t, h.dir, old.identities()...); len(open) != 1 {
		t.Errorf("the old identity opens %v", open)
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, content) {
		t.Errorf("what was damaged was touched: %v", err)
	}
	delete(h.pictures, bad)
	if err := h.whole(h.db, 3, 3); err != nil {
		t.Error(err)
	}
	if err := h.db.RemoveBlob(bad); err != nil {
		t.Fatal(err)
	}
	if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
		t.Fatal(err)
	}
	h.onlyNew(t, old)
}
