package ui

import (
	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// sidebar leads to the pages, and locks.
type sidebar struct {
	content fyne.CanvasObject
	items   map[desk.Page]*kit.NavItem
	lock    *kit.NavItem
}

const sidebarWidth = 176

func newSidebar(entries []entry, show func(desk.Place), lock func()) *sidebar {
	b := &sidebar{items: map[desk.Page]*kit.NavItem{}, lock: kit.NewNavItem(look.Lock, "Lock", lock)}
	var lines []fyne.CanvasObject
	for _, e := range entries {
		item := kit.NewNavItem(e.icon, e.name, func() { show(desk.Place{Page: e.page}) })
		b.items[e.page] = item
		lines = append(lines, item)
	}
	lines = append(lines, kit.Space(), b.lock)
	b.content = kit.Wide(sidebarWidth, kit.On(look.Sidebar, kit.Pad(12, 8, 12, 8, kit.Column(2, lines...))))
	return b
}

// mark shows which page is open.
func (b *sidebar) mark(open desk.Page) {
	for page, item := range b.items {
		item.SetSelected(page == underEntry(open))
	}
}
