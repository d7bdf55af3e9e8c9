package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// status is the line at the bottom of the window: whether everything is saved,
// which vault is open, and how its backups stand.
type status struct {
	content fyne.CanvasObject
	state   *kit.Label
	clip    *kit.Label
	backups *kit.FootLink
}

// newStatus makes the line; toBackups leads to what it says at the right.
func newStatus(what string, toBackups func()) *status {
	s := &status{state: kit.NewCaption("Saved, sealed"), clip: kit.NewCaption(""), backups: kit.NewFootLink(toBackups)}
	s.clip.Hide()
	where := kit.NewCaption(what).Color(look.Faint)
	s.content = kit.Column(0, kit.Rule(), kit.Pad(5, 14, 6, 14, kit.Row(14, s.state, s.clip, kit.Grow(where), s.backups)))
	return s
}

// update says what is true of the vault now.
func (s *status) update(p *app.Practice) {
	if e := p.Executor(); e != nil {
		s.state.SetText("For looking only: " + e.Who + ", until " + e.Until.Format("3:04 PM"))
		s.state.Color(look.Amber)
		return
	}
	if p.ReadOnly() != nil {
		s.state.SetText("Nothing can be saved: lock, then unlock again")
		s.state.Color(look.Red)
		return
	}
	s.state.SetText("Saved, sealed")
	s.state.Color(look.Muted)
}

// waiting says that something takes longer than an instant.
func (s *status) waiting(text string) { s.state.SetText(text) }

// copied says what happens to a text on the clipboard; empty: none is there.
func (s *status) copied(text string) {
	s.clip.SetText(text)
	s.clip.Hidden = text == ""
	s.content.Refresh()
}

// backedUp says how the backups stand: in red where something could be lost, in
// amber where something else about them is not as it should be.
func (s *status) backedUp(b app.Backups, now time.Time) {
	text, color := phrase.BackedUp(b.Last, b.Drilled, now, time.Local), look.Muted
	for _, w := range b.Worries {
		switch kind, _, _ := strings.Cut(w.Key, "/"); {
		case kind == "failed" && !b.Last.IsZero():
			text, color = "The last backup failed · the one before was "+phrase.Ago(b.Last, now), look.Red
		case w.Pressing:
			color = look.Red
		case color == look.Muted:
			color = look.Amber
		}
	}
	s.backups.Set(text, color)
	s.content.Refresh()
}

// backing says at the right what is being done for the backups.
func (s *status) backing(text string) {
	s.backups.Set(text, look.Muted)
	s.content.Refresh()
}

// sentences joins clauses into sentences.
func sentences(clauses []string) string {
	var all []string
	for _, c := range clauses {
		all = append(all, app.Sentence(errorText(c)))
	}
	return strings.Join(all, "\n\n")
}

type errorText string

func (e errorText) Error() string { return string(e) }
