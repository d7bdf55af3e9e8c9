package inbox

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// showWhole shows a message with all of its text, where it stands in the
// export, and what is to be known of it.
func showWhole(w fyne.Window, r messageRow) {
	e := r.entry
	at := phrase.Moment(e.At.In(e.TimeZone()))
	if e.Provenance.Original != "" {
		at += " (in the export: " + e.Provenance.Original + ")"
	}
	parts := []fyne.CanvasObject{kit.NewNote(at)}
	if e.Subject != "" {
		parts = append(parts, kit.NewText(e.Subject).Bold())
	}
	if strings.TrimSpace(e.Body) != "" {
		parts = append(parts, kit.NewBody(e.Body))
	}
	for _, f := range r.message.Files {
		parts = append(parts, kit.Row(6, kit.NewPicture(f.Icon, look.Muted), kit.Grow(kit.NewSubtitle(f.Text))))
	}
	for _, warning := range e.Provenance.Warnings {
		parts = append(parts, kit.Note(kit.Amber, kit.NewSmall(warning).Color(look.Amber)))
	}
	parts = append(parts, kit.NewSmall("In the export at "+e.Provenance.Locator))
	title := r.message.Who
	if said := strings.TrimSpace(r.message.What); said != "" {
		title += " " + strings.Split(said, " · ")[0]
	}
	kit.NewDialog(title, kit.Column(10, parts...), nil).Width(560).Open(w)
	w.Canvas().Unfocus() // selectable text would keep Escape to itself
}
