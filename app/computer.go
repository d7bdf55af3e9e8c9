package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
)

// Computer is what this computer remembers for the desktop, in plain text and
// outside every vault: nothing about a client is in it.
type Computer struct {
	Vaults []string `json:"vaults,omitempty"` // folders, the one used last first
	Look   string   `json:"look,omitempty"`   // "light", "dark", "system"
}

// vaultsKept is how many folders a computer remembers.
const vaultsKept = 6

// Computer reads what this computer remembers. One that remembers nothing
// gives the zero value. Vaults that are gone are left out.
func (c Config) Computer() Computer {
	var known Computer
	text, err := readRemembered(stateFile(c.StateDir, "desktop.json"))
	if err != nil || json.Unmarshal(text, &known) != nil {
		return Computer{}
	}
	known.Vaults = slices.DeleteFunc(known.Vaults, func(dir string) bool { return !IsVault(dir) })
	return known
}

// Used puts a vault first.
func (k *Computer) Used(dir string) {
	if whole, err := filepath.Abs(dir); err == nil {
		dir = whole
	}
	k.Vaults = slices.DeleteFunc(k.Vaults, func(other string) bool { return other == dir })
	k.Vaults = slices.Insert(k.Vaults, 0, dir)
	k.Vaults = k.Vaults[:min(len(k.Vaults), vaultsKept)]
}

// Remember keeps it for the next start.
func (c Config) Remember(k Computer) error {
	path := stateFile(c.StateDir, "desktop.json")
	text, err := json.MarshalIndent(k, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return replaceFile(path, text)
}

// stateFile gives a file of the folder in which this computer remembers, "" if
// it has none. An empty dir is the user's configuration folder.
func stateFile(dir, name string) string {
	if dir == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(base, "casekeep")
	}
	return filepath.Join(dir, name)
}
