package place

import (
	"os"
	"path/filepath"
	"strings"
)

// services are what copies folders to other computers, by how a folder that
// they copy is called, or by what they leave in it.
var services = []struct {
	name   string
	called []string // the folder's own name, or its beginning where it ends with *
	holds  []string // patterns of what lies in it
}{
	{"Dropbox", []string{"dropbox", "dropbox (*"}, []string{".dropbox", ".dropbox.cache"}},
	{"OneDrive", []string{"onedrive", "onedrive - *", "onedrive-*"}, nil},
	{"Google Drive", []string{"google drive", "googledrive", "googledrive-*", "my drive"}, []string{".tmp.drivedownload", ".tmp.driveupload"}},
	{"iCloud Drive", []string{"iclouddrive", "icloud drive", "mobile documents", "com~apple~clouddocs"}, nil},
	{"Nextcloud", []string{"nextcloud"}, []string{".nextcloudsync.log", ".sync_*.db"}},
	{"ownCloud", []string{"owncloud"}, []string{".owncloudsync.log", ".csync_journal.db", "._sync_*.db"}},
	{"Box", []string{"box sync", "box-box"}, nil},
	{"pCloud", []string{"pcloud drive", "pclouddrive", "pcloudsync"}, nil},
	{"MEGA", []string{"megasync", "megasync downloads"}, []string{".megaignore"}},
	{"Proton Drive", []string{"proton drive", "protondrive-*"}, nil},
	{"Syncthing", nil, []string{".stfolder"}},
	{"Resilio Sync", nil, []string{".sync"}},
	{"Seafile", []string{"seafile"}, nil},
}

// Cloud gives the service that copies a folder, and the folder that it copies,
// the given one or one around it; "" where none is recognized. Links are
// followed.
func Cloud(folder string) (service, around string) {
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", ""
	}
	for {
		if name := cloudAt(folder); name != "" {
			return name, folder
		}
		up := filepath.Dir(folder)
		if up == folder {
			return "", ""
		}
		folder = up
	}
}

func cloudAt(folder string) string {
	base := strings.ToLower(filepath.Base(folder))
	for _, s := range services {
		for _, called := range s.called {
			begin, open := strings.CutSuffix(called, "*")
			if base == called || open && strings.HasPrefix(base, begin) {
				return s.name
			}
		}
		for _, pattern := range s.holds {
			if there(filepath.Join(folder, pattern)) {
				return s.name
			}
		}
	}
	return ""
}

func there(pattern string) bool {
	if !strings.Contains(filepath.Base(pattern), "*") {
		_, err := os.Lstat(pattern)
		return err == nil
	}
	dir, name := filepath.Split(pattern)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		if ok, _ := filepath.Match(name, e.Name()); ok {
			return true
		}
	}
	return false
}
