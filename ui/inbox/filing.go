package inbox

import (
	"context"
	"errors"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// filed is the import that was done last.
type filed struct {
	of     *conversation
	batch  record.BatchID
	client record.ClientID
	into   string // the client's name
	n      int    // messages
}

// file files what the preview shows.
func (p *page) file(request app.ImportRequest, into string, n int, keepAddress bool) {
	c := p.preview.of
	var report app.ImportReport
	p.desk.Run("Filing into "+names.Of(into)+" record", func(ctx context.Context, tell func(done, total int64, text string)) (err error) {
		report, err = p.desk.Practice().Import(ctx, request, func(_, _ int64, filed int) {
			tell(int64(filed), int64(n), "Messages filed")
		})
		return err
	}, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		p.filed = filed{c, report.Batch, request.Client, into, report.Imported}
		if keepAddress {
			p.keepAddress(c, request.Client)
		}
		p.done(report)
	})
}

// keepAddress adds the address of a conversation to what is known of a client,
// so that the next import knows whose it is.
func (p *page) keepAddress(c *conversation, id record.ClientID) {
	p.desk.Load(func(ctx context.Context) error {
		client, err := p.desk.Practice().OpenClient(ctx, id)
		if err != nil {
			return err
		}
		client.Contacts = append(client.Contacts, contactsOf(c)...)
		return p.desk.Practice().ChangeClient(ctx, client)
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.desk.Changed(id)
	})
}

// failed says why nothing was filed, where the user looks.
func (p *page) failed(err error) {
	if errors.Is(err, context.Canceled) {
		p.desk.Fail(err)
		return
	}
	p.preview.fail(err)
}

// done shows the report.
func (p *page) done(report app.ImportReport) {
	p.list.done(p.filed.of.key(), p.filed.into)
	next := ""
	if c := p.list.next(); c != nil {
		next = c.caller()
	}
	p.outcome.set(report, p.filed.into, next)
	put(p.right, p.outcome.content)
	p.outcome.focus()
	just := p.filed
	p.desk.Toast(phrase.Count(just.n, "message", "messages")+" filed", "Undo", func() { p.undo(just) })
	p.desk.Changed(just.client)
}

// caller names whose messages come next.
func (c *conversation) caller() string {
	if owner, sure := c.owner(); sure {
		return names.In(owner.Name)
	}
	return c.title()
}

func (p *page) showFiled() {
	p.desk.Go(desk.Place{Page: desk.Clients, Client: p.filed.client})
}

func (p *page) showNext() {
	if c := p.list.next(); c != nil {
		p.list.choose(c)
		p.focus()
	}
}

func (p *page) backToConversation() {
	if p.filed.of != nil {
		p.list.choose(p.filed.of)
		p.focus()
	}
}

func (p *page) copyReport(text string) {
	p.desk.Copy(text)
	p.desk.Toast("The report is on the clipboard", "", nil)
}

func (p *page) askUndo() {
	just := p.filed
	p.confirmUndo(just.n, just.into, func() { p.undo(just) })
}

func (p *page) askUndoBatch() {
	b := p.batch.of
	into := p.earlier.names[b.Client]
	p.confirmUndo(b.Imported, into, func() { p.undo(filed{batch: b.ID, client: b.Client, into: into, n: b.Imported}) })
}

func (p *page) confirmUndo(n int, from string, do func()) {
	kit.ConfirmDanger(p.desk.Window(), "Undo this import?",
		phrase.Count(n, "message is", "messages are")+" taken out of "+names.Of(from)+" record, with their attachments and whatever you added to them since. "+
			"That it was done stays in the record’s history, and the export can be imported again.", "Undo the import", do)
}

// undo takes a whole import back.
func (p *page) undo(f filed) {
	removed := 0
	p.desk.Load(func(ctx context.Context) (err error) {
		removed, err = p.desk.Practice().UndoImport(ctx, f.batch)
		return err
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		if f.of != nil {
			p.list.done(f.of.key(), "")
		}
		if p.filed.batch == f.batch {
			p.outcome.undone()
		}
		p.desk.Toast(phrase.Count(removed, "message", "messages")+" taken out of "+names.Of(f.into)+" record again", "", nil)
		p.desk.Changed(f.client)
		p.readAgain()
	})
}

// added looks at a conversation again for which a client was added.
func (p *page) added(client record.ClientID) {
	c := p.preview.of
	p.loadClients(func() {
		p.gather()
		if i := p.list.index(c); i >= 0 {
			p.list.choose(p.list.lines[i].of)
		}
		p.desk.Changed(client)
	})
}
