package keys

import (
	"context"
	"strings"

	"casekeep/app"
	"casekeep/ui/chooser"
	"casekeep/ui/desk"
	"casekeep/ui/handover"
	"casekeep/ui/kit"
	"casekeep/ui/meter"
)

// changePassphrase asks for the present passphrase, or the recovery sheet where
// that is forgotten, and twice for the new one.
func (p *Page) changePassphrase() {
	old := handover.NewSecret("Present passphrase", p.choose)
	first, again := kit.NewPassword("New passphrase"), kit.NewPassword("The new passphrase once more")
	judged := meter.On(p.desk)
	first.OnChanged = func(text string) { judged.Judge(text) }
	var dialog *kit.Dialog
	change := func(secret app.Secret, text string) {
		p.desk.Run("Changing the passphrase", func(ctx context.Context, report func(int64, int64, string)) error {
			report(0, 0, "Sealing the vault’s key, and opening it again")
			return p.desk.Practice().ChangePassphrase(ctx, secret, text)
		}, func(err error) {
			if err != nil {
				old.Fail(err)
				dialog.Refresh()
				return
			}
			dialog.Close()
			p.desk.Changed(0)
			p.Refresh()
			p.desk.Toast("The passphrase is changed. Backups open with it once the next is made", "Back up", func() { p.desk.Go(desk.Place{Page: desk.Backups}) })
		})
	}
	act := func() {
		secret, ok := old.Value()
		switch {
		case !ok:
		case strings.TrimSpace(first.Text()) == "":
			first.SetError("A vault needs a passphrase: several words.")
			first.Focus()
		case first.Text() != again.Text():
			again.SetError("This is not the same passphrase: type it again.")
			again.Focus()
		default:
			meter.UnlessWeak(p.desk.Window(), first.Text(), func() { change(secret, first.Text()) })
		}
		dialog.Refresh()
	}
	old.OnEnter(first.Focus)
	old.OnCtrlEnter(act)
	first.OnEnter = func(string) { again.Focus() }
	again.OnEnter = func(string) { act() }
	dialog = kit.NewDialog("Change the passphrase", kit.Column(14,
		kit.NewNote("Nobody can reset it: write the new one down, and keep the paper where you keep what must not be lost. "+
			"Until the next backup, the backups open with the old one, and so does a copy of the vault that somebody has."),
		old.Content(), kit.Column(6, first, judged.Content()), again, old.Links("the present passphrase")), kit.NewPrimary("Change it", act).Shortcut("Ctrl Enter")).Width(520)
	old.OnChanged(dialog.Refresh)
	dialog.Open(p.desk.Window())
}

// choose lets a key file be chosen.
func (p *Page) choose(a chooser.Ask) { chooser.Open(p.desk, a) }
