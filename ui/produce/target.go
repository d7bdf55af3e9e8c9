package produce

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"casekeep/ui/folders"
)

// target proposes the file that a record goes into: one that does not exist.
func target(dir, client string, on time.Time) string {
	name := fileName(client) + " record " + on.Format(time.DateOnly)
	path := filepath.Join(dir, name+".pdf")
	for n := 2; taken(path); n++ {
		path = filepath.Join(dir, fmt.Sprintf("%s %d.pdf", name, n))
	}
	return path
}

func taken(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// mostName bounds a client's name in a file's name, in bytes; file systems
// take 255 for the whole.
const mostName = 120

// fileName leaves out of a name what some file system does not allow.
func fileName(client string) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) {
			return ' '
		}
		return r
	}, client)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	for len(name) > mostName {
		runes := []rune(name)
		name = strings.TrimRight(string(runes[:len(runes)-1]), " .")
	}
	if name == "" {
		return "Client"
	}
	return name
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
