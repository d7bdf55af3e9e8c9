package produce

import (
	"path/filepath"
	"time"

	"casekeep/ui/folders"
)

// target proposes the file that a record goes into: one that does not exist.
func target(dir, client string, on time.Time) string {
	return folders.Free(dir, folders.FileName(client, "Client")+" record "+on.Format(time.DateOnly), ".pdf")
}

// written reads a path as it was typed, and gives it the ending of a PDF where
// it has none.
func written(typed string) string {
	path := folders.Whole(typed)
	if filepath.Ext(path) == "" {
		path += ".pdf"
	}
	return path
}
