package sealed

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// FuzzOpen replaces one file of a vault by anything. Opening ends in an error
// that tells of it or in a vault that is sound, and never in a panic.
func FuzzOpen(f *testing.F) {
	im, blob := aVault(f, 3, 2)
	names := []string{keyFile, keySumFile, baseFile, onlyJournal(f, im), blobPath(blob), lockFile}
	for i, name := range names {
		f.Add(uint8(i), 0, im.Files[name])
		f.Add(uint8(i), len(im.Files[name])/2, []byte("garbage"))
	}
	f.Fuzz(func(t *testing.T, which uint8, at int, patch []byte) {
		name := names[int(which)%len(names)]
		content := append([]byte(nil), im.Files[name]...)
		if at >= 0 && at < len(content) {
			content = append(content[:at], patch...)
		}
		dir := filepath.Join(t.TempDir(), "vault")
		if err := withFile(im, name, content).Write(dir); err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		db, err := Open(dir, passphrase, quick())
		if err != nil {
			if !recognized(err) && !errors.Is(err, ErrPassphrase) {
				t.Fatalf("%s: %v", name, err)
			}
			return
		}
		defer db.Close()
		if n, err := sound(db); err != nil || n < 3 || n > 5 {
			t.Fatalf("%s: %d entries, %v", name, n, err)
		}
	})
}
