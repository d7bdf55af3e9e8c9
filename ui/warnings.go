package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/backups"
	"casekeep/ui/kit"
)

// warn says what is remarkable about a vault as it was found, each thing apart.
func (s *Shell) warn(warnings []string) {
	if len(warnings) == 0 {
		return
	}
	body := kit.Column(8)
	for _, w := range warnings {
		body.Add(warning(w))
	}
	kit.NewDialog("Before you go on", body, nil).Width(560).Open(s.window)
}

// warning shows what is so, and below it what that means and what to do.
func warning(clause string) fyne.CanvasObject {
	says, do, _ := strings.Cut(app.Sentence(errorText(clause)), ": ")
	if do != "" {
		do = app.Sentence(errorText(do))
	}
	return backups.Note(kit.Amber, strings.TrimSuffix(says, "."), do)
}
