package retention

import (
	"context"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/backups"
	"casekeep/ui/clients/about"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// done is what comes after a destruction: the backups are purged of the record,
// and then its certificate is saved, which lists how they stand.
type done struct {
	review *review
	of     record.Destruction
	held   int           // backups that hold it still
	copies int           // in the vault's folder, which may
	purged []app.Cleared // nil until they were purged
}

// show puts what was destroyed and what is left to do in place of the record.
func (n *done) show() {
	r, d := n.review, n.of
	var all []fyne.CanvasObject
	fact := func(name, value string) { all = append(all, about.Fact(name, value)...) }
	fact("Record", d.Number+", "+d.Initials)
	fact("Held", phrase.Count(d.Entries, "entry", "entries")+", "+phrase.Count(d.Attachments, "attachment", "attachments"))
	fact("Was kept until", d.Until.Long())
	fact("By the rule", phrase.Capital(d.Rule))
	if n.held > 0 {
		fact("Still hold it", phrase.Count(n.held, "backup", "backups"))
	}
	if n.copies > 0 {
		fact("May still hold it", phrase.Count(n.copies, "copy", "copies")+" in the vault’s folder, which the certificate names")
	}
	if n.purged != nil {
		title, body := backups.Purged(n.purged)
		all = append(all, about.Section(title), body)
	}
	all = append(all, kit.Pad(14, 0, 12, 0, kit.NewNote(n.note())))
	buttons, first := n.buttons()
	r.body.Objects = append(all, kit.Flow(10, buttons...))
	r.body.Refresh()
	r.scroll.Fit()
	r.content.Refresh()
	kit.Focus(first)
}

func (n *done) note() string {
	const keep = "Print the certificate, sign it and keep it for six years. It can be printed again under Destroyed."
	if n.held > 0 && n.purged == nil {
		return "Purge the backups first: the certificate lists them as they stand when it is printed. " + keep
	}
	return keep
}

// buttons gives what is left to do, the next act first.
func (n *done) buttons() (all []fyne.CanvasObject, first *kit.Button) {
	save := func() { saveCertificate(n.review.desk, n.of) }
	leave := kit.NewButton("Done", n.review.leave)
	switch {
	case n.held > 0 && n.purged == nil:
		first = kit.NewPrimary("Purge from backups", n.purge)
		return []fyne.CanvasObject{first, kit.NewButton("Save the certificate", save), leave}, first
	case n.held > 0:
		first = kit.NewPrimary("Save the certificate", save)
		return []fyne.CanvasObject{first, kit.NewButton("Purge from backups", n.purge), leave}, first
	}
	first = kit.NewPrimary("Save the certificate", save)
	return []fyne.CanvasObject{first, leave}, first
}

// purge takes the record out of every backup within reach.
func (n *done) purge() {
	desk := n.review.desk
	var list []app.Cleared
	held := n.held
	desk.Run("Purging the backups", func(ctx context.Context, report func(done, total int64, text string)) error {
		var err error
		if list, err = desk.Practice().ClearBackups(ctx, report); err != nil {
			return err
		}
		still, err := desk.Practice().StillHeld(ctx, n.of.ID)
		held = len(still)
		return err
	}, func(err error) {
		desk.Changed(0)
		if err != nil {
			desk.Fail(err)
			return
		}
		n.held, n.purged = held, list
		if r := n.review; r.gone != nil && r.gone.ID == n.of.ID { // it is still shown
			n.show()
		}
	})
}
