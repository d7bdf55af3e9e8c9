package sealed

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestReadmeInARekey opens the folder with the age that everybody has: before,
// in the middle of a re-key, wherever that was cut off, and after it.
func TestReadmeInARekey(t *testing.T) {
	age, sqlite := tool(t, "age"), tool(t, "sqlite3")
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	byHand := func(when string) {
		t.Helper()
		scratch := t.TempDir()
		decrypt := func(from, to string) string {
			cmd := exec.Command(age, "-d", "-i", "key.age", "-o", filepath.Join(scratch, to), from)
			cmd.Dir = h.dir
			onTerminal(t, cmd, passphrase)
			return filepath.Join(scratch, to)
		}
		db := decrypt(baseFile, "records.db")
		out, err := exec.Command(sqlite, db, "PRAGMA integrity_check; SELECT count(*) > 0 FROM entries").CombinedOutput()
		if err != nil || string(out) != "ok\n1\n" {
			t.Errorf("%s: %v: %s", when, err, out)
		}
		for name, content := range h.pictures {
			got, err := os.ReadFile(decrypt(blobPath(name), name))
			if err != nil || string(got) != content {
				t.Errorf("%s: attachment %s: %v", when, name, err)
			}
		}
		// As a holder: first the vault's key, then with that.
		own := filepath.Join(scratch, "my-key.txt")
		if err := os.WriteFile(own, []byte(h.staying["executor"].String()+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		vaultKey := filepath.Join(scratch, "vault-key.txt")
		for _, args := range [][]string{
			{"-d", "-i", own, "-o", vaultKey, holders + "/executor.age"},
			{"-d", "-i", vaultKey, "-o", filepath.Join(scratch, "again.db"), baseFile},
		} {
			cmd := exec.Command(age, args...)
			cmd.Dir = h.dir
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: age %v: %v\n%s", when, args, err, out)
			}
		}
		if out, err := exec.Command("sh", "-c", "cd '"+h.dir+"' && sha256sum -c key.age.sha256").CombinedOutput(); err != nil {
			t.Errorf("%s: the key's checksum: %v\n%s", when, err, out)
		}
	}
	for n := 4; n < 300; n++ { // a base of several pieces
		if err := insert(h.db, n); err != nil {
			t.Fatal(err)
		}
	}
	old := h.db.Key().Name()
	if err := h.db.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	byHand("before")
	for _, c := range []struct {
		cut  func(done, total int64) bool
		when string
	}{
		{func(done, total int64) bool { return done > 0 }, "before the exchange"},
		{func(done, total int64) bool { return h.db.Key().Name() != old }, "after it"},
		{func(done, total int64) bool { return total-done < 200_000 }, "among the attachments"},
	} {
		within, cancel := context.WithCancel(ctx)
		err := h.db.Rekey(within, passphrase, h.holders(), func(done, total int64) {
			if c.cut(done, total) {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) || !h.db.Status().Rekeying {
			t.Fatalf("%s: %v", c.when, err)
		}
		if before := h.db.Key().Name() == old; before != (c.when == "before the exchange") {
			t.Errorf("%s: the old key is in force: %v", c.when, before)
		}
		byHand(c.when)
	}
	if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
		t.Fatal(err)
	}
	byHand("afterwards")
}
