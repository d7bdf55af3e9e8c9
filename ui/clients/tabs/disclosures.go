package tabs

import (
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// disclosures lists to whom the record was given: its accounting (45 CFR
// 164.528).
func (t *Requests) disclosures(list []record.Disclosure, zone *time.Location) []fyne.CanvasObject {
	button := kit.NewButton("Produce record", t.produce).Shortcut("Ctrl P").Small()
	all := []fyne.CanvasObject{kit.Pad(14, 0, 8, 0, kit.Row(10, kit.Grow(kit.NewHeading("Releases")), button))}
	if len(list) == 0 {
		return append(all, none("Nothing was released yet. Each record that is produced is written down here: who received it, why, when and what was in it."))
	}
	for _, d := range list {
		all = append(all, t.disclosure(d, zone))
	}
	return all
}

func (t *Requests) disclosure(d record.Disclosure, zone *time.Location) fyne.CanvasObject {
	what := phrase.Count(d.Entries, "entry", "entries") + " · " + phrase.Count(d.Pages, "page", "pages") + " · " + period(d)
	if d.Sealed {
		what += " · protected by a password"
	}
	c := card{title: "To " + d.To, caption: d.Purpose,
		lines: []string{phrase.ShortMoment(d.At.In(zone)) + " · " + what, d.File + " · SHA-256 " + phrase.ShortHash(d.SHA256)},
		acts:  []fyne.CanvasObject{kit.NewLink("Copy SHA-256", func() { t.Desk.Copy(d.SHA256.String()) })}}
	for _, left := range d.LeftOut {
		c.lines = append(c.lines, "Left out: "+left)
	}
	return c.object()
}

func period(d record.Disclosure) string {
	switch {
	case d.From.IsZero() && d.Until.IsZero():
		return "the whole record"
	case d.From.IsZero():
		return "until " + phrase.ShortDate(d.Until)
	case d.Until.IsZero():
		return "from " + phrase.ShortDate(d.From)
	}
	return phrase.ShortDate(d.From) + " to " + phrase.ShortDate(d.Until)
}
