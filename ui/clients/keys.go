package clients

import (
	"weak"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/compose"
)

// bindKeys gives the composer its keys. They are the canvas's, not the main
// menu's: the composer's own menu shows them. The canvas outlives the page and
// may not keep in memory what the page showed.
func (p *Page) bindKeys() {
	page := weak.Make(p)
	c := p.desk.Window().Canvas()
	for i, k := range p.chart.composer.Keys() {
		c.AddShortcut(k.Shortcut(), func(fyne.Shortcut) {
			if p := page.Value(); p != nil {
				p.composerKey(p.chart.composer.Keys()[i])
			}
		})
	}
}

func (p *Page) composerKey(k compose.Key) {
	if p.content.Visible() && p.chart.content.Visible() && p.desk.Window().Canvas().Overlays().Top() == nil {
		p.chart.toTimeline()
		k.Do()
	}
}
