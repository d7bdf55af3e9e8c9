package tabs

import (
	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Searches shows the online searches about a client, how each ended, and
// whether the client was told (TSP 2.06, 3.04).
type Searches struct{ shelf }

// NewSearches makes the tab.
func NewSearches(d desk.Desk, a Acts) *Searches { return &Searches{newShelf(d, a)} }

// Name is the tab's.
func (t *Searches) Name() string { return "Searches" }

// Show reads the searches about a client.
func (t *Searches) Show(c record.Client, _ string) {
	t.forms(c, t.show, record.FormSearch, record.FormSearchTold)
}

func (t *Searches) show(list []record.Filed) {
	notes := of(list, record.FormSearch)
	if len(notes) == 0 {
		t.Fill(kit.NewHeading("No online search noted"),
			kit.Pad(4, 0, 12, 0, kit.NewNote("Every search about a client is noted: where, for what, why, and whether the client was told. Note it before you search, or right after.")),
			kit.Row(0, t.add(record.FormSearch, nil), kit.Space()))
		return
	}
	all := []fyne.CanvasObject{kit.Pad(0, 0, 12, 0, kit.Row(10, kit.Grow(kit.NewHeading("Online searches")), t.add(record.FormSearch, nil)))}
	for _, f := range notes {
		told, _ := follows(list, record.FormSearchTold, f.ID)
		all = append(all, t.note(f, told).object())
	}
	t.Fill(all...)
}

func (t *Searches) note(f, told record.Filed) card {
	n := read[record.SearchNote](f)
	c := card{
		title: n.Where, caption: joined(on(f), "for “"+n.Terms+"”"),
		lines: some(n.Reason, fact("Found", n.Findings), fact("Checked", n.Verified), fact("It changes", n.Effect)),
	}
	switch n.Basis {
	case record.BasisConsent:
		c.tone, c.state = kit.Green, "with consent"
		c.acts = append(c.acts, kit.NewLink("Show the consent", func() { t.acts.Show(n.Consent) }))
	case record.BasisEmergency:
		c.tone, c.state = kit.Amber, "an emergency"
		c.lines = append(c.lines, fact("Why it could not wait", n.Emergency))
	default:
		c.tone, c.state = kit.Red, "departure from the standard"
		c.lines = append(c.lines, fact("What happened", n.Departure))
	}
	c.lines = append(c.lines, toldLine(n, told))
	if n.Told != "yes" && told.ID == 0 {
		c.acts = append(c.acts, kit.NewLink("Record that the client was told", func() { t.acts.Fill(record.FormSearchTold, f.ID, nil) }))
	}
	c.acts = t.links(f, c.acts...)
	return c
}

// toldLine says whether the client knows of a search.
func toldLine(n record.SearchNote, told record.Filed) string {
	switch {
	case n.Told == "yes":
		return "The client was told " + phrase.ShortDate(n.ToldOn) + ", " + n.ToldHow + "."
	case told.ID != 0:
		return "The client was told " + on(told) + ", " + read[record.SearchTold](told).How + "."
	}
	return "The client was not told yet."
}
