package handover

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/chooser"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
)

// Secret asks for what opens something: its passphrase, or a holder's key.
type Secret struct {
	Passphrase *kit.Field
	key        *Key
	how        *kit.Button
	links      *fyne.Container // lead to another way of giving it
	ways       [2]string       // what the link says that leads to a key, and back
	content    *fyne.Container
}

// NewSecret makes the question. choose lets files and folders be chosen.
func NewSecret(label string, choose func(chooser.Ask)) *Secret {
	s := &Secret{Passphrase: kit.NewPassword(label), key: NewKey(choose), ways: [2]string{"Use a key instead", "Use the passphrase instead"}}
	s.how = kit.NewLink("", func() { s.use(!s.keyed()) })
	s.links = kit.Column(8, kit.Row(0, s.how, kit.Space()))
	s.content = kit.Column(8, s.Passphrase, s.key.content, s.links)
	s.use(false)
	return s
}

// ChooseKey lets a key file be chosen.
func ChooseKey(choose func(chooser.Ask), now string, chosen func(path string)) {
	from := folders.Documents()
	if now = strings.TrimSpace(now); now != "" {
		from = filepath.Dir(folders.Whole(now))
	}
	choose(chooser.Ask{
		Title: "Choose a key file", Act: "Use it", From: from, One: true,
		Text:   "A recovery key is a small text file that begins with AGE-SECRET-KEY, or with a comment before that.",
		Wanted: func(name string) bool { return strings.HasSuffix(name, ".txt") || strings.Contains(name, "key") },
		Chosen: func(paths []string) { chosen(paths[0]) },
	})
}

// OnChanged sets what happens where the question's height is another.
func (s *Secret) OnChanged(do func()) { s.key.OnChanged = do }

func (s *Secret) keyed() bool { return s.key.content.Visible() }

// use asks for a key, or for the passphrase.
func (s *Secret) use(key bool) {
	s.key.content.Hidden, s.Passphrase.Hidden = !key, key
	s.key.links.Hidden = !key
	s.how.SetText(s.ways[0])
	if key {
		s.how.SetText(s.ways[1])
	}
	s.content.Refresh()
	s.links.Refresh()
	s.key.OnChanged()
}

// Content is what stands in the window.
func (s *Secret) Content() fyne.CanvasObject { return s.content }

// Links takes the links out of the content and gives them, to stand under
// further fields: Tab then goes through all fields first. They say by name what
// they are about, such as "the present passphrase".
func (s *Secret) Links(name string) fyne.CanvasObject {
	s.ways = [2]string{"Use a key instead of " + name, "Use " + name}
	s.content.Remove(s.links)
	s.key.content.Remove(s.key.links)
	s.links.Objects = append([]fyne.CanvasObject{s.key.links}, s.links.Objects...)
	s.use(s.keyed())
	return s.links
}

// OnEnter sets what Enter does.
func (s *Secret) OnEnter(press func()) {
	s.Passphrase.OnEnter = func(string) { press() }
	s.key.OnEnter(press)
}

// OnCtrlEnter sets what Ctrl+Enter does in a key that is typed, where that is
// more than OnEnter.
func (s *Secret) OnCtrlEnter(press func()) { s.key.typed.OnEnter = func(string) { press() } }

// Clear takes away what was typed.
func (s *Secret) Clear() {
	s.Passphrase.SetText("")
	s.key.Clear()
	s.use(false)
}

// Value gives the secret. Where nothing is given it says so.
func (s *Secret) Value() (app.Secret, bool) {
	if s.keyed() {
		return s.key.Value()
	}
	if s.Passphrase.Text() == "" {
		s.Passphrase.SetError("Type the passphrase.")
		s.Passphrase.Focus()
		return app.Secret{}, false
	}
	return app.Secret{Passphrase: s.Passphrase.Text()}, true
}

// Fail says next to the field why it opens nothing.
func (s *Secret) Fail(err error) {
	if s.keyed() {
		s.key.Fail(err)
		return
	}
	s.Passphrase.SetError(app.Sentence(err))
	s.Passphrase.Focus()
	s.key.OnChanged()
}

// choosing lets a page's desk choose.
func choosing(d desk.Desk) func(chooser.Ask) {
	return func(a chooser.Ask) { chooser.Open(d, a) }
}
