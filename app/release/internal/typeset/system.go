package typeset

import (
	"cmp"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// candidate is a font on this computer that may have what Noto Sans lacks. Its
// coverage is read when it is first asked for.
type candidate struct {
	path   string
	index  int // within a collection
	family string
	emoji  bool

	once sync.Once
	cmap font.Cmap // nil: unreadable
}

// has reports whether the font has a glyph for a character.
func (c *candidate) has(r rune) bool {
	c.once.Do(c.readCoverage)
	if c.cmap == nil {
		return false
	}
	_, ok := c.cmap.Lookup(r)
	return ok
}

func (c *candidate) readCoverage() {
	file, err := os.Open(c.path)
	if err != nil {
		return
	}
	defer file.Close()
	loaders, err := opentype.NewLoaders(file)
	if err != nil || c.index >= len(loaders) {
		return
	}
	raw, err := loaders[c.index].RawTable(opentype.MustNewTag("cmap"))
	if err != nil {
		return
	}
	table, _, err := tables.ParseCmap(raw)
	if err != nil {
		return
	}
	if cmap, _, err := font.ProcessCmap(table, tables.FPNone); err == nil {
		c.cmap = cmap
	}
}

// systemFonts lists this computer's fonts, once a run of the program.
var systemFonts = sync.OnceValue(func() []*candidate { return scan(systemFolders()) })

// systemFolders gives where this operating system keeps fonts.
func systemFolders() []string {
	var folders []string
	add := func(base string, below ...string) {
		if filepath.IsAbs(base) { // an unset variable must not mean the current folder
			folders = append(folders, filepath.Join(append([]string{base}, below...)...))
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	switch runtime.GOOS {
	case "windows":
		add(os.Getenv("WINDIR"), "Fonts")
		add(os.Getenv("LOCALAPPDATA"), "Microsoft", "Windows", "Fonts")
	case "darwin":
		add("/System/Library/Fonts")
		add("/Library/Fonts")
		add(home, "Library", "Fonts")
	default:
		add("/usr/share/fonts")
		add("/usr/local/share/fonts")
		for _, base := range filepath.SplitList(os.Getenv("XDG_DATA_DIRS")) {
			add(base, "fonts")
		}
		add(home, ".local", "share", "fonts")
		add(home, ".fonts")
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// scan lists the upright fonts of normal weight below the folders, in the
// order in which they are asked. What cannot be read is passed over: it is
// another program's file.
func scan(folders []string) []*candidate {
	var found []*candidate
	for _, folder := range folders {
		filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return nil
			}
			switch strings.ToLower(filepath.Ext(path)) {
			case ".ttf", ".otf", ".ttc", ".otc":
				found = append(found, describe(path)...)
			}
			return nil
		})
	}
	slices.SortFunc(found, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(rank(a.family), rank(b.family)), cmp.Compare(a.family, b.family),
			cmp.Compare(a.path, b.path), cmp.Compare(a.index, b.index))
	})
	return found
}

// rank prefers the families that go with Noto Sans, and keeps fixed-width
// and last-resort fonts for the end.
func rank(family string) int {
	name := strings.ToLower(family)
	switch {
	case strings.Contains(name, "mono") || strings.Contains(name, "unifont") || strings.Contains(name, "lastresort") ||
		strings.Contains(name, "last resort"):
		return 9
	case strings.HasPrefix(name, "noto sans"):
		return 0
	case strings.HasPrefix(name, "noto"):
		return 2
	case strings.Contains(name, "serif"):
		return 3
	}
	return 1
}

func describe(path string) []*candidate {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	loaders, err := opentype.NewLoaders(file)
	if err != nil {
		return nil
	}
	var found []*candidate
	for index, loader := range loaders {
		about, _ := font.Describe(loader, nil)
		if about.Aspect.Style == font.StyleItalic || !embeddable(loader) {
			continue
		}
		emoji := colored(loader)
		if !emoji && (about.Aspect.Weight < 350 || about.Aspect.Weight > 550) {
			continue
		}
		found = append(found, &candidate{path: path, index: index, family: about.Family, emoji: emoji})
	}
	return found
}

// colored reports whether a font's glyphs bring their own colors in a form
// that can be drawn.
func colored(loader *opentype.Loader) bool {
	for _, tag := range []string{"CBDT", "sbix", "COLR"} {
		if loader.HasTable(opentype.MustNewTag(tag)) {
			return true
		}
	}
	return false
}

// embeddable reports whether a font's license lets documents carry it: bits 0
// to 3 of OS/2 fsType, where 2 is "restricted" (OpenType 1.9).
func embeddable(loader *opentype.Loader) bool {
	os2, err := loader.RawTable(opentype.MustNewTag("OS/2"))
	if err != nil || len(os2) < 10 {
		return true
	}
	return binary.BigEndian.Uint16(os2[8:])&0xf != 2
}
