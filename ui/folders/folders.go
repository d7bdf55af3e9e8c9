// Package folders writes and reads folders as people do.
package folders

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Short writes a folder with the home folder as "~".
func Short(dir string) string {
	home := Home()
	if dir == home {
		return "~"
	}
	if inside, ok := strings.CutPrefix(dir, home+string(filepath.Separator)); ok {
		return filepath.Join("~", inside)
	}
	return dir
}

// Whole reads what Short wrote, or a person typed. Empty is the home folder.
func Whole(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return Home()
	}
	if inside, ok := strings.CutPrefix(text, "~"); ok && (inside == "" || os.IsPathSeparator(inside[0])) {
		return filepath.Join(Home(), inside)
	}
	if whole, err := filepath.Abs(text); err == nil {
		return whole
	}
	return text
}

// Home gives the user's home folder, or the root where there is none.
func Home() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return string(filepath.Separator)
	}
	return home
}

// Documents gives the folder in which documents lie, or the home folder.
func Documents() string {
	if dir := filepath.Join(Home(), "Documents"); exists(dir) {
		return dir
	}
	return Home()
}

// Existing gives a folder, or the nearest one above it that is there.
func Existing(dir string) string {
	for !exists(dir) {
		above := filepath.Dir(dir)
		if above == dir {
			return Home()
		}
		dir = above
	}
	return dir
}

// Drives gives the folder in which other drives most often appear, or the home
// folder.
func Drives() string {
	for _, dir := range []string{"/Volumes", "/run/media", "/media"} {
		if found, err := os.ReadDir(dir); err == nil && len(found) > 0 {
			return dir
		}
	}
	return Home()
}

func exists(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}

// mostName bounds a name in a file's name, in bytes; file systems take 255 for
// the whole.
const mostName = 120

// FileName leaves out of a name what some file system does not allow; where
// nothing is left it is empty's.
func FileName(name, empty string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) {
			return ' '
		}
		return r
	}, name)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	for len(name) > mostName {
		runes := []rune(name)
		name = strings.TrimRight(string(runes[:len(runes)-1]), " .")
	}
	if name == "" {
		return empty
	}
	return name
}

// Free gives a file in a folder that does not exist yet, named so.
func Free(dir, name, ending string) string {
	path := filepath.Join(dir, name+ending)
	for n := 2; taken(path); n++ {
		path = filepath.Join(dir, fmt.Sprintf("%s %d%s", name, n, ending))
	}
	return path
}

func taken(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
