package keys

import (
	"context"
	"errors"
	"os"

	"casekeep/app"
	"casekeep/ui/folders"
	"casekeep/ui/handover"
	"casekeep/ui/kit"
	"casekeep/ui/paper"
	"casekeep/vault/record"
)

// makeRecovery prints the recovery sheet.
func (p *Page) makeRecovery() {
	p.sheet(paper.Ask{Title: "Make a recovery sheet", Act: "Make the sheet", Name: "Recovery sheet",
		Text: "One page with a second key to the vault, to be printed and locked away: in groups to be typed, and as a QR code. Casekeep keeps no copy of the key."},
		func(ctx context.Context, passphrase string, out app.PaperFile, _ app.Doing) (app.Printed, error) {
			return p.desk.Practice().MakeRecoverySheet(ctx, passphrase, out)
		})
}

// makeSheet prints a key for somebody.
func (p *Page) makeSheet(h record.Holder) {
	p.sheet(paper.Ask{Title: "A key for " + h.Who, Act: "Make the sheet", Name: "Key of " + h.Who,
		Text: "One page with a key of their own, to be printed and handed over in person. Casekeep keeps no copy of the key."},
		func(ctx context.Context, passphrase string, out app.PaperFile, _ app.Doing) (app.Printed, error) {
			return p.desk.Practice().MakeHolderSheet(ctx, passphrase, h, out)
		})
}

// replace prints another sheet in place of one that was lost.
func (p *Page) replace(h record.Holder) {
	p.sheet(paper.Ask{Title: "Replace a lost sheet", Act: "Replace it", Name: who(h),
		Text: "The old sheet is revoked, and a new one is printed for " + theirs(h) + ". Everything is sealed anew, which takes its time; you can cancel, and go on later. " + cannot},
		func(ctx context.Context, passphrase string, out app.PaperFile, report app.Doing) (app.Printed, error) {
			return p.desk.Practice().ReplaceSheet(ctx, passphrase, h.Name, out, report)
		})
}

func theirs(h record.Holder) string {
	if h.Kind == record.HolderRecovery {
		return "you"
	}
	return h.Who
}

// sheet asks for the passphrase and the file, and makes a sheet.
func (p *Page) sheet(ask paper.Ask, make func(ctx context.Context, passphrase string, out app.PaperFile, report app.Doing) (app.Printed, error)) {
	pass := kit.NewPassword("Your passphrase").Must("Type the passphrase.")
	ask.Before, ask.Secret = pass, true
	ask.Ready = func() bool {
		_, ok := pass.Value()
		return ok
	}
	var made app.PaperFile
	ask.Long = func(ctx context.Context, out app.PaperFile, report app.Doing) (app.Printed, error) {
		made = out
		return make(ctx, pass.Text(), out, report)
	}
	ask.Failed = func(err error, close func()) bool {
		switch {
		case refused(err):
			pass.SetError(app.Sentence(err))
			pass.Focus()
		case errors.Is(err, app.ErrUnfinished):
			close()
			p.changed()
			p.tellSheet(made.Path)
			p.desk.Fail(err)
		default:
			return false
		}
		return true
	}
	ask.Done = func(done app.Printed) {
		p.changed()
		p.tellSheet(done.File)
	}
	paper.Open(p.desk, ask)
}

// changed lets every page know that the keys are others.
func (p *Page) changed() {
	p.desk.Changed(0)
	p.Refresh()
}

// tellSheet says what to do with a sheet that was made.
func (p *Page) tellSheet(file string) {
	var dialog *kit.Dialog
	check := kit.NewPrimary("Check the sheet", func() {
		dialog.Close()
		p.check()
	})
	dialog = kit.NewDialog("Print it, then check it", kit.Column(8,
		kit.NewText("The sheet is in "+folders.Short(file)+"."),
		kit.NewNote("1. Print it, and lock the paper away."),
		kit.NewNote("2. Delete the file: whoever finds it has the key, and a cloud service may copy it."),
		kit.NewNote("3. Type the key from the paper once. Then you know that it opens the vault.")),
		check).Width(520).Cancel("Later").More(kit.NewButton("Delete the file", func() { p.askDelete(file) }))
	dialog.Open(p.desk.Window())
	kit.Focus(check)
}

// askDelete removes the file of a sheet once it is printed.
func (p *Page) askDelete(file string) {
	kit.ConfirmDanger(p.desk.Window(), "Is the sheet printed?", "Without the file and without the paper nobody has this key. A copy in a trash or in a cloud is not deleted.",
		"Delete the file", func() {
			if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
				p.desk.Fail(err)
				return
			}
			p.desk.Toast("The file is deleted", "", nil)
		})
}

// check shows whether a key opens the vault, and notes that it was tested.
func (p *Page) check() {
	handover.CheckSheet(p.desk.Window(), p.choose, func(job func() error, done func(error)) {
		p.desk.Load(func(context.Context) error { return job() }, done)
	}, func(s app.Secret) (string, error) {
		h, err := p.desk.Practice().CheckSheet(context.Background(), s)
		if err != nil {
			return "", err
		}
		return "This key opens the vault: " + who(h) + ". The day is noted.", nil
	}, p.changed)
}
