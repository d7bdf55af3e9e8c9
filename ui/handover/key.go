package handover

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/chooser"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
)

// Key asks for a holder's key: as it is typed from a sheet, or a file.
type Key struct {
	OnChanged func() // the key, or its place, is another

	typed   *kit.Field
	file    *kit.Field
	how     *kit.Button
	links   *fyne.Container // holds how
	content *fyne.Container
}

// NewKey makes the question. choose lets files and folders be chosen.
func NewKey(choose func(chooser.Ask)) *Key {
	k := &Key{OnChanged: func() {},
		typed: kit.NewArea("The key, as it stands on the sheet", 3).Placeholder("AGE-SECRET-KEY-PQ-1 and the groups below it").
			Hint("Spaces, line breaks and small letters do not matter."),
		file: kit.NewField("Key file").Placeholder("the file with the secret key, as age-keygen writes it")}
	k.file.Trailing(kit.NewLink("browse", func() {
		ChooseKey(choose, k.file.Text(), func(path string) { k.file.SetText(folders.Short(path)) })
	}))
	k.how = kit.NewLink("", func() {
		k.use(!k.file.Visible())
		k.Focus()
		k.OnChanged()
	})
	k.links = kit.Row(0, k.how, kit.Space())
	k.content = kit.Column(8, k.typed, k.file, k.links)
	k.use(false)
	return k
}

// use asks for a file, or for a key that is typed.
func (k *Key) use(file bool) {
	k.file.Hidden, k.typed.Hidden = !file, file
	k.how.SetText("It is in a key file")
	if file {
		k.how.SetText("Type it from the sheet")
	}
	k.content.Refresh()
}

func (k *Key) field() *kit.Field {
	if k.file.Visible() {
		return k.file
	}
	return k.typed
}

// Content is what stands in the window.
func (k *Key) Content() fyne.CanvasObject { return k.content }

// Focus gives the keyboard to the field.
func (k *Key) Focus() { k.field().Focus() }

// OnEnter sets what Enter does in the file's field, and Ctrl+Enter in the other.
func (k *Key) OnEnter(press func()) {
	k.typed.OnEnter = func(string) { press() }
	k.file.OnEnter = func(string) { press() }
}

// Clear takes away what was typed.
func (k *Key) Clear() {
	k.typed.SetText("")
	k.file.SetText("")
	k.use(false)
}

// Value gives the key. Where none is given it says so.
func (k *Key) Value() (app.Secret, bool) {
	text := strings.TrimSpace(k.field().Text())
	switch {
	case text == "":
		says := "Type the key from the sheet."
		if k.file.Visible() {
			says = "Choose the key file."
		}
		k.field().SetError(says)
		k.Focus()
		return app.Secret{}, false
	case k.file.Visible():
		return app.Secret{KeyFile: folders.Whole(text)}, true
	}
	return app.Secret{Typed: text}, true
}

// Fail says next to the field why the key opens nothing.
func (k *Key) Fail(err error) {
	k.field().SetError(app.Sentence(err))
	k.Focus()
	k.OnChanged()
}
