package handover

import (
	"context"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/clients/pick"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
	"casekeep/ui/paper"
	"casekeep/vault/record"
)

// SendAny is Send for a client who is chosen first.
func SendAny(d desk.Desk) {
	picker := pick.New(d, 0)
	problem := kit.NewSmall("Choose whose record it is.").Color(look.Red)
	problem.Hide()
	var dialog *kit.Dialog
	dialog = kit.NewDialog("Send a record", kit.Column(10, kit.NewNote("Whose record goes to another Casekeep?"), picker.Content(), problem),
		kit.NewPrimary("Go on", func() {
			c, ok := picker.Chosen()
			if !ok {
				problem.Show()
				dialog.Refresh()
				return
			}
			dialog.Close()
			Send(d, c.ID, c.Name)
		})).Width(520)
	dialog.Open(d.Window())
}

// Send asks to whom a client's whole record goes as a sealed package, and
// writes it with its disclosure.
func Send(d desk.Desk, client record.ClientID, name string) {
	var held keep.Held
	d.Load(func(ctx context.Context) (err error) {
		held, err = keep.ReadHeld(ctx, d.Practice())
		return err
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		send(d, client, name, held.Says(client))
	})
}

// send is Send; hold says what legal holds stand on the record, "" where none
// does.
func send(d desk.Desk, client record.ClientID, name, hold string) {
	p := d.Practice()
	to := kit.NewField("To whom").Placeholder("Ruth Okada, LCSW").Must("A disclosure names who receives it.")
	purpose := kit.NewField("Purpose").Placeholder("the client moved and goes on with her").Must("A disclosure states why it was made.")
	out := outField(d, name+" record for another Casekeep "+p.Now().Format("2006-01-02"))
	s := newSeal(d)
	var dialog *kit.Dialog
	act := func() {
		request := app.TransferRequest{Client: client}
		fields := []struct {
			field *kit.Field
			to    *string
		}{{to, &request.To}, {purpose, &request.Purpose}, {out, &request.Out}}
		for _, f := range fields {
			var ok bool
			if *f.to, ok = f.field.Value(); !ok {
				f.field.Focus()
				return
			}
		}
		request.Out = written(request.Out)
		var sealed bool
		if request.Sealed, sealed = s.value(); !sealed {
			return
		}
		var done app.Transferred
		d.RunBytes("Writing the record", func(ctx context.Context, report func(int64, int64, string)) (err error) {
			done, err = p.Transfer(ctx, request, report)
			return err
		}, func(err error) {
			if err != nil {
				out.SetError(app.Sentence(err))
				return
			}
			dialog.Close()
			tellSent(d, name, done)
			d.Changed(client)
		})
	}
	to.OnEnter, purpose.OnEnter, out.OnEnter = func(string) { purpose.Focus() }, func(string) { out.Focus() }, func(string) { s.first.Focus() }
	s.onEnter(act)
	dialog = kit.NewDialog("Send "+names.Of(name)+" record", kit.Column(12,
		kit.NewNote("The whole record with its attachments, in one sealed file that another Casekeep takes in. Its disclosure is noted in the record."),
		onHold(hold), kit.TopRow(12, kit.Grow(to), kit.Grow(purpose)), out, s.content), kit.NewPrimary("Write the file", act)).Width(600)
	dialog.Open(d.Window())
}

// onHold says that the record is under a legal hold: a copy may go, and what is
// here stays.
func onHold(hold string) fyne.CanvasObject {
	note := kit.NewNote(hold + ". What goes out is a copy: the record stays here.").Color(look.Red)
	note.Hidden = hold == ""
	return note
}

func tellSent(d desk.Desk, name string, t app.Transferred) {
	body := kit.Column(10,
		kit.NewText(phrase.Count(t.Entries, "entry", "entries")+" and "+phrase.Count(t.Attachments, "attachment", "attachments")+", in "+phrase.Size(t.Bytes)+". "+
			"The disclosure to "+names.In(t.Disclosure.To)+" stands in the record’s history."),
		kit.NewNote(folders.Short(t.File)), damagedNote(t.Damaged), kit.NewSmall("SHA-256"), kit.NewBody(t.SHA256.String()))
	kit.NewDialog(names.Of(name)+" record is written", body, nil).Width(560).More(kit.NewLink("Print a receipt", func() {
		receipt(d, name, func(ctx context.Context, out app.PaperFile) (app.Printed, error) {
			return d.Practice().SentReceipt(ctx, t, out)
		})
	})).Open(d.Window())
}

// receipt prints the receipt for a record that was handed over.
func receipt(d desk.Desk, name string, print func(context.Context, app.PaperFile) (app.Printed, error)) {
	paper.Open(d, paper.Ask{
		Title: "Print a receipt", Text: "For both sides to sign: what went, from whom to whom, and the digest by which the file is known. It names the client.",
		Name: "Receipt for " + names.Of(name) + " record", Secret: true, Print: print,
	})
}
