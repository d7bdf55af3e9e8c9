// Package practice is the page of the practice itself: its profile, what its
// own book holds, where it stands with the standards, and the settings that
// keep the vault safe.
package practice

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/ui/desk"
	"casekeep/ui/keys"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// Appearance is how the window looks on this computer; it is kept outside
// every vault.
type Appearance interface {
	Choice() look.Choice
	Set(look.Choice)
}

// part is a part of the page.
type part interface {
	content() fyne.CanvasObject
	show()    // reads what it shows, and gives the keyboard to its first field
	refresh() // reads it anew after a change
	save() bool
}

// keysPart is the part in which it is settled who can open the vault.
type keysPart struct{ page *keys.Page }

func (k keysPart) content() fyne.CanvasObject { return k.page.Content() }
func (k keysPart) show()                      { k.page.Show() }
func (k keysPart) refresh()                   { k.page.Refresh() }
func (k keysPart) save() bool                 { return false }

// page is the page.
type page struct {
	desk     desk.Desk
	settings *settings
	names    []string
	keys     []string
	parts    []part

	tabs    *kit.SideTabs
	host    *fyne.Container
	cover   fyne.CanvasObject
	whole   fyne.CanvasObject
	shown   *fyne.Container // the page, or the cover that hides it
	content fyne.CanvasObject
}

const tabsWidth = 196

// New makes the page; help shows what Casekeep protects.
func New(d desk.Desk, a Appearance, help func()) desk.View { return newPage(d, a, help) }

func newPage(d desk.Desk, a Appearance, help func()) *page {
	p := &page{desk: d, settings: newSettings(d, a, help), host: container.NewStack()}
	add := func(key, name string, one part) {
		p.keys, p.names, p.parts = append(p.keys, key), append(p.names, name), append(p.parts, one)
		p.host.Add(one.content())
	}
	add("profile", "Profile", p.settings.profile())
	add("licenses", "Licenses", newRegister(d, licenses))
	add("vendors", "Vendors", newRegister(d, vendors))
	add("training", "Training", newRegister(d, training))
	add("consultations", "Consultations", newRegister(d, consultations))
	add("reviews", "Reviews", newRegister(d, reviews))
	add("journal", "Journal", newRegister(d, journal))
	add("incidents", "Incidents", newIncidents(d))
	add("standing", "Standing", newStanding(d))
	add("keys", "Keys", keysPart{keys.New(d)})
	add("settings", "Settings", p.settings.settingsPart())
	p.tabs = kit.NewSideTabs(p.names, func(int) { p.open() })
	left := kit.Wide(tabsWidth, kit.Frame(kit.Pad(18, 12, 10, 16, kit.NewTitle("Practice")), nil, nil, kit.Edge(), kit.Pad(0, 8, 0, 8, p.tabs)))
	p.whole = kit.Frame(nil, nil, left, nil, p.host)
	p.cover = kit.Empty("Names are hidden", "Press Ctrl H to show them again.")
	p.shown = container.NewStack(p.whole)
	p.content = p.shown
	p.put()
	return p
}

// Content is what stands in the window.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Show brings the page to a part, or where it was.
func (p *page) Show(place desk.Place) {
	if i := slices.Index(p.keys, place.Part); i >= 0 {
		p.tabs.Choose(i)
	}
	p.open()
}

// open shows the part that is chosen.
func (p *page) open() {
	p.put()
	p.parts[p.tabs.Chosen()].show()
}

func (p *page) put() {
	for i, o := range p.host.Objects {
		if i == p.tabs.Chosen() {
			o.Show()
		} else {
			o.Hide()
		}
	}
	p.host.Refresh()
}

// Refresh reads anew what a change touched.
func (p *page) Refresh(client record.ClientID) {
	if client == 0 && p.tabs.Chosen() != 0 {
		p.settings.refresh()
	}
	p.parts[p.tabs.Chosen()].refresh()
}

// Key saves with Ctrl+Enter, and hides what names clients.
func (p *page) Key(name string) bool {
	switch name {
	case desk.KeySave:
		return p.parts[p.tabs.Chosen()].save()
	case desk.KeyHide:
		if p.shown.Objects[0] == p.whole {
			p.shown.Objects[0] = p.cover
		} else {
			p.shown.Objects[0] = p.whole
		}
		p.shown.Refresh()
		return true
	}
	return false
}
