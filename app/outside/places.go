package outside

import (
	"os"
	"path/filepath"
	"strings"

	"casekeep/app/place"
)

// prefix begins the name of every folder of copies.
const prefix = "casekeep-open-"

// places are where folders of copies may lie.
type places struct {
	memory []string // file systems in memory, the best first
	disk   string   // the user's cache; "": there is none
}

// system gives the places of this computer.
func system() places {
	var p places
	for _, dir := range memoryFolders() {
		if dir != "" && isMemory(dir) {
			p.memory = append(p.memory, dir)
		}
	}
	if dir, err := os.UserCacheDir(); err == nil {
		p.disk = dir
	}
	return p
}

func (p places) all() []string {
	if p.disk == "" {
		return p.memory
	}
	return append(append([]string(nil), p.memory...), p.disk)
}

// InMemory reports whether copies lie in memory on this computer, and not on
// its disk.
func InMemory() bool { return len(system().memory) > 0 }

// isFolderOfOurs reports whether a folder is one of copies that this user made.
// A link that somebody put there is none.
func isFolderOfOurs(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir() && place.Owned(info)
}

// foldersIn lists the folders of copies in a place.
func foldersIn(place string) []string {
	found, err := os.ReadDir(place)
	if err != nil {
		return nil
	}
	var list []string
	for _, entry := range found {
		path := filepath.Join(place, entry.Name())
		if strings.HasPrefix(entry.Name(), prefix) && isFolderOfOurs(path) {
			list = append(list, path)
		}
	}
	return list
}
