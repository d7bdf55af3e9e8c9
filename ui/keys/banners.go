package keys

import (
	"context"
	"errors"

	"casekeep/app"
	"casekeep/ui/backups"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
)

// drawBanners shows what is to be done about the keys.
func (p *Page) drawBanners() {
	p.banners.Objects, p.urgent = nil, nil
	recovery := p.state.Recovery()
	switch {
	case p.state.Back:
		p.urgent = kit.NewButton("Remove it", p.finish).Small()
		p.banners.Add(backups.Note(kit.Red, "The file of a revoked key is back",
			"A service that copies folders can bring it. It opens nothing of the vault as it is now, and goes with one press.", p.urgent))
	case p.state.Unfinished:
		p.urgent = kit.NewButton("Finish it", p.finish).Small()
		p.banners.Add(backups.Note(kit.Red, "Sealing everything to a new key was cut off",
			"The vault is whole and works as ever. Until then the old key opens what is left.", p.urgent))
	case recovery == nil:
		p.banners.Add(backups.Note(kit.Amber, "There is no recovery sheet",
			"If the passphrase is forgotten, nothing else of yours opens the records. A sheet does.", kit.NewButton("Make one", p.makeRecovery).Small()))
	case recovery.Tested.IsZero():
		p.banners.Add(backups.Note(kit.Amber, "The recovery sheet was never tested",
			"Print it, delete the file, and type the key from the paper once.", kit.NewButton("Check it", p.check).Small()))
	}
	if n := p.oldCount(); n > 0 && !p.state.Unfinished {
		text := "They are from before everything was sealed anew. Once a new backup is made and read back, they can go."
		button := "Replace them"
		if n == 1 {
			text, button = "It is from before everything was sealed anew. Once a new backup is made and read back, it can go.", "Replace it"
		}
		p.banners.Add(backups.Note(kit.Amber, phrase.Count(n, "older backup opens", "older backups open")+" with the old key",
			text, kit.NewButton(button, p.askOld).Small()))
	}
	p.banners.Hidden = len(p.banners.Objects) == 0
}

func (p *Page) oldCount() int {
	n := 0
	for _, o := range p.old {
		n += o.Count
	}
	return n
}

func (p *Page) askOld() {
	act := "Back up, then remove them"
	if p.oldCount() == 1 {
		act = "Back up, then remove it"
	}
	kit.ConfirmDanger(p.desk.Window(), "Replace the older backups?",
		"The vault is backed up now, under its present key, and read back. Only then "+phrase.Count(p.oldCount(), "older backup is", "older backups are")+
			" removed, in the folders that are within reach: you cannot go back to the days before. Copies that somebody else has stay as they are.",
		act, p.removeOld)
}

func (p *Page) removeOld() {
	var done []app.OldBackups
	p.desk.RunBytes("Backing up under the present key", func(ctx context.Context, report func(int64, int64, string)) (err error) {
		done, err = p.desk.Practice().RemoveOldBackups(ctx, report)
		return err
	}, func(err error) {
		p.desk.Changed(0)
		p.Refresh()
		if err != nil && len(done) == 0 {
			p.desk.Fail(err)
			return
		}
		body := kit.Column(10)
		for _, o := range done {
			body.Add(kit.Column(1, kit.NewText(folders.Short(o.Target)).Bold(), kit.NewNote(removed(o))))
		}
		if err != nil {
			body.Add(kit.NewNote(app.Sentence(err)))
		}
		kit.NewDialog("Older backups", body, nil).Width(520).Open(p.desk.Window())
	})
}

func removed(o app.OldBackups) string {
	switch {
	case o.Err != nil:
		return app.Sentence(o.Err)
	case o.Away:
		return "It is not there: its backups are as they were. Connect the drive, and replace them then."
	}
	return phrase.Count(o.Count, "older backup was", "older backups were") + " removed. The newest one is under the present key, and was read back."
}

// finish does what is left: at once where the passphrase is known, else it asks
// for it.
func (p *Page) finish() {
	if p.desk.Practice().CanFinish() {
		p.finishWith("", func(err error) {
			if err != nil {
				p.desk.Fail(err)
			}
		})
		return
	}
	pass := kit.NewPassword("Passphrase").Must("Type the passphrase.")
	var dialog *kit.Dialog
	act := func() {
		text, ok := pass.Value()
		if !ok {
			return
		}
		p.finishWith(text, func(err error) {
			switch {
			case err == nil:
				dialog.Close()
			case refused(err):
				pass.SetError(app.Sentence(err))
				pass.Focus()
				dialog.Refresh()
			default:
				dialog.Close()
				p.desk.Fail(err)
			}
		})
	}
	pass.OnEnter = func(string) { act() }
	title, text, do := "Finish sealing everything", "What is left is sealed to the new key. You can cancel at any moment, and go on later.", "Finish it"
	if p.state.Back {
		title, text, do = "Remove the file of a revoked key", "Whose key it is stays in the list of those revoked.", "Remove it"
	}
	dialog = kit.NewDialog(title, kit.Column(12, kit.NewNote(text), pass), kit.NewPrimary(do, act))
	dialog.Open(p.desk.Window())
}

func (p *Page) finishWith(passphrase string, then func(error)) {
	finish(p.desk, p.state.Back, passphrase, func(err error) {
		p.Refresh()
		then(err)
	})
}

// Finish brings to its end what was cut off of sealing everything anew, where the
// passphrase is known since it opened the vault. It can be canceled, and gone on
// with later.
func Finish(d desk.Desk) {
	if !d.Practice().CanFinish() || d.Practice().Executor() != nil {
		return
	}
	var state app.Keys
	d.Load(func(ctx context.Context) (err error) {
		state, err = d.Practice().Keys(ctx)
		return err
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		finish(d, state.Back, "", func(err error) {
			if err != nil {
				d.Fail(err)
			}
		})
	})
}

// finish does what is left. back: it is only that a revoked key's file goes.
func finish(d desk.Desk, back bool, passphrase string, then func(error)) {
	title, done := "Finishing: sealing everything to the new key", "Everything is sealed to the new key"
	if back {
		title, done = "Removing the file of a revoked key", "The file of the revoked key is removed"
	}
	d.RunBytes(title, func(ctx context.Context, report func(int64, int64, string)) error {
		report(0, 0, "Checking the passphrase")
		return d.Practice().FinishRekey(ctx, passphrase, report)
	}, func(err error) {
		d.Changed(0)
		if err == nil {
			d.Toast(done, "", nil)
		}
		then(err)
	})
}

// refused reports whether an error is about the passphrase that was typed.
func refused(err error) bool {
	var wait *app.WaitError
	return errors.Is(err, app.ErrPassphrase) || errors.As(err, &wait)
}
