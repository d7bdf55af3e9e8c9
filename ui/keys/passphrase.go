package keys

import (
	"context"
	"errors"
	"strings"

	"casekeep/app"
	"casekeep/ui/chooser"
	"casekeep/ui/desk"
	"casekeep/ui/handover"
	"casekeep/ui/kit"
	"casekeep/ui/meter"
)

// cannotPassphrase says what sealing everything anew does not do.
const cannotPassphrase = "It cannot take back what somebody has already: a copy of the vault or a backup from before opens with the old passphrase."

// changePassphrase asks for the present passphrase, or the recovery sheet where
// that is forgotten, and twice for the new one.
func (p *Page) changePassphrase() {
	old := handover.NewSecret("Present passphrase", p.choose)
	first, again := kit.NewPassword("New passphrase"), kit.NewPassword("The new passphrase once more")
	judged := meter.On(p.desk)
	first.OnChanged = func(text string) { judged.Judge(text, p.name) }
	anew := kit.NewCheck("Somebody else may know the present one: seal everything anew", false, nil)
	var dialog *kit.Dialog
	changed := func(err error) {
		switch {
		case errors.Is(err, app.ErrUnfinished), errors.Is(err, app.ErrNotAnew):
			dialog.Close()
			p.changed()
			p.desk.Fail(err)
		case err != nil:
			old.Fail(err)
			dialog.Refresh()
		case anew.On():
			dialog.Close()
			p.changed()
			p.tellAnew("The passphrase is changed", "Nothing that is written from now on opens with the old passphrase.", cannotPassphrase)
		default:
			dialog.Close()
			p.changed()
			p.desk.Toast("The passphrase is changed. Backups open with it once the next is made", "Back up", func() { p.desk.Go(desk.Place{Page: desk.Backups}) })
		}
	}
	change := func(secret app.Secret, text string) {
		if anew.On() {
			p.desk.RunBytes("Sealing everything anew", func(ctx context.Context, report func(int64, int64, string)) error {
				report(0, 0, "Changing the passphrase")
				return p.desk.Practice().ReplacePassphrase(ctx, secret, text, report)
			}, changed)
			return
		}
		p.desk.Run("Changing the passphrase", func(ctx context.Context, report func(int64, int64, string)) error {
			report(0, 0, "Sealing the vault’s key, and opening it again")
			return p.desk.Practice().ChangePassphrase(ctx, secret, text)
		}, changed)
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
			meter.UnlessWeak(p.desk.Window(), first.Text(), func() { change(secret, first.Text()) }, p.name)
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
		old.Content(), kit.Column(6, first, judged.Content()), again, old.Links("the present passphrase"),
		kit.Column(4, anew, kit.NewSmall("Without it, an old copy of key.age or an old backup opens later records too, with the old passphrase. "+
			"It writes the whole vault once more, which takes its time; you can cancel, and go on later."))),
		kit.NewPrimary("Change it", act).Shortcut("Ctrl Enter")).Width(520)
	old.OnChanged(dialog.Refresh)
	dialog.Open(p.desk.Window())
}

// choose lets a key file be chosen.
func (p *Page) choose(a chooser.Ask) { chooser.Open(p.desk, a) }
