package sealed

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
)

// TestRekeySealsOverWhatWasSetAside re-keys a vault beside which another base was
// kept, twice: who was revoked opens none of it, and it is there as it was.
func TestRekeySealsOverWhatWasSetAside(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	aside := filepath.Join(h.dir, setAside+"1")
	base, err := os.ReadFile(filepath.Join(h.dir, baseFile))
	if err != nil {
		t.Fatal(err)
	}
	const journal = "records-00.journal"
	err = errors.Join(os.MkdirAll(filepath.Join(aside, "folder"), 0o700), os.WriteFile(filepath.Join(aside, baseFile), base, 0o600),
		os.WriteFile(filepath.Join(aside, journal), append([]byte("frame"), base...), 0o600),
		os.WriteFile(filepath.Join(aside, baseFile+overTail+unfinished), base, 0o600), os.WriteFile(filepath.Join(h.dir, setAside+"note"), nil, 0o600))
	if err != nil {
		t.Fatal(err)
	}
	keys := []*Key{h.db.Key()}
	for range 2 {
		if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
			t.Fatal(err)
		}
		for _, old := range keys {
			h.onlyNew(t, old)
		}
		keys = append(keys, h.db.Key())
	}
	for name, want := range map[string][]byte{baseFile: base, journal: append([]byte("frame"), base...)} {
		content, err := os.ReadFile(filepath.Join(aside, name+strings.Repeat(overTail, 2)))
		for _, k := range []*Key{keys[2], keys[1]} {
			if err == nil {
				content, err = plainOf(content, k)
			}
		}
		if err != nil || !bytes.Equal(content, want) {
			t.Errorf("%s is %d bytes of %d: %v", name, len(content), len(want), err)
		}
	}
	if left, err := os.ReadDir(aside); err != nil || len(left) != 3 {
		t.Errorf("there are %v, %v", left, err)
	}
}

func plainOf(content []byte, k *Key) ([]byte, error) {
	plain, err := age.Decrypt(bytes.NewReader(content), k.identity)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(plain)
}
