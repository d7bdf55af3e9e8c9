package welcome

import (
	"context"
	"path/filepath"

	"casekeep/app"
	"casekeep/ui/backups"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
)

// askSalvage asks where what can be read of a damaged vault is saved.
func (u *unlock) askSalvage() {
	p, dir, tried := u.page, u.dir, u.tried
	into := kit.NewField("The folder of the new vault").Must("Say where the new vault is to lie.")
	into.SetText(folders.Short(folders.Free(filepath.Dir(dir), app.VaultName(dir)+" saved", app.Suffix)))
	secret := newNewSecret(tried.Passphrase, p.opt.Do)
	var dialog *kit.Dialog
	save := func(out, passphrase string) {
		var saved app.SalvagedVault
		p.run("Saving what can be read", func(ctx context.Context, report app.Doing) (err error) {
			saved, err = app.Salvage(ctx, dir, tried, folders.Whole(out), passphrase, p.opt.Config, report)
			return err
		}, func(err error) {
			if err != nil {
				into.SetError(app.Sentence(err))
				return
			}
			dialog.Close()
			p.Unlock(saved.Folder)
			tellSalvaged(p, saved)
		})
	}
	act := func() {
		out, ok := into.Value()
		if !ok {
			return
		}
		passphrase, chosen, ok := secret.value()
		if !ok {
			return
		}
		unlessWeak(p, passphrase, chosen, func() { save(out, passphrase) })
	}
	into.OnEnter = func(string) {
		if secret.kept == "" {
			secret.first.Focus()
			return
		}
		act()
	}
	secret.again.OnEnter = func(string) { act() }
	dialog = kit.NewDialog("Save what can be read", kit.Column(12,
		kit.NewNote("All that decrypts goes into a new vault, and what is missing is listed by name. The damaged vault stays as it is. "+
			"A backup that is whole is better: try that first."), into, secret.content), kit.NewPrimary("Save it", act)).Width(560)
	secret.changed = dialog.Refresh
	dialog.Open(p.opt.Window)
}

func tellSalvaged(p *Page, s app.SalvagedVault) {
	body := kit.Column(8,
		kit.NewText("Saved are "+phrase.Count(s.Clients, "client", "clients")+", "+phrase.Count(s.Entries, "entry", "entries")+" and "+
			phrase.Count(s.Attachments, "attachment", "attachments")+"."), kit.NewNote(folders.Short(s.Folder)))
	if len(s.Missing) == 0 {
		body.Add(kit.NewNote("Nothing that was saved speaks of anything that is missing."))
	} else {
		body.Add(kit.NewText("Missing:").Bold())
		backups.Lines(body, s.Missing)
	}
	told := kit.NewDialog("What could be read is saved", body, nil).Width(560)
	told.OnClosed = p.unlock.passphrase.Focus
	told.Open(p.opt.Window)
}
