package handover

import (
	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/chooser"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// CheckSheet asks for a key, and shows whether it opens the vault. check runs off
// the main goroutine, by run, and says whose key it is; checked is told that one
// was. The dialog shows no record and opens nothing.
func CheckSheet(w fyne.Window, choose func(chooser.Ask), run func(job func() error, done func(error)),
	check func(app.Secret) (says string, err error), checked func()) {
	key := NewKey(choose)
	said := kit.NewNote("").Color(look.Green)
	good := kit.Note(kit.Green, said)
	good.Hide()
	var act *kit.Button
	var dialog *kit.Dialog
	try := func() {
		secret, ok := key.Value()
		if !ok {
			dialog.Refresh()
			return
		}
		good.Hide()
		act.Disable()
		act.SetText("Checking")
		says := ""
		run(func() (err error) {
			says, err = check(secret)
			return err
		}, func(err error) {
			act.Enable()
			act.SetText("Check it")
			if err != nil {
				key.Fail(err)
				return
			}
			key.Clear()
			said.SetText(says)
			good.Show()
			dialog.Refresh()
			checked()
		})
	}
	act = kit.NewPrimary("Check it", try).Shortcut("Ctrl Enter")
	key.OnEnter(try)
	dialog = kit.NewDialog("Check a sheet", kit.Column(12,
		kit.NewNote("Type the key from the paper, not from the file that it was printed from: it is the paper that has to be right. The vault stays as it is, and no record is shown."),
		key.Content(), good), act).Width(520).Cancel("Close")
	key.OnChanged = dialog.Refresh
	dialog.Open(w)
	key.Focus()
}
