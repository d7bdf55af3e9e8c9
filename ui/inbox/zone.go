package inbox

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// zones are the time zones that are offered.
var zones = []struct{ name, text string }{
	{"America/New_York", "Eastern time"},
	{"America/Chicago", "Central time"},
	{"America/Denver", "Mountain time"},
	{"America/Phoenix", "Arizona time"},
	{"America/Los_Angeles", "Pacific time"},
	{"America/Anchorage", "Alaska time"},
	{"Pacific/Honolulu", "Hawaii time"},
}

// zoneChoice says in which time zone times are shown of which the export does
// not say where they were.
type zoneChoice struct {
	window  fyne.Window
	button  *kit.Button
	zone    string // IANA name
	changed func()
}

func newZoneChoice(w fyne.Window, changed func()) *zoneChoice {
	z := &zoneChoice{window: w, changed: changed}
	z.button = kit.NewButton("", z.menu).Small().Icon(look.Clock)
	z.set("UTC")
	return z
}

// set shows a zone without saying that it changed.
func (z *zoneChoice) set(name string) {
	z.zone = name
	z.button.SetText(zoneText(name) + ", assumed")
}

func (z *zoneChoice) chosen() string           { return z.zone }
func (z *zoneChoice) location() *time.Location { return record.LoadZone(z.zone) }

func zoneText(name string) string {
	i := slices.IndexFunc(zones, func(known struct{ name, text string }) bool { return known.name == name })
	if i < 0 {
		return name
	}
	return zones[i].text
}

func (z *zoneChoice) menu() {
	var items []*fyne.MenuItem
	for _, known := range zones {
		item := fyne.NewMenuItem(known.text, func() { z.pick(known.name) })
		item.Checked = known.name == z.zone
		items = append(items, item)
	}
	kit.Menu(z.button, append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Another", z.ask))...)
}

func (z *zoneChoice) pick(name string) {
	if name != z.zone {
		z.set(name)
		z.changed()
	}
}

// ask lets any zone be typed.
func (z *zoneChoice) ask() {
	field := kit.NewField("Time zone, as Area/City").Placeholder("Europe/Berlin")
	var dialog *kit.Dialog
	use := func() {
		if _, err := record.ParseZone(field.Text()); err != nil || field.Text() == "" {
			field.SetError("Write it as an area and a city, such as Europe/Berlin.")
			return
		}
		dialog.Close()
		z.pick(field.Text())
	}
	field.OnEnter = func(string) { use() }
	text := kit.NewNote("Android’s backups say at what moment a message was sent, but not in which time zone. " +
		"Choose the one you were in; each message will say that it was assumed.")
	dialog = kit.NewDialog("Time zone of this export", kit.Column(12, text, field), kit.NewPrimary("Use it", use))
	dialog.Open(z.window)
}
