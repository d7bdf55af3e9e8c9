package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/assets"
	"casekeep/ui/kit"
)

// licenseRows is how many licenses are in sight at once.
const licenseRows = 6

// licenses lists what Casekeep is built from. Each row leads to its license: all of
// them at once would be some thousand lines to draw.
type licenses struct {
	window     fyne.Window
	all, found []assets.License
	search     *kit.Search
	rows       *kit.List
}

func (s *Shell) helpLicenses() {
	all := assets.EachLicense()
	l := &licenses{window: s.window, all: all, found: all, search: kit.NewSearch("Find a work", "")}
	l.rows = kit.NewList(kit.Rows{
		Count:  func() int { return len(l.found) },
		Height: func(int, float32) float32 { return kit.ItemHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewItem() },
		Bind: func(i int, o fyne.CanvasObject, selected bool) {
			o.(*kit.Item).Set(kit.ItemText{Title: strings.Join(l.found[i].Of, ", "), Caption: l.found[i].Heading()}, selected)
		},
		Open: l.open,
	})
	l.search.OnChanged = l.filter
	l.search.OnEnter = func(string) { l.open(l.rows.Selected()) }
	l.search.OnMove = func(ev *fyne.KeyEvent) { l.rows.Key(ev) }
	l.rows.Select(0)
	s.tell("Licenses of what Casekeep is built from", kit.Column(10,
		kit.NewNote("Casekeep is built from the works of others. Choose one to read its license in full. SQLite, which comes within go-sqlite3, "+
			"is in the public domain. The command casekeep licenses prints all of them."),
		l.search, kit.Card(kit.Tall(licenseRows*kit.ItemHeight, l.rows))), 760)
}

// filter shows the works whose names hold a text.
func (l *licenses) filter(text string) {
	l.found = nil
	for _, one := range l.all {
		if strings.Contains(strings.ToLower(strings.Join(one.Of, "\n")), strings.ToLower(strings.TrimSpace(text))) {
			l.found = append(l.found, one)
		}
	}
	l.rows.Reload()
	l.rows.Select(min(0, len(l.found)-1))
}

// open shows a license in full.
func (l *licenses) open(i int) {
	if i < 0 || i >= len(l.found) {
		return
	}
	one := l.found[i]
	kit.NewDialog(one.Of[0], kit.Pad(0, 14, 0, 0, kit.NewText(one.Text)), nil).Width(760).Open(l.window)
}
