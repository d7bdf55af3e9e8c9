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

// Secret asks for what opens something: its passphrase, or a key file.
type Secret struct {
	Passphrase *kit.Field
	file       *kit.Field
	how        *kit.Button
	content    *fyne.Container
}

// NewSecret makes the question. choose lets files and folders be chosen.
func NewSecret(label string, choose func(chooser.Ask)) *Secret {
	s := &Secret{Passphrase: kit.NewPassword(label), file: kit.NewField("Key file").Placeholder("the file with the secret key, as age-keygen writes it")}
	s.file.Trailing(kit.NewLink("browse", func() {
		ChooseKey(choose, s.file.Text(), func(path string) { s.file.SetText(folders.Short(path)) })
	}))
	s.how = kit.NewLink("", func() { s.use(!s.file.Visible()) })
	s.content = kit.Column(8, s.Passphrase, s.file, kit.Row(0, s.how, kit.Space()))
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

// use asks for a key file, or for the passphrase.
func (s *Secret) use(file bool) {
	s.file.Hidden, s.Passphrase.Hidden = !file, file
	s.how.SetText("Use a key file instead")
	if file {
		s.how.SetText("Use the passphrase instead")
	}
	s.content.Refresh()
}

// Content is what stands in the window.
func (s *Secret) Content() fyne.CanvasObject { return s.content }

// OnEnter sets what Enter does.
func (s *Secret) OnEnter(press func()) {
	s.Passphrase.OnEnter = func(string) { press() }
	s.file.OnEnter = func(string) { press() }
}

// Clear takes away what was typed.
func (s *Secret) Clear() {
	s.Passphrase.SetText("")
	s.file.SetText("")
	s.use(false)
}

// Value gives the secret. Where nothing is given it says so.
func (s *Secret) Value() (app.Secret, bool) {
	if s.file.Visible() {
		if path := strings.TrimSpace(s.file.Text()); path != "" {
			return app.Secret{KeyFile: folders.Whole(path)}, true
		}
		s.file.SetError("Choose the key file.")
		s.file.Focus()
		return app.Secret{}, false
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
	field := s.Passphrase
	if s.file.Visible() {
		field = s.file
	}
	field.SetError(app.Sentence(err))
	field.Focus()
}

// choosing lets a page's desk choose.
func choosing(d desk.Desk) func(chooser.Ask) {
	return func(a chooser.Ask) { chooser.Open(d, a) }
}
