package handover

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/meter"
)

// seal asks for whom a file is sealed: a passphrase, typed twice, or public
// keys.
type seal struct {
	how           *kit.Segments
	first, again  *kit.Field
	meter         *meter.Meter
	keys          *kit.Field
	typed, public *fyne.Container
	content       *fyne.Container
}

func newSeal(d desk.Desk) *seal {
	s := &seal{
		first: kit.NewPassword("Passphrase of the file"), again: kit.NewPassword("The passphrase once more"), meter: meter.On(d),
		keys: kit.NewArea("Public keys of the receivers, one a line", 2).Placeholder("age1..."),
	}
	s.first.OnChanged = func(text string) { s.meter.Judge(text) }
	s.typed = kit.Column(10, kit.Column(6, s.first, s.meter.Content()), s.again,
		kit.NewSmall("Casekeep does not keep it. Tell it by phone, never in the same message as the file."))
	s.public = kit.Column(6, s.keys, kit.NewSmall("Only the receivers’ secret keys open the file: age-keygen makes such a pair."))
	s.how = kit.NewSegments([]string{"With a passphrase", "To public keys"}, 0, func(int) { s.show() })
	s.content = kit.Column(10, kit.Row(0, s.how, kit.Space()), s.typed, s.public)
	s.show()
	return s
}

func (s *seal) show() {
	s.typed.Hidden, s.public.Hidden = s.how.Chosen() != 0, s.how.Chosen() == 0
	s.content.Refresh()
}

// value gives for whom the file is sealed; what is wrong is said next to its
// field.
func (s *seal) value() (app.Sealing, bool) {
	if s.how.Chosen() != 0 {
		to := app.Sealing{Recipients: strings.Fields(s.keys.Text())}
		if len(to.Recipients) == 0 {
			s.keys.SetError("Paste a public key: it begins with age1.")
			s.keys.Focus()
			return to, false
		}
		return to, true
	}
	to := app.Sealing{Passphrase: s.first.Text()}
	switch {
	case strings.TrimSpace(to.Passphrase) == "":
		s.first.SetError("The file needs a passphrase: several words.")
		s.first.Focus()
	case to.Passphrase != s.again.Text():
		s.again.SetError("This is not the same passphrase: type it again.")
		s.again.Focus()
	default:
		return to, true
	}
	return to, false
}

func (s *seal) onEnter(press func()) {
	s.first.OnEnter = func(string) { s.again.Focus() }
	s.again.OnEnter = func(string) { press() }
	s.keys.OnEnter = func(string) { press() }
}
