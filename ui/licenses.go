package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/assets"
	"casekeep/ui/kit"
)

// helpLicenses lists what Casekeep is built from. Each leads to its license: all
// of them at once would be some thousand lines to draw.
func (s *Shell) helpLicenses() {
	about, all := assets.EachLicense()
	rows := []fyne.CanvasObject{kit.NewNote(about + " The command casekeep licenses prints all of it.")}
	for _, l := range all {
		of := strings.Join(l.Of, ", ")
		rows = append(rows, kit.Row(0, kit.NewLink(of, func() {
			kit.NewDialog(of, kit.Pad(0, 14, 0, 0, kit.NewText(l.Text)), nil).Width(760).Open(s.window)
		}), kit.Space()))
	}
	s.tell("Licenses of what Casekeep is built from", kit.Column(6, rows...), 760)
}
