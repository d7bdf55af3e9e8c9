package retention

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
	"casekeep/ui/paper"
	"casekeep/vault/record"
)

// askDestroy asks for the client's name and the passphrase, and destroys the
// record.
func (r *review) askDestroy() {
	if r.look.Status != record.KeepDue {
		return
	}
	newConfirm(r).open()
}

// confirm is the last question before a record is destroyed. Its button stays
// out of reach until the name is typed whole.
type confirm struct {
	review  *review
	name    *kit.Field
	pass    *kit.Field
	copies  *kit.Check // whether the copies in the vault's folder go too
	problem *kit.Text
	body    *fyne.Container
	act     *kit.Button
	dialog  *kit.Dialog
}

func newConfirm(r *review) *confirm {
	c := &confirm{review: r, name: kit.NewField("Type the client’s name: " + names.In(r.look.Name)), pass: kit.NewPassword("Passphrase of the vault"),
		copies: copiesCheck(r.look), problem: kit.NewSmall("").Color(look.Red)}
	c.problem.Hide()
	c.act = kit.NewDanger("Destroy the record", c.do)
	c.act.Disable()
	c.name.OnChanged = func(string) { c.typed() }
	c.pass.OnChanged = func(string) { c.typed() }
	c.name.OnEnter = func(string) { c.pass.Focus() }
	c.pass.OnEnter = func(string) { c.act.Press() }
	lines := kit.Column(6)
	for _, text := range happens(r.look) {
		lines.Add(kit.TopRow(8, kit.NewLabel("–"), kit.Grow(kit.NewText(text))))
	}
	c.body = kit.Column(12, lines, c.copies, c.name, c.pass, c.problem)
	c.dialog = kit.NewDialog("Destroy the record of "+names.In(r.look.Name)+"?", c.body, c.act).Width(560)
	return c
}

func (c *confirm) open() { c.dialog.Open(c.review.desk.Window()) }

// happens says in plain words what destroying does, and what it does not do.
func happens(l app.LastLook) []string {
	what := phrase.Count(l.Entries, "entry", "entries")
	if l.Attachments > 0 {
		what += " and " + phrase.Count(l.Attachments, "attachment", "attachments")
	}
	all := []string{
		"All of the record leaves this vault for good: " + what + ", what the search knows of them, and the pages on which they stood. This cannot be undone.",
		"A line stays: the record’s number, initials, dates, the rule, and the number of the certificate.",
	}
	if n := len(l.Backups); n > 0 {
		all = append(all, phrase.Count(n, "backup", "backups")+" will still hold it until purged or expired.")
	}
	all = append(all, copiesHappen(l)...)
	if l.Disclosed > 0 {
		all = append(all, "Copies that were handed out stay where they are.")
	}
	return all
}

// typed lets the button be pressed once the name is there and a passphrase.
func (c *confirm) typed() {
	c.say("")
	setEnabled(c.act, app.SameName(c.name.Text(), c.review.look.Name) && c.pass.Text() != "")
}

func (c *confirm) say(problem string) {
	if problem == c.problem.Text() {
		return
	}
	c.problem.SetText(problem)
	c.problem.Hidden = problem == ""
	c.body.Refresh()
	c.dialog.Refresh()
}

func (c *confirm) do() {
	r := c.review
	name := r.look.Name
	typed := app.Confirm{Name: c.name.Text(), Passphrase: c.pass.Text()}
	var done record.Destruction
	var left []record.StrayCopy
	var remove []record.StrayCopy
	if c.copies.On() {
		remove = r.look.Copies
	}
	r.desk.Run("Destroying the record of "+names.In(name), func(ctx context.Context, report func(done, total int64, text string)) (err error) {
		report(0, 0, "Checking the passphrase")
		p := r.desk.Practice()
		done, err = p.Destroy(ctx, r.client, typed, report)
		if done.ID == 0 {
			return err
		}
		if err == nil {
			err = p.RemoveCopies(context.WithoutCancel(ctx), done, remove)
		}
		var unknown error
		left, unknown = p.StrayCopies(context.WithoutCancel(ctx))
		return errors.Join(err, unknown)
	}, func(err error) {
		switch {
		case errors.Is(err, app.ErrPassphrase):
			c.pass.SetText("")
			c.pass.SetError("That is not the passphrase of this vault. Nothing was destroyed: type it again.")
			c.pass.Focus()
			c.dialog.Refresh() // the field is higher now
		case err != nil && done.ID == 0:
			c.say(app.Sentence(err))
		default:
			if err != nil { // it is destroyed; only its pages are not swept yet, or a copy stays
				r.desk.Fail(err)
			}
			c.dialog.Close()
			r.destroyed(done, name, len(left))
			r.desk.Changed(0)
		}
	})
}

// saveCertificate writes a certificate of destruction as a PDF.
func saveCertificate(d desk.Desk, of record.Destruction) {
	paper.Open(d, paper.Ask{
		Title: "Save the certificate", Text: "It names the record by its number and initials alone, and says honestly what was done and what was not.",
		Name: "Certificate of destruction " + of.Certificate, Act: "Save",
		Print: func(ctx context.Context, out app.PaperFile) (app.Printed, error) {
			return app.Printed{File: out.Path}, d.Practice().WriteCertificate(ctx, of.ID, out.Path)
		},
	})
}
