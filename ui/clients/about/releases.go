package about

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Releases shows to whom a client's record was given (45 CFR 164.528).
type Releases struct {
	Pane
	produce func()
}

// NewReleases makes the tab; produce goes to the next one.
func NewReleases(d desk.Desk, produce func()) *Releases { return &Releases{NewPane(d), produce} }

// Name is the tab's.
func (t *Releases) Name() string { return "Releases" }

// Show reads the releases of a client's record.
func (t *Releases) Show(c record.Client, zone string) {
	var list []record.Disclosure
	t.Load(func(ctx context.Context) error {
		var err error
		list, err = t.Desk.Practice().Disclosures(ctx, c.ID)
		return err
	}, func() { t.show(list, record.LoadZone(zone)) })
}

func (t *Releases) show(list []record.Disclosure, zone *time.Location) {
	button := kit.NewButton("Produce record", t.produce).Shortcut("Ctrl P")
	if len(list) == 0 {
		t.Fill(kit.NewHeading("Nothing released yet"),
			kit.Pad(4, 0, 12, 0, kit.NewNote("Each record that is produced is written down here: who received it, why, when and what was in it.")),
			kit.Row(0, button, kit.Space()))
		return
	}
	all := []fyne.CanvasObject{kit.Row(10, kit.Grow(kit.NewHeading("Releases")), button)}
	for _, d := range list {
		all = append(all, kit.Pad(14, 0, 0, 0, kit.Card(kit.Pad(12, 14, 12, 14, t.disclosure(d, zone)))))
	}
	t.Fill(all...)
}

func (t *Releases) disclosure(d record.Disclosure, zone *time.Location) fyne.CanvasObject {
	what := phrase.Count(d.Entries, "entry", "entries") + " · " + phrase.Count(d.Pages, "page", "pages") + " · " + period(d)
	if d.Sealed {
		what += " · protected by a password"
	}
	lines := kit.Column(3,
		kit.NewText("To "+d.To).Bold(),
		kit.NewNote(d.Purpose),
		kit.NewNote(phrase.ShortMoment(d.At.In(zone))+" · "+what),
		kit.NewSmall(d.File+" · SHA-256 "+phrase.ShortHash(d.SHA256)))
	for _, left := range d.LeftOut {
		lines.Add(kit.NewSmall("Left out: " + left))
	}
	digest := kit.NewButton("Copy SHA-256", func() { t.Desk.Copy(d.SHA256.String()) }).Small()
	return kit.TopRow(12, kit.Grow(lines), digest)
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
