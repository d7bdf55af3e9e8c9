package place_test

import (
	"os"
	"path/filepath"
	"testing"

	"casekeep/app/place"
)

// A folder that a service copies is recognized by its name or by what the
// service left in it, from any folder within.
func TestCloud(t *testing.T) {
	root := t.TempDir()
	folder := func(parts ...string) string {
		path := filepath.Join(append([]string{root}, parts...)...)
		if err := os.MkdirAll(path, 0o700); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		at      string
		service string
		around  string
	}{
		{folder("a", "Dropbox", "Work", "v.casekeep"), "Dropbox", filepath.Join(root, "a", "Dropbox")},
		{folder("b", "OneDrive - Quill Street", "v.casekeep"), "OneDrive", filepath.Join(root, "b", "OneDrive - Quill Street")},
		{folder("c", "Mobile Documents", "com~apple~CloudDocs"), "iCloud Drive", filepath.Join(root, "c", "Mobile Documents", "com~apple~CloudDocs")},
		{folder("d", "records", "v.casekeep"), "", ""},
		{folder("e", "My Dropbox notes"), "", ""},
	} {
		service, around := place.Cloud(c.at)
		if service != c.service || around != c.around {
			t.Errorf("%s: %q around %q", c.at, service, around)
		}
	}
	synced := folder("f", "shared")
	folder("f", "shared", ".stfolder")
	if err := os.Symlink(synced, filepath.Join(root, "link")); err != nil {
		t.Skip(err)
	}
	if service, _ := place.Cloud(filepath.Join(root, "link")); service != "Syncthing" {
		t.Errorf("behind a link: %q", service)
	}
	numbered := folder("g", "data")
	if err := os.WriteFile(filepath.Join(numbered, ".sync_1a2b.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if service, _ := place.Cloud(folder("g", "data", "v")); service != "Nextcloud" {
		t.Errorf("by its mark: %q", service)
	}
}

// Two folders of one file system lie on one disk, also where one is still to be
// made; memory is no disk of theirs.
func TestSameDisk(t *testing.T) {
	dir := t.TempDir()
	if same, known := place.SameDisk(dir, filepath.Join(dir, "not", "there")); !same || !known {
		t.Errorf("beside each other: %v, known %v", same, known)
	}
	if _, err := os.Stat("/dev/shm"); err != nil {
		t.Skip("no other file system to compare with")
	}
	if same, _ := place.SameDisk(dir, "/dev/shm"); same {
		t.Error("a folder in memory lies on the disk")
	}
}
