package app

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// export is a file that somebody else's program wrote, to be imported.
type export struct {
	name string // without its folder
	size int64  // bytes
	open func() (io.ReadCloser, error)
}

// openExports looks at the files that are named, before any is read.
func openExports(paths []string) ([]export, error) {
	if len(paths) == 0 {
		return nil, errors.New("say which file to import")
	}
	var files []export
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, cannotRead(path, err)
		}
		if info.IsDir() {
			return nil, fmt.Errorf("%s is a folder: choose the file in it", filepath.Base(path))
		}
		files = append(files, export{filepath.Base(path), info.Size(), func() (io.ReadCloser, error) {
			f, err := os.Open(path)
			if err != nil {
				return nil, cannotRead(path, err)
			}
			return f, nil
		}})
	}
	return files, nil
}

func cannotRead(file string, err error) error {
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("there is no file %s", file)
	case errors.Is(err, os.ErrPermission):
		return fmt.Errorf("you have no permission to read %s", file)
	}
	return fmt.Errorf("%s cannot be read: %w", file, err)
}
