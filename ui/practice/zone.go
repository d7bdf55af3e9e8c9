package practice

import (
	"slices"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/kit"
)

// zones are the time zones of the United States and its territories.
var zones = []struct{ name, text string }{
	{"America/New_York", "Eastern"},
	{"America/Chicago", "Central"},
	{"America/Denver", "Mountain"},
	{"America/Phoenix", "Arizona"},
	{"America/Los_Angeles", "Pacific"},
	{"America/Anchorage", "Alaska"},
	{"Pacific/Honolulu", "Hawaii"},
	{"America/Puerto_Rico", "Puerto Rico and Virgin Islands"},
	{"Pacific/Guam", "Guam and Northern Marianas"},
	{"Pacific/Pago_Pago", "American Samoa"},
}

// zoneChoice lets one of them be chosen, or another be typed.
type zoneChoice struct {
	content *fyne.Container
	offers  *kit.Select
	other   *kit.Field
}

func newZoneChoice(changed func()) *zoneChoice {
	z := &zoneChoice{other: kit.NewField("Time zone, as Area/City").Placeholder("Europe/Berlin")}
	var names []string
	for _, zone := range zones {
		names = append(names, zone.text)
	}
	z.offers = kit.NewSelect("Your time zone", append(names, "Another"), -1, func(int) {
		z.reveal()
		changed()
	})
	z.content = kit.Column(12, z.offers, z.other)
	z.reveal()
	return z
}

// set shows a zone.
func (z *zoneChoice) set(name string) {
	i := slices.IndexFunc(zones, func(known struct{ name, text string }) bool { return known.name == name })
	if i < 0 {
		i = len(zones)
		z.other.SetText(name)
	}
	z.offers.Choose(i)
	z.reveal()
}

// chosen gives the zone's IANA name.
func (z *zoneChoice) chosen() string {
	if i := z.offers.Chosen(); i >= 0 && i < len(zones) {
		return zones[i].name
	}
	return z.other.Text()
}

func (z *zoneChoice) reveal() {
	if z.offers.Chosen() == len(zones) {
		z.other.Show()
	} else {
		z.other.Hide()
	}
	if z.content != nil {
		z.content.Refresh()
	}
}

func (z *zoneChoice) fail(err error) {
	z.other.SetError(app.Sentence(err))
	z.other.Focus()
}
