package vault

import (
	"os"
	"path/filepath"
	"strings"

	"casekeep/vault/sealed"
)

// Scratch makes an empty folder beside dir, for what is to lie there once it is
// whole. Those of earlier tries that were cut off are removed, unless somebody
// is at work in them.
func Scratch(dir string) (string, error) {
	above, name := filepath.Split(filepath.Clean(dir))
	if above == "" {
		above = "."
	}
	begins := name + ".unfinished-"
	entries, err := os.ReadDir(above)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		left := filepath.Join(above, e.Name())
		if strings.HasPrefix(e.Name(), begins) && e.IsDir() && sealed.Free(left, sealed.Options{}) == nil {
			_ = os.RemoveAll(left) // sealed, so that what stays does no harm
		}
	}
	return os.MkdirTemp(above, begins+"*")
}
