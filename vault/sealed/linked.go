package sealed

import (
	"fmt"
	"path/filepath"

	"casekeep/vault/sealed/disk"
)

// A folder of the vault that is a link leads to a place that may be somebody
// else's. What was put there is read, but no sweep goes there, and no key file is
// written or removed there.

// LinkedError says that a folder of the vault is a link to another place, where
// nothing is changed for a key.
type LinkedError struct {
	Folder string // relative to the vault's, with slashes
}

func (e *LinkedError) Error() string {
	return fmt.Sprintf("the folder %s in the vault's folder is a link to another place, where nothing is sealed anew or removed: "+
		"put the folder itself in the place of the link, and try again", e.Folder)
}

// isLinked reports whether a name in the vault's folder leads elsewhere.
func (db *DB) isLinked(rel string) bool { return isLinked(db.files, db.path(rel)) }

func isLinked(files disk.Files, path string) bool {
	s, err := files.Stamp(path)
	return err == nil && s.Kind == disk.Link
}

// unlinked refuses where one of the folders of which every file is to be changed
// is a link.
func (db *DB) unlinked() error {
	for _, folder := range []string{holders, blobFolder} {
		if db.isLinked(folder) {
			return &LinkedError{folder}
		}
	}
	folders, err := db.files.List(db.path(blobFolder))
	if err != nil {
		return nil // none are there, or whoever needs them says why not
	}
	for _, folder := range folders {
		if rel := blobFolder + "/" + folder; len(folder) == blobFolderName && db.isLinked(rel) {
			return &LinkedError{rel}
		}
	}
	return nil
}

// ownBlobs keeps those of a list of blobs that lie in no linked folder.
func (db *DB) ownBlobs(names []string) (own []string) {
	if db.isLinked(blobFolder) {
		return nil
	}
	linked := map[string]bool{}
	for _, name := range names {
		folder := filepath.Dir(blobPath(name))
		if _, known := linked[folder]; !known {
			linked[folder] = db.isLinked(folder)
		}
		if !linked[folder] {
			own = append(own, name)
		}
	}
	return own
}
