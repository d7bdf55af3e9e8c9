package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// The keys stand in one column, can be read, and run as before.
func TestKeysStandBesideLabels(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(false))
	item := func(label string, s fyne.Shortcut) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, nil)
		i.Shortcut = s
		return i
	}
	shift := &desktop.CustomShortcut{KeyName: fyne.KeyN, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift}
	items := []*fyne.MenuItem{item("Add a client", shift), item("Copy", &fyne.ShortcutCopy{}), fyne.NewMenuItemSeparator(),
		item("Bring in a list of clients", nil), item("Protects", &desktop.CustomShortcut{KeyName: fyne.KeyF1})}
	ShowKeys(items)
	font := lines.Font{Size: look.TextSize}
	at := lines.Width("Bring in a list of clients"+beforeKeys, font)
	for i, want := range map[int]struct{ label, keys string }{0: {"Add a client", "Ctrl Shift N"}, 1: {"Copy", "Ctrl C"}, 4: {"Protects", "F1"}} {
		label := items[i].Label
		begins := lines.Width(label[:len(label)-len(want.keys)], font)
		if MenuLabel(items[i]) != want.label || label[len(label)-len(want.keys):] != want.keys || begins > at+1 || begins < at-3 {
			t.Errorf("%q: the keys begin at %v, not %v", label, begins, at)
		}
		if _, drawn := items[i].Shortcut.(fyne.KeyboardShortcut); drawn {
			t.Errorf("%q: Fyne draws the keys once more", label)
		}
	}
	if items[0].Shortcut.ShortcutName() != shift.ShortcutName() || items[3].Label != "Bring in a list of clients" {
		t.Errorf("%q, %q", items[0].Shortcut.ShortcutName(), items[3].Label)
	}
}
