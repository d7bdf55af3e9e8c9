package sealed

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"casekeep/vault/sealed/disk/crash"
)

// linkedTo puts a link to a folder elsewhere in the place of one of the vault's.
func linkedTo(t *testing.T, dir, folder string) (elsewhere string) {
	t.Helper()
	elsewhere = filepath.Join(t.TempDir(), "elsewhere")
	own := filepath.Join(dir, filepath.FromSlash(folder))
	if err := os.MkdirAll(own, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(own, elsewhere); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"somebody.age", "somebody.age.new", strings.Repeat("ab", 16) + ".age.new", "letter.txt"} {
		if err := os.WriteFile(filepath.Join(elsewhere, name), []byte("another's"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(elsewhere, own); err != nil {
		t.Skip(err)
	}
	return elsewhere
}

// TestSweepsFollowNoLink puts links to other places into a vault, and does with it
// what removes files. Nothing is removed, added or changed there.
func TestSweepsFollowNoLink(t *testing.T) {
	for _, folder := range []string{holders, blobFolder, blobFolder + "/"} {
		t.Run(strings.ReplaceAll(folder, "/", "-in"), func(t *testing.T) {
			dir := newVault(t, 3, quick())
			db := reopen(t, dir, quick())
			b, err := db.PutBlob(ctx, strings.NewReader("a letter"))
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(folder, "/") {
				folder += b.Name[:2]
			}
			elsewhere := linkedTo(t, dir, folder)
			before, err := crash.ReadImage(elsewhere)
			if err != nil {
				t.Fatal(err)
			}
			db = reopen(t, dir, quick())
			defer db.Close()
			var linked *LinkedError
			if err := db.Rekey(ctx, passphrase, nil, nil); !errors.As(err, &linked) || linked.Folder != folder {
				t.Errorf("a re-key: %v", err)
			}
			if folder == holders {
				other, err := age.GenerateX25519Identity()
				if err != nil {
					t.Fatal(err)
				}
				if err := db.AddHolder(ctx, "executor", other.Recipient()); !errors.As(err, &linked) {
					t.Errorf("a holder: %v", err)
				}
				if err := db.DropHolder(ctx, "somebody"); !errors.As(err, &linked) {
					t.Errorf("a holder dropped: %v", err)
				}
			} else {
				if own, err := db.OwnBlobs(); err != nil || len(own) > 0 {
					t.Errorf("what a sweep goes through: %v, %v", own, err)
				}
				if all, err := db.Blobs(); err != nil || len(all) != 1 {
					t.Errorf("what is read: %v, %v", all, err)
				}
			}
			after, err := crash.ReadImage(elsewhere)
			same := func(a, b []byte) bool { return string(a) == string(b) }
			if err != nil || !maps.EqualFunc(before.Files, after.Files, same) {
				t.Errorf("elsewhere: %d files, %d before, %v", len(after.Files), len(before.Files), err)
			}
		})
	}
}

// TestSetAsideThatIsALink is not the vault's: a re-key leaves what it leads to.
func TestSetAsideThatIsALink(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	elsewhere := linkedTo(t, h.dir, setAside+"1")
	if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(elsewhere); err != nil || len(left) != 4 {
		t.Errorf("there are %v, %v", left, err)
	}
}
