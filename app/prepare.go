package app

import (
	"context"
	"fmt"
	"slices"

	"casekeep/app/form"
	"casekeep/vault/record"
)

// Prepare gives the answers that the situation gives, for a form to begin with:
// the practitioner changes what is otherwise. About is the entry that the new
// one follows up, or 0.
func (p *Practice) Prepare(ctx context.Context, client record.ClientID, f record.Form, about record.EntryID) (form.Values, error) {
	spec, ok := form.Find(f)
	if !ok || !spec.In(client) {
		return nil, fmt.Errorf("a %s does not stand here", form.Title(f))
	}
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return nil, err
	}
	list, err := p.v.Facts(ctx, client, record.Book)
	if err != nil {
		return nil, err
	}
	at := preparing{
		spec: spec, settings: settings, about: about,
		today: record.DateOf(p.now().In(record.LoadZone(settings.Zone))),
	}
	for _, facts := range list {
		if facts.Client.ID == client {
			at.client = facts
		}
		if facts.Client.ID == record.Book {
			at.book = facts
		}
	}
	if at.client.Client.ID != client {
		return nil, ErrNoClient
	}
	return p.prepare(ctx, at)
}

// preparing is what a form is prepared from.
type preparing struct {
	spec         form.Spec
	settings     record.Practice
	today        record.Date
	client, book record.Facts
	about        record.EntryID
}

func (p *Practice) prepare(ctx context.Context, at preparing) (form.Values, error) {
	v := at.days()
	if err := at.carry(v); err != nil {
		return nil, err
	}
	switch at.spec.Form {
	case record.FormAcknowledgment:
		v["decision"] = record.Given
		setText(v, "language", at.client.Client.Language)
		refs, err := p.policiesToTick(ctx, at)
		if err != nil {
			return nil, err
		}
		if len(refs) > 0 {
			v["policies"] = refs
		}
		return v, at.signers(v)
	case record.FormConsent:
		v["decision"] = record.Given
		return v, at.signers(v)
	case record.FormChannel:
		v["decision"] = "allowed"
		return v, at.warned(v)
	case record.FormCollateral:
		setText(v, "signed_by", at.client.Client.Name)
	case record.FormSearch:
		v["told"] = "no"
	case record.FormRequest:
		v["by"], v["suspended"] = "client", "no"
	case record.FormReleaseRevoked:
		v["by"] = at.client.Client.Name
	case record.FormIntake:
		setText(v, "language", at.client.Client.Language)
		setText(v, "needs", at.client.Client.Needs)
	case record.FormLicense:
		v["kind"] = "license"
		setText(v, "jurisdiction", at.settings.Jurisdiction)
	case record.FormIncident:
		v["finding"] = "not-judged"
		setText(v, "backup", at.settings.Backups)
	case record.FormConsultation:
		v["named"] = "no"
	}
	return v, nil
}

// yearly are the days by which something is done again, where that is a year
// unless the practitioner says otherwise.
var yearly = []string{"review_by", "reassess", "next"}

// days sets the day on which it happened to today, and the one by which it is
// to be done again to a year from now.
func (at preparing) days() form.Values {
	v := form.Values{}
	for _, f := range at.spec.Fields() {
		switch {
		case f.Dated:
			v[f.Key] = at.today.String()
		case f.Ahead && slices.Contains(yearly, f.Key):
			v[f.Key] = inAYear(at.today).String()
		}
	}
	return v
}

// inAYear gives the same day next year, February 28 for a February 29.
func inAYear(d record.Date) record.Date {
	if d.Month == 2 && d.Day == 29 {
		d.Day = 28
	}
	d.Year++
	return d
}

// carried are the forms that say how things stand: a new one begins with what
// the last one said. What is judged anew each time is left open.
var carried = map[record.Form][]string{
	record.FormSafeContact:  nil,
	record.FormIntake:       nil,
	record.FormMinor:        {"assent"},
	record.FormEmergency:    nil,
	record.FormInterruption: {"told"},
	record.FormSafetyPlan:   {"risk"},
}

// carry takes over the answers of the last entry of the same form, its days
// apart.
func (at preparing) carry(v form.Values) error {
	anew, carries := carried[at.spec.Form]
	last, found := lastOf(at.client, at.spec.Form)
	if !carries || !found {
		return nil
	}
	before, err := at.spec.Read(last.Data)
	if err != nil {
		return err
	}
	for _, f := range at.spec.Fields() {
		if f.Input != form.Day && !slices.Contains(anew, f.Key) && before[f.Key] != nil {
			v[f.Key] = before[f.Key]
		}
	}
	return nil
}

// lastOf gives the newest entry of a form that stands.
func lastOf(facts record.Facts, f record.Form) (record.Filed, bool) {
	for _, filed := range slices.Backward(facts.Forms) {
		if filed.Form == f {
			return filed, true
		}
	}
	return record.Filed{}, false
}

// policiesToTick gives the versions in effect that the client has not gone
// through yet; where that is none, all of them: they are gone through again.
func (p *Practice) policiesToTick(ctx context.Context, at preparing) ([]record.PolicyRef, error) {
	facts, err := p.policyFacts(ctx, at.book)
	if err != nil {
		return nil, err
	}
	policies, err := policiesOf(at.book, facts, at.today)
	if err != nil {
		return nil, err
	}
	clients, err := toldVersions([]record.Facts{at.client})
	if err != nil {
		return nil, err
	}
	var fresh, all []record.PolicyRef
	for _, one := range policies {
		current, ok := one.InEffect()
		if !ok || !one.Applies || !one.Topic.ByClients {
			continue
		}
		all = append(all, current.Ref())
		if !clients[at.client.Client.ID].all(current.Hash, at.client.Client) {
			fresh = append(fresh, current.Ref())
		}
	}
	if len(fresh) > 0 {
		return fresh, nil
	}
	return all, nil
}

// warned takes over when the client went through the policy on texting and
// email, which says how weak messaging is (TSP 3.09).
func (at preparing) warned(v form.Values) error {
	for _, filed := range at.client.Forms {
		if filed.Form != record.FormAcknowledgment {
			continue
		}
		a, err := form.Decode[record.Acknowledgment](filed.Data)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(a.Policies, func(r record.PolicyRef) bool { return r.Topic == "texting" }) {
			v["warned"] = a.On.String()
		}
	}
	return nil
}

func setText(v form.Values, key, text string) {
	if text != "" && v[key] == nil {
		v[key] = text
	}
}
