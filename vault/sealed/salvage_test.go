package sealed

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// wreck gives a vault with a base of some chunks and a journal with commits, as
// a crash leaves it, and the database that it holds.
func wreck(t *testing.T) (dir string, holds []byte, was Status) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 400, quick())
	if err := db.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	for n := 401; n <= 420; n++ {
		if err := insert(db, n); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Snapshot(ctx, nil, func(image Image) error {
		holds = whole(t, image)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	was = db.Status()
	crashed(t, db)
	return dir, holds, was
}

// change rewrites a file of a folder.
func change(t *testing.T, pattern string, f func([]byte) []byte) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) != 1 {
		t.Fatalf("%s: %v %v", pattern, paths, err)
	}
	b, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(paths[0], f(b), 0o600); err != nil {
		t.Fatal(err)
	}
}

func flip(at int) func([]byte) []byte {
	return func(b []byte) []byte {
		b[(at+len(b))%len(b)] ^= 1
		return b
	}
}

func cut(n int) func([]byte) []byte {
	return func(b []byte) []byte { return b[:len(b)-n] }
}

// inRecords damages a journal short of the zeros at its end.
func inRecords(damage func([]byte) []byte) func([]byte) []byte {
	return func(b []byte) []byte {
		records := bytes.TrimRight(b, "\x00")
		return append(damage(records), b[len(records):]...)
	}
}

// TestSalvage damages vaults and counts the pages of the database that come back
// as they were.
func TestSalvage(t *testing.T) {
	const perChunk = ageChunk / pageSize
	for _, c := range []struct {
		name   string
		file   string
		damage func([]byte) []byte
		lost   int // pages at most
		named  string
	}{
		{"whole", baseFile, flip(0), 0, ""}, // put right again below
		{"a chunk in the middle", baseFile, flip(3 * (ageChunk + ageOverhead)), perChunk, baseFile},
		{"the first chunk", baseFile, flip(5000), perChunk, baseFile},
		{"the end", baseFile, flip(-1), perChunk, baseFile},
		{"cut short", baseFile, cut(100), perChunk, baseFile},
		{"cut shorter", baseFile, cut(ageChunk + 100), 2 * perChunk, baseFile},
		{"the journal's last record", "records-*.journal", inRecords(flip(-1)), 80, ""},
		{"a record before it", "records-*.journal", inRecords(flip(-30000)), 300, "records"},
		{"the journal's first record", "records-*.journal", flip(200), 300, "records"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, holds, was := wreck(t)
			change(t, filepath.Join(dir, c.file), c.damage)
			if c.name == "whole" {
				change(t, filepath.Join(dir, c.file), c.damage)
			}
			k, image, damage, err := Salvage(ctx, dir, Secret{Passphrase: passphrase}, quick())
			if err != nil || k == nil || image == nil {
				t.Fatalf("%v %v: %v", image, damage, err)
			}
			defer image.Close()
			named := len(damage) == 0 && c.named == ""
			for _, d := range damage {
				named = named || bytes.HasPrefix([]byte(d.File), []byte(c.named))
			}
			if !named {
				t.Errorf("the damage is %v", damage)
			}
			if c.name == "whole" && (image.VaultID != was.VaultID || image.Position != was.Position) {
				t.Errorf("it is of %v at %v", image.VaultID, image.Position)
			}
			got := append(whole(t, image), make([]byte, max(0, len(holds)-int(image.Size())))...)
			lost := 0
			for at := 0; at < len(holds); at += pageSize {
				if !bytes.Equal(got[at:at+pageSize], holds[at:at+pageSize]) {
					lost++
				}
			}
			t.Logf("%d of %d pages lost: %v", lost, len(holds)/pageSize, damage)
			if lost > c.lost {
				t.Errorf("%d pages are lost", lost)
			}
		})
	}
}

// TestSalvageNothing meets vaults of which there is nothing to save, or no key.
func TestSalvageNothing(t *testing.T) {
	dir, _, _ := wreck(t)
	if _, _, _, err := Salvage(ctx, dir, Secret{Passphrase: "wrong"}, quick()); err != ErrPassphrase {
		t.Errorf("a wrong passphrase: %v", err)
	}
	change(t, filepath.Join(dir, baseFile), flip(10))
	k, image, damage, err := Salvage(ctx, dir, Secret{Passphrase: passphrase}, quick())
	if err != nil || k == nil || image != nil || len(damage) != 1 {
		t.Errorf("a header that is damaged: %v %v %v", image, damage, err)
	}
	if err := os.Remove(filepath.Join(dir, baseFile)); err != nil {
		t.Fatal(err)
	}
	if _, image, damage, err = Salvage(ctx, dir, Secret{Passphrase: passphrase}, quick()); err != nil || image != nil || len(damage) != 1 {
		t.Errorf("no base: %v %v %v", image, damage, err)
	}
	if _, _, _, err := Salvage(ctx, t.TempDir(), Secret{Passphrase: passphrase}, quick()); err != ErrNotVault {
		t.Errorf("no vault: %v", err)
	}
}
