// Package folders writes and reads folders as people do.
package folders

import (
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

func exists(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}
