package disk

import (
	"io/fs"
	"syscall"
	"testing"
	"time"
)

// reparsed is what Go says of a reparse point.
type reparsed struct {
	mode       fs.FileMode
	attributes uint32
}

func (r reparsed) Name() string       { return "x" }
func (r reparsed) Size() int64        { return 0 }
func (r reparsed) Mode() fs.FileMode  { return r.mode }
func (r reparsed) ModTime() time.Time { return time.Time{} }
func (r reparsed) IsDir() bool        { return r.mode.IsDir() }
func (r reparsed) Sys() any           { return &syscall.Win32FileAttributeData{FileAttributes: r.attributes} }

// A junction leads elsewhere; what is fetched on demand does not.
func TestKindOfReparsePoints(t *testing.T) {
	for name, c := range map[string]struct {
		reparsed
		want Kind
	}{
		"a junction":                    {reparsed{fs.ModeIrregular, syscall.FILE_ATTRIBUTE_DIRECTORY}, Link},
		"a folder of a cloud's service": {reparsed{fs.ModeIrregular | fs.ModeDir, syscall.FILE_ATTRIBUTE_DIRECTORY}, Folder},
		"a file of a cloud's service":   {reparsed{fs.ModeIrregular, syscall.FILE_ATTRIBUTE_ARCHIVE}, Plain},
		"a symbolic link to a folder":   {reparsed{fs.ModeSymlink, syscall.FILE_ATTRIBUTE_DIRECTORY}, Link},
	} {
		if got := kindOf(c.reparsed); got != c.want {
			t.Errorf("%s: %d, not %d", name, got, c.want)
		}
	}
}
