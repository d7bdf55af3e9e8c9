// Package produce is the page on which a client's record is put on paper, and
// its disclosure noted.
package produce

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/handover"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// page is the page.
type page struct {
	desk    desk.Desk
	content *fyne.Container // the form, what was produced, or the cover over names
	ask     fyne.CanvasObject
	hidden  fyne.CanvasObject
	shown   fyne.CanvasObject // the form or what was produced, while it is hidden too

	form  *form
	sheet *sheet
	done  *done

	run      int // counts what was asked for: a late answer is dropped
	client   record.Client
	practice record.Practice
	facts    []fact
	hold     string         // the legal holds on the record, in a line
	folder   string         // the last one that a record went into
	request  record.EntryID // that what was produced answers; 0: none is open
}

// New makes the page.
func New(d desk.Desk) desk.View {
	p := &page{desk: d, sheet: newSheet(), folder: folders.Documents()}
	p.form = newForm(d, p.showFacts, p.leave, p.produce, p.send)
	p.done = newDone(p.openFolder, func(text, said string) {
		d.Copy(text)
		d.Toast(said, "", nil)
	}, p.leave, p.answer)
	p.ask = kit.Frame(nil, nil, nil, kit.Wide(formWidth, p.form.content), p.sheet.content)
	p.hidden = kit.Empty("Names and previews are hidden", "Press Ctrl H to show them again.")
	p.shown = p.ask
	p.content = container.NewStack(p.ask)
	return p
}

// send writes the whole record for another Casekeep instead.
func (p *page) send() {
	if p.client.ID != 0 {
		handover.Send(p.desk, p.client.ID, p.client.Name)
	}
}

// Content is what stands in the window.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Show asks about the record of a client. What was typed for the same client
// stays.
func (p *page) Show(place desk.Place) {
	if place.Client != p.client.ID || p.shown != p.ask {
		p.client, p.facts = record.Client{ID: place.Client}, nil
		p.form.clear("", p.folder)
		p.put(p.ask)
	}
	p.read()
	p.form.to.Focus()
}

// Refresh reads the client's record anew.
func (p *page) Refresh(client record.ClientID) {
	if p.client.ID != 0 && (client == 0 || client == p.client.ID) {
		p.read()
	}
}

// Key takes Escape, Produce, which it is, and the hiding of names.
func (p *page) Key(name string) bool {
	switch name {
	case desk.KeyProduce:
		p.form.to.Focus()
	case desk.KeyHold:
		keep.AskHold(p.desk, p.client.ID, p.client.Name, nil)
	case desk.KeyHide:
		p.hide()
	case desk.KeyEscape:
		p.leave()
	default:
		return false
	}
	return true
}

func (p *page) put(o fyne.CanvasObject) {
	p.shown = o
	if p.content.Objects[0] != p.hidden {
		p.content.Objects[0] = o
		p.content.Refresh()
	}
}

func (p *page) hide() {
	if p.content.Objects[0] == p.hidden {
		p.content.Objects[0] = p.shown
	} else {
		p.content.Objects[0] = p.hidden
	}
	p.content.Refresh()
}

// leave goes back to the client.
func (p *page) leave() {
	p.desk.Go(desk.Place{Page: desk.Clients, Client: p.client.ID})
}

// read fetches the client and what is in the record.
func (p *page) read() {
	p.run++
	run, id := p.run, p.client.ID
	var client record.Client
	var practice record.Practice
	var facts []fact
	var held keep.Held
	p.desk.Load(func(ctx context.Context) (err error) {
		vault := p.desk.Practice()
		if client, err = vault.OpenClient(ctx, id); err != nil {
			return err
		}
		if practice, err = vault.Settings(ctx); err != nil {
			return err
		}
		if held, err = keep.ReadHeld(ctx, vault); err != nil {
			return err
		}
		facts, err = gather(ctx, vault, id, record.LoadZone(practice.Zone))
		return err
	}, func(err error) {
		if run != p.run {
			return
		}
		if err != nil {
			p.form.fail(err)
			return
		}
		p.form.zone = record.LoadZone(practice.Zone)
		if p.client.Name == "" {
			p.form.propose(client.Name, p.folder)
		}
		p.client, p.practice, p.facts, p.hold = client, practice, facts, held.Says(id)
		p.showFacts()
	})
}

// showFacts shows the record of the period that is typed.
func (p *page) showFacts() {
	if p.client.Name == "" {
		return
	}
	from, until := p.form.period()
	holds := within(p.facts, from, until)
	p.form.show(holds)
	p.sheet.show(about{
		practice: p.practice, client: p.client, to: p.form.to.Text(), purpose: p.form.purpose.Text(),
		from: from, until: until, holds: holds, hold: p.hold, now: p.desk.Practice().Now().In(p.form.zone),
	})
}

func (p *page) produce() {
	request, ok := p.form.request(p.client.ID)
	if !ok {
		return
	}
	p.form.fail(nil)
	var produced app.Produced
	p.desk.Run("Producing "+names.Of(p.client.Name)+" record", func(ctx context.Context, report func(done, total int64, text string)) (err error) {
		produced, err = p.desk.Practice().Produce(ctx, request, func(done, total int) {
			report(int64(done), int64(total), "Entries written")
		})
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			p.desk.Fail(err)
		case err != nil:
			p.form.fail(err)
		default:
			p.produced(produced, request)
		}
	})
}

func (p *page) produced(made app.Produced, request app.ProduceRequest) {
	p.folder = filepath.Dir(request.Out)
	p.done.show(made, p.client.Name, request.Password)
	p.put(p.done.content)
	kit.Focus(p.done.finish)
	p.desk.Changed(p.client.ID)
	p.offerAnswer()
}

// openFolder shows a folder in the system's own program for files.
func (p *page) openFolder(dir string) {
	location := &url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}
	if err := fyne.CurrentApp().OpenURL(location); err != nil {
		p.desk.Fail(fmt.Errorf("no program could be found that shows the folder %s: open it by hand", folders.Short(dir)))
	}
}
