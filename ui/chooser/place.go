package chooser

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casekeep/ui/folders"
)

// entry is something in a folder that can be chosen or opened.
type entry struct {
	name   string // as it is shown
	path   string
	folder bool
	whole  string // what the folder is, where it is taken whole
	all    int    // 0, or how many wanted files the folder holds: this row takes all
	wanted bool
	size   int64 // bytes
	at     time.Time
}

// split divides what was typed into a folder and the beginning of a name in
// it.
func split(typed string) (dir, part string) {
	typed = strings.Trim(strings.TrimSpace(typed), `"'`)
	typed = anew(strings.TrimPrefix(typed, "file://"))
	if typed == "" || typed == "~" {
		return folders.Home(), ""
	}
	i := strings.LastIndexFunc(typed, func(r rune) bool { return os.IsPathSeparator(uint8(min(r, 0x7f))) })
	if i < 0 {
		return folders.Home(), typed
	}
	return folders.Whole(typed[:i+1]), typed[i+1:]
}

// anew gives the path that was begun anew behind another one, "~//tmp/x".
func anew(typed string) string {
	for _, begin := range []string{"//", "/~/"} {
		if i := strings.LastIndex(typed, begin); i > 0 {
			typed = typed[i+1:]
		}
	}
	return typed
}

// read lists a folder: wanted files first, the newest of them at the top, then
// folders by name, then what else there is. Of a folder that is taken whole it
// lists nothing.
func read(dir string, ask Ask) ([]entry, error) {
	whole := ask.Whole
	if whole == nil {
		whole = func(string) string { return "" }
	}
	if whole(dir) != "" {
		return nil, nil
	}
	found, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []entry
	for _, f := range found {
		e := entry{name: f.Name(), path: filepath.Join(dir, f.Name())}
		info, err := os.Stat(e.path)
		if err != nil || info.Mode()&(fs.ModeDevice|fs.ModeSocket|fs.ModeNamedPipe) != 0 {
			continue
		}
		e.folder, e.size, e.at = info.IsDir(), info.Size(), info.ModTime()
		e.wanted = !e.folder && ask.Wanted != nil && ask.Wanted(e.name)
		if e.folder {
			e.whole = whole(e.path)
		}
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b entry) int {
		if c := cmp.Compare(rank(a), rank(b)); c != 0 {
			return c
		}
		if a.wanted {
			return b.at.Compare(a.at)
		}
		return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return all, nil
}

func rank(e entry) int {
	switch {
	case e.wanted:
		return 0
	case e.folder:
		return 1
	}
	return 2
}

// match gives the entries that fit what was typed of a name. Hidden ones, and
// files that are not wanted, show only when they are asked for.
func match(all []entry, part string, files bool) []entry {
	part = strings.ToLower(part)
	var found []entry
	for _, e := range all {
		name := strings.ToLower(e.name)
		hidden := strings.HasPrefix(name, ".") && !strings.HasPrefix(part, ".")
		switch {
		case !strings.Contains(name, part) || hidden:
		case !e.folder && (!files || !e.wanted && part == ""):
		default:
			found = append(found, e)
		}
	}
	return found
}

func wantedPaths(all []entry) []string {
	var paths []string
	for _, e := range all {
		if e.wanted {
			paths = append(paths, e.path)
		}
	}
	return paths
}
