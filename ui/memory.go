package ui

import (
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/look"
)

// memory is what this computer remembers between two runs, in plain text and
// outside every vault: folders and how the window looks, nothing of a client.
type memory struct{ kept fyne.Preferences }

const (
	vaultsKey = "vaults"
	lookKey   = "look"
	vaultsMax = 6
)

// vaults gives the folders of the vaults that were used here, the last one
// first, without those that are gone.
func (m memory) vaults() []string {
	return slices.DeleteFunc(m.kept.StringList(vaultsKey), func(dir string) bool { return !app.IsVault(dir) })
}

// used notes a vault as the one used last.
func (m memory) used(dir string) {
	if whole, err := filepath.Abs(dir); err == nil {
		dir = whole
	}
	all := slices.DeleteFunc(m.vaults(), func(other string) bool { return other == dir })
	all = append([]string{dir}, all...)
	m.kept.SetStringList(vaultsKey, all[:min(len(all), vaultsMax)])
}

// Look gives how the window is to look on this computer.
func Look(kept fyne.Preferences) look.Choice { return look.Choice(kept.String(lookKey)) }

func (m memory) setLook(c look.Choice) { m.kept.SetString(lookKey, string(c)) }
