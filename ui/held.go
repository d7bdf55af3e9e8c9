package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/backups"
	"casekeep/ui/kit"
)

// heldBy says over every page with whose key the vault is open, where that is not
// the practitioner's own; nil: it is.
func heldBy(p *app.Practice) fyne.CanvasObject {
	who := p.Holder()
	if who == "" || p.Executor() != nil {
		return nil
	}
	return kit.Pad(8, 14, 8, 14, backups.Note(kit.Amber, "Open with the key of "+who,
		"Everything that is opened or changed is noted as theirs. For looking only, lock, and choose “As executor”."))
}

// openings says who else opened the vault since the practitioner was told last.
func (s *Shell) openings(p *app.Practice) []string {
	said, err := p.TellOpenings(context.Background())
	if err != nil && !errors.Is(err, app.ErrReadOnly) {
		said = append(said, "who opened the vault with a key of their own cannot be told: "+err.Error())
	}
	return said
}
