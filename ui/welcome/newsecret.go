package welcome

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/kit"
	"casekeep/ui/meter"
)

// newSecret settles the passphrase of a vault that is made out of another one:
// the one that opened that, which is not shown, or a new one, typed twice into
// empty fields.
type newSecret struct {
	kept         string // "": there is none to keep
	first, again *kit.Field
	keep, choose *fyne.Container
	content      *fyne.Container
	changed      func() // the question's height is another
}

func newNewSecret(kept string, do func(func())) *newSecret {
	s := &newSecret{kept: kept, changed: func() {},
		first: kit.NewPassword("Passphrase of the new vault"), again: kit.NewPassword("The passphrase once more")}
	judged := meter.New(do)
	s.first.OnChanged = func(text string) { judged.Judge(text) }
	s.first.OnEnter = func(string) { s.again.Focus() }
	s.keep = kit.Column(4, kit.NewText("The new vault opens with the passphrase that you just gave."),
		kit.Row(0, kit.NewLink("Choose another passphrase", s.another), kit.Space()))
	s.choose = kit.Column(10, kit.Column(6, s.first, judged.Content()), s.again)
	s.content = kit.Column(0, s.keep)
	if kept == "" {
		s.content = kit.Column(0, s.choose)
	}
	return s
}

// another asks for a passphrase instead of keeping the one that was given.
func (s *newSecret) another() {
	s.kept = ""
	s.content.Objects = []fyne.CanvasObject{s.choose}
	s.content.Refresh()
	s.changed()
	s.first.Focus()
}

// value gives the passphrase, and whether it was chosen here. What is wrong is
// said next to its field.
func (s *newSecret) value() (passphrase string, chosen, ok bool) {
	switch {
	case s.kept != "":
		return s.kept, false, true
	case strings.TrimSpace(s.first.Text()) == "":
		s.first.SetError("A vault needs a passphrase: several words.")
		s.first.Focus()
	case s.first.Text() != s.again.Text():
		s.again.SetError("This is not the same passphrase: type it again.")
		s.again.Focus()
	default:
		return s.first.Text(), true, true
	}
	return "", true, false
}

// unlessWeak goes on with a passphrase; where a weak one was chosen it asks
// before.
func unlessWeak(p *Page, passphrase string, chosen bool, then func(), hints ...string) {
	if !chosen {
		then()
		return
	}
	meter.UnlessWeak(p.opt.Window, passphrase, then, hints...)
}
