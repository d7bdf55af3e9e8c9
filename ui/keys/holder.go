package keys

import (
	"context"
	"errors"

	"casekeep/app"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// addHolder asks who is to hold a key, and by what they open the vault.
func (p *Page) addHolder() {
	name := kit.NewField("Name").Placeholder("Maria Osei, LCSW").Must("Say whose key it is: the name stands on the sheet and in the audit trail.")
	reach := kit.NewField("How the person is reached").Placeholder("601 555 0177")
	public := kit.NewArea("Their public key", 3).Placeholder("age1...").Must("Paste their public key: it begins with age1.")
	pass := kit.NewPassword("Your passphrase").Must("Type the passphrase.")
	kinds := record.HolderKinds()
	kind := kit.NewSegments([]string{"Professional executor", "Record custodian", "Other"}, 0, func(int) {})
	own := kit.Column(12, public, kit.NewSmall("age-keygen makes such a pair. Only they have the secret part, and they keep it safe themselves."), pass)
	own.Hide()
	var dialog *kit.Dialog
	var act *kit.Button
	how := kit.NewSegments([]string{"On a sheet that I print", "An age key of their own"}, 0, func(i int) {
		own.Hidden = i == 0
		act.SetText([]string{"Go on", "Add the holder"}[i])
		dialog.Refresh()
	})
	use := func() {
		defer func() { dialog.Refresh() }()
		text, ok := name.Value()
		if !ok {
			return
		}
		h := record.Holder{Who: text, Kind: kinds[kind.Chosen()], Reach: reach.Text()}
		if how.Chosen() == 0 {
			dialog.Close()
			p.makeSheet(h)
			return
		}
		if h.Recipient, ok = public.Value(); !ok {
			return
		}
		passphrase, ok := pass.Value()
		if !ok {
			return
		}
		p.desk.Run("Adding the holder", func(ctx context.Context, report func(int64, int64, string)) error {
			report(0, 0, "Sealing the vault’s key to theirs")
			_, err := p.desk.Practice().AddHolder(ctx, passphrase, h)
			return err
		}, func(err error) {
			field := public
			switch {
			case err == nil:
				dialog.Close()
				p.changed()
				p.desk.Toast(h.Who+" can open the vault", "", nil)
				return
			case refused(err):
				field = pass
			}
			field.SetError(app.Sentence(err))
			field.Focus()
			dialog.Refresh()
		})
	}
	name.OnEnter = func(string) { reach.Focus() }
	reach.OnEnter = func(string) { use() }
	pass.OnEnter = func(string) { use() }
	act = kit.NewPrimary("Go on", use).Shortcut("Ctrl Enter")
	dialog = kit.NewDialog("Add a holder", kit.Column(12,
		kit.NewNote("Somebody who can open the vault when you cannot: with their key, every record. What they do with it is written down under their name and role."),
		name, kit.Row(0, kind, kit.Space()), reach, kit.Row(0, how, kit.Space()), own), act).Width(560)
	dialog.Open(p.desk.Window())
}

// cannot says what revoking does not do.
const cannot = "It cannot take back what somebody has already: a copy of the vault, a backup or a record that they kept opens as before."

// revoke asks before somebody's key is made worthless.
func (p *Page) revoke(h record.Holder) {
	pass := kit.NewPassword("Your passphrase").Must("Type the passphrase.")
	var dialog *kit.Dialog
	use := func() {
		defer func() { dialog.Refresh() }()
		passphrase, ok := pass.Value()
		if !ok {
			return
		}
		p.desk.RunBytes("Sealing everything anew", func(ctx context.Context, report func(int64, int64, string)) error {
			report(0, 0, "Checking the passphrase")
			return p.desk.Practice().Revoke(ctx, passphrase, []string{h.Name}, report)
		}, func(err error) {
			if err != nil && refused(err) {
				pass.SetError(app.Sentence(err))
				pass.Focus()
				dialog.Refresh()
				return
			}
			dialog.Close()
			p.changed()
			switch {
			case errors.Is(err, context.Canceled) && !errors.Is(err, app.ErrUnfinished):
				p.desk.Toast("Nothing was revoked: the key opens the vault as before", "", nil)
			case err != nil:
				p.desk.Fail(err)
			default:
				p.tellAnew("The key is revoked", "Nothing in the vault opens with it any more.", cannot)
			}
		})
	}
	pass.OnEnter = func(string) { use() }
	lines := []string{
		"The vault gets a new key, and everything in it is sealed anew: the database, and each attachment. You can cancel at any moment, and go on later.",
		cannot,
		"Backups made before stay sealed to the old key. Once a new one is made, you are offered to replace them.",
	}
	body := kit.Column(10)
	for i, line := range lines {
		text := kit.NewNote(line)
		if i == 1 {
			text.Color(look.Amber)
		}
		body.Add(text)
	}
	for _, other := range p.state.Holders {
		if other.State == record.HolderUnknown && other.Name != h.Name {
			body.Add(kit.NewNote("The key " + other.Name + ", of which the vault knows nothing, is revoked with it.").Color(look.Amber))
		}
	}
	body.Add(pass)
	dialog = kit.NewDialog("Revoke the key of "+keyOf(h)+"?", body, kit.NewDanger("Revoke it", use)).Width(560)
	dialog.Open(p.desk.Window())
}

func keyOf(h record.Holder) string {
	if h.Kind == record.HolderRecovery {
		return "the recovery sheet"
	}
	return h.Who
}

// tellAnew says what was done by sealing everything anew, what it cannot do, and
// what is left to do.
func (p *Page) tellAnew(title, done, cannot string) {
	var old []app.OldBackups
	p.desk.Load(func(ctx context.Context) (err error) {
		old, err = p.desk.Practice().OldBackups(ctx)
		return err
	}, func(error) { // what cannot be looked at is said on the page of the backups
		var dialog *kit.Dialog
		body := kit.Column(10, kit.NewText(done), kit.NewNote(cannot))
		if len(old) == 0 {
			kit.NewDialog(title, body, nil).Width(520).Open(p.desk.Window())
			return
		}
		p.old = old
		dialog = kit.NewDialog(title, body, kit.NewPrimary("Replace the older backups", func() {
			dialog.Close()
			p.askOld()
		})).Width(520).Cancel("Later")
		dialog.Open(p.desk.Window())
	})
}
