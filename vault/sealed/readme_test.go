package sealed

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The text of an earlier version is renewed with the next checkpoint; what somebody
// wrote stays to the byte.
func TestReadmeIsRenewed(t *testing.T) {
	earlier, err := os.ReadFile(filepath.Join("..", "testdata", "schema-1.casekeep", readmeFile))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ before, after string }{
		"an earlier version's": {string(earlier), Readme},
		"somebody's own":       {"Ask Maria.\n" + string(earlier), "Ask Maria.\n" + string(earlier)},
		"this version's":       {Readme, Readme},
	} {
		dir := filepath.Join(t.TempDir(), "v")
		db := openNew(t, dir, 3, quick())
		path := filepath.Join(dir, readmeFile)
		if err := os.WriteFile(path, []byte(c.before), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := db.Checkpoint(ctx); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != c.after {
			t.Errorf("%s: %v, %.60q", name, err, got)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// The present text is none of the earlier ones: whoever changes it adds the sum of
// what it was, and takes none away.
func TestReadmeIsNoEarlierOne(t *testing.T) {
	sum := sha256.Sum256([]byte(Readme))
	if hex.EncodeToString(sum[:]) != presentReadme {
		t.Errorf("the text of README.txt was changed: add %s to earlierReadmes, and put the new sum %x here", presentReadme, sum)
	}
	if slices.Contains(earlierReadmes, presentReadme) {
		t.Error("the present text would be renewed for ever")
	}
}

const presentReadme = "11520460d5b45d10226bad9a61497cb08a45584798f958bfdef2fee090d5e8f7"
