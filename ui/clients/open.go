package clients

import (
	"context"
	"errors"
	"time"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/vault/record"
)

// pause is how long the list's selection must rest on a client before the
// record is opened: each opening is written into the audit trail.
const pause = 150 * time.Millisecond

// choseFromList opens the client that the user selected.
func (p *Page) choseFromList(id record.ClientID, moving bool) {
	p.leaveForm(func() {
		wait := time.Duration(0)
		if moving {
			wait = pause
		}
		p.list.choose(id)
		p.shown, p.entry = id, 0
		p.read(id, wait, p.chart.show)
	})
	if p.shown != id { // it is asked about what was typed
		p.list.choose(p.shown)
	}
}

// open shows a client's record, and an entry of it.
func (p *Page) open(id record.ClientID, entry record.EntryID) {
	p.leaveForm(func() {
		if id == p.shown && p.chart.client.ID == id {
			p.list.choose(id)
			p.put(p.chart.content)
			p.chart.reveal(entry)
			return
		}
		p.shown, p.entry = id, entry
		p.list.choose(id)
		p.read(id, 0, func(c record.Client, zone string) {
			p.chart.show(c, zone)
			p.chart.focus()
		})
	})
}

// read fetches a client and then shows it, unless another one was asked for
// meanwhile.
func (p *Page) read(id record.ClientID, wait time.Duration, show func(record.Client, string)) {
	p.run++
	run := p.run
	var client record.Client
	var settings record.Practice
	practice := p.desk.Practice()
	fetch := func(ctx context.Context) error {
		var err error
		if settings, err = practice.Settings(ctx); err != nil {
			return err
		}
		client, err = practice.OpenClient(ctx, id)
		return err
	}
	done := func(err error) {
		if run != p.run {
			return
		}
		if errors.Is(err, app.ErrNoClient) && p.chart.client.ID == id {
			p.gone()
			return
		}
		if err != nil {
			p.desk.Fail(err)
			return
		}
		if !p.form.Open() {
			p.put(p.chart.content)
		}
		show(client, settings.Zone)
	}
	if wait == 0 {
		p.desk.Load(fetch, done)
		return
	}
	p.desk.Load(func(ctx context.Context) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
			return nil
		}
	}, func(err error) {
		if run == p.run && err == nil {
			p.desk.Load(fetch, done)
		}
	})
}

// add opens the form for a new client.
func (p *Page) add() {
	p.leaveForm(func() {
		p.put(p.form.Content())
		p.form.Add()
	})
}

// edit opens the form for the client on show.
func (p *Page) edit() {
	p.leaveForm(func() {
		p.put(p.form.Content())
		p.form.Edit(p.chart.client)
	})
}

// leaveForm does something else once the form is closed; what was typed there
// is given up only after a question.
func (p *Page) leaveForm(then func()) {
	p.desk.LeaveSheet(func() {
		if !p.form.Open() {
			then()
			return
		}
		p.form.Discard(then)
	})
}

// formSaved shows the client that was added or changed.
func (p *Page) formSaved(c record.Client) {
	added := c.ID != p.shown
	p.shown = c.ID
	p.desk.Changed(c.ID)
	if added {
		p.list.clearSearch()
		p.list.want = c.ID
		p.read(c.ID, 0, func(c record.Client, zone string) {
			p.chart.show(c, zone)
			p.chart.compose()
		})
	} else {
		p.put(p.chart.content)
		p.chart.focus()
	}
}

// formLeft goes back to where the form was opened.
func (p *Page) formLeft() {
	if p.shown == 0 {
		p.rest()
		p.list.focus()
		return
	}
	p.put(p.chart.content)
	p.chart.focus()
}

// importFor goes to the inbox.
func (p *Page) importFor() { p.desk.Go(desk.Place{Page: desk.Inbox, Client: p.shown}) }
