package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// status is the line at the bottom of the window: whether everything is
// saved, and which vault is open.
type status struct {
	content fyne.CanvasObject
	state   *kit.Label
}

func newStatus(what string) *status {
	s := &status{state: kit.NewCaption("Saved, sealed")}
	where := kit.NewCaption(what).Right()
	s.content = kit.Column(0, kit.Rule(), kit.Pad(5, 14, 6, 14, kit.Row(20, s.state, kit.Grow(where))))
	return s
}

// update says what is true of the vault now.
func (s *status) update(p *app.Practice) {
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
