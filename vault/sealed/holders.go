package sealed

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
)

// Holders gives the names of those beside the passphrase whose keys open the
// vault in a folder, sorted.
func Holders(dir string, opt Options) ([]string, error) {
	files, err := opt.withDefaults().Files.List(filepath.Join(dir, holders))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, reading(err)
	}
	var names []string
	for _, file := range files {
		if name, ok := strings.CutSuffix(file, holderTail); ok {
			names = append(names, name)
		}
	}
	return names, nil
}
