package sealed

import (
	"bytes"
	"testing"
	"time"

	"filippo.io/age"
)

// TestEnvelopesAreUsedOnce takes envelopes that were prepared and ones that were
// not: each is another file, under another key.
func TestEnvelopesAreUsedOnce(t *testing.T) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	k, err := newKeys(id)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i := range 20 {
		if i%2 == 0 {
			k.envelopes.prepare()
			for k.envelopes.next.Load() == nil {
				time.Sleep(time.Millisecond)
			}
		}
		sealed, err := k.seal([]byte("frame"), []byte("the same content"))
		if err != nil {
			t.Fatal(err)
		}
		file, ok := bytes.CutPrefix(sealed, []byte("frame"))
		if plain, err := k.open(file); !ok || err != nil || string(plain) != "the same content" {
			t.Fatalf("%q, %v", plain, err)
		}
		header := string(file[:len(file)-len("the same content")-ageOverhead])
		if seen[header] {
			t.Fatal("two files share their header, and so their key")
		}
		seen[header] = true
	}
}
