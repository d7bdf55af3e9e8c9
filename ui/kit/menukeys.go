package kit

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// What stands between a label and its keys: wide spaces that no label holds, and
// narrow ones that bring the keys of a menu into one column, within a pixel.
const (
	beforeKeys = "\u2003\u2003" // em spaces
	narrow     = " "
	hair       = "\u200A"
)

// ShowKeys writes the keys of a menu's items beside their labels, in one column.
// Fyne itself draws them at a fifth of the strength of its text, a contrast of
// 1.5:1, and no theme can change that; from now on it only runs them.
func ShowKeys(items []*fyne.MenuItem) {
	font := lines.Font{Size: look.TextSize}
	var widest float32
	for _, i := range items {
		widest = max(widest, lines.Width(i.Label+beforeKeys, font))
	}
	for _, i := range items {
		keys, ok := i.Shortcut.(fyne.KeyboardShortcut)
		if !ok {
			continue
		}
		label := i.Label + beforeKeys
		for _, space := range []string{narrow, hair} {
			left := widest - lines.Width(label, font)
			label += strings.Repeat(space, max(0, int(left/lines.Width(space, font))))
		}
		i.Label, i.Shortcut = label+keyNames(keys), unseen{keys}
	}
}

// MenuLabel gives a label without the keys that ShowKeys wrote beside it.
func MenuLabel(i *fyne.MenuItem) string {
	label, _, _ := strings.Cut(i.Label, beforeKeys)
	return label
}

// unseen is a shortcut that Fyne runs and does not draw.
type unseen struct{ of fyne.Shortcut }

func (u unseen) ShortcutName() string { return u.of.ShortcutName() }

// keyNames writes keys as the rest of the window does: "Ctrl Shift N".
func keyNames(s fyne.KeyboardShortcut) string {
	var names []string
	for _, m := range []struct {
		modifier fyne.KeyModifier
		name     string
	}{{fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierSuper, "Cmd"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}} {
		if s.Mod()&m.modifier != 0 {
			names = append(names, m.name)
		}
	}
	return strings.Join(append(names, string(s.Key())), " ")
}
