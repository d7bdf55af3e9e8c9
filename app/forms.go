package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"casekeep/app/form"
	"casekeep/vault"
	"casekeep/vault/record"
)

// FormRequest is a structured entry to be filed.
type FormRequest struct {
	Client     record.ClientID // record.Book: the practice's own book
	Form       record.Form
	Values     form.Values
	About      record.EntryID // the entry that this one follows up
	Supersedes record.EntryID // the entry of the same form that this one corrects
	Files      []Upload
}

// File adds a structured entry to a record. It is durable when File returns
// nil. Where an answer is wrong the error is form.Problems, which says of each
// field what to do.
func (p *Practice) File(ctx context.Context, req FormRequest) (record.Entry, error) {
	f, err := p.filing(ctx, &req)
	if err != nil {
		return record.Entry{}, err
	}
	return p.v.File(ctx, f, req.Files...)
}

// filing checks a form and gives it as it is kept. The files of an entry that is
// corrected go along with those of the request.
func (p *Practice) filing(ctx context.Context, req *FormRequest) (vault.Filing, error) {
	spec, ok := form.Find(req.Form)
	if !ok || !spec.In(req.Client) || req.Form == record.FormPolicy { // which PublishPolicy files
		return vault.Filing{}, fmt.Errorf("a %s does not stand here", form.Title(req.Form))
	}
	at, err := p.situation(ctx, req.Client)
	if err != nil {
		return vault.Filing{}, err
	}
	var before record.Entry
	if req.Supersedes != 0 {
		if before, err = p.v.Entry(ctx, req.Supersedes); err != nil {
			return vault.Filing{}, err
		}
		carried, err := p.carried(ctx, spec, before, *req)
		if err != nil {
			return vault.Filing{}, err
		}
		req.Files = append(carried, req.Files...)
	}
	at.Files, at.Signatures = len(req.Files), signatures(req.Files)
	checked, err := spec.Check(req.Values, at.Situation)
	if err != nil {
		return vault.Filing{}, err
	}
	if err := p.checkNamed(ctx, spec, *req); err != nil {
		return vault.Filing{}, err
	}
	if err := p.checkAnswer(ctx, *req, checked.Value); err != nil {
		return vault.Filing{}, err
	}
	f := vault.Filing{Entry: record.Entry{
		Client: req.Client, Form: req.Form, Data: checked.Data, Subject: checked.Subject, Body: checked.Body,
		About: req.About, Supersedes: req.Supersedes,
	}}
	at.stand(&f.Entry, checked.On, before)
	setLines(&f, checked.Value)
	return f, nil
}

// situation is what a form of a client is filled in against, and when that is.
type situation struct {
	form.Situation
	zone *time.Location
	name string // of the zone
}

func (p *Practice) situation(ctx context.Context, id record.ClientID) (situation, error) {
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return situation{}, err
	}
	client, err := p.v.Client(ctx, id)
	if err != nil {
		return situation{}, err
	}
	zone := record.LoadZone(settings.Zone)
	return situation{
		Situation: form.Situation{Today: record.DateOf(p.now().In(zone)), Client: client, Naming: naming{ctx, p, zone}},
		zone:      zone, name: settings.Zone,
	}, nil
}

// stand gives an entry its place in the timeline. Of an earlier day the hour is
// not known: it stands at noon, and says that only the day is meant. What has no
// day of its own corrects an entry where that stands.
func (at situation) stand(e *record.Entry, on record.Date, before record.Entry) {
	switch {
	case on.IsZero() && e.Supersedes != 0:
		e.At, e.Zone, e.ZoneBasis, e.DayOnly = before.At, before.Zone, before.ZoneBasis, before.DayOnly
		return
	case on.IsZero() || on == at.Today:
		return
	}
	e.At = time.Date(on.Year, on.Month, on.Day, 12, 0, 0, 0, at.zone)
	e.Zone, e.ZoneBasis, e.DayOnly = at.name, record.ZoneStated, true
}

// naming says what stands behind an id.
type naming struct {
	ctx  context.Context
	p    *Practice
	zone *time.Location
}

func (n naming) Entry(id record.EntryID) string {
	e, err := n.p.v.Entry(n.ctx, id)
	if err != nil {
		return "entry " + id.String()
	}
	what := form.Title(e.Form)
	if e.IsContact() {
		what = form.ChannelName(e.Channel)
	}
	return fmt.Sprintf("%s of %s (entry %s)", what, record.DateOf(e.At.In(n.zone)).Long(), id)
}

func (n naming) Client(id record.ClientID) string {
	c, err := n.p.v.Client(n.ctx, id)
	if err != nil {
		return n.gone(id)
	}
	return c.Name + " (" + c.Number + ")"
}

// gone says which record it is that was destroyed, or is out of sight.
func (n naming) gone(id record.ClientID) string {
	destroyed, _ := n.p.v.Destructions(n.ctx)
	for _, d := range destroyed {
		if d.Client == id {
			return "record " + d.Number + ", destroyed"
		}
	}
	if kept, _ := n.p.v.Keep(n.ctx, id); len(kept) == 1 {
		return "record " + kept[0].Number + ", out of sight"
	}
	return "client " + id.String()
}

// Correct gives the answers of an entry, for the form to be filled with once
// more; File with Supersedes then puts the corrected one beside it.
func (p *Practice) Correct(ctx context.Context, id record.EntryID) (record.Entry, form.Values, error) {
	e, err := p.v.Entry(ctx, id)
	if err != nil {
		return e, nil, err
	}
	spec, ok := form.Find(e.Form)
	switch {
	case !ok || e.Form == record.FormPolicy:
		return e, nil, errors.New("this entry is no form: add an amendment instead")
	case e.Struck != nil:
		return e, nil, errors.New("an entry that is struck through is not corrected: fill the form in anew")
	case e.Superseded != 0:
		return e, nil, errors.New("this entry was corrected before: correct the later one")
	}
	values, err := spec.Read(e.Data)
	return e, values, err
}
