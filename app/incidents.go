package app

import (
	"context"
	"slices"

	"casekeep/app/form"
	"casekeep/vault/record"
)

// Incident is an incident of the practice's book with its two clocks: any
// breach is told to each client as soon as possible (MS 3.4.C.4; TSP 3.10),
// which no finding ends, and HIPAA's days (45 CFR 164.404), which a low
// probability of compromise or an exclusion does end.
type Incident struct {
	Entry record.EntryID
	record.Incident
	Told    []IncidentClient
	HIPAABy record.Date // the last day to tell the clients by HIPAA; zero: its clock does not run
}

// IncidentClient is a client whose record an incident touched.
type IncidentClient struct {
	ID   record.ClientID
	Name string
	On   record.Date // when the client was told; zero: not yet
	How  string
	Gone bool // the record was destroyed, or is out of sight
}

// hipaaNotice is within how many days of the discovery HIPAA asks that people
// are told (45 CFR 164.404(b)).
const hipaaNotice = 60

// Incidents gives the incidents of the practice, newest first.
func (p *Practice) Incidents(ctx context.Context) ([]Incident, error) {
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return nil, err
	}
	all, err := p.allFacts(ctx)
	if err != nil {
		return nil, err
	}
	clients := map[record.ClientID]record.Facts{}
	for _, f := range all {
		clients[f.Client.ID] = f
	}
	var list []Incident
	for _, filed := range slices.Backward(clients[record.Book].Forms) {
		if filed.Form != record.FormIncident {
			continue
		}
		i := Incident{Entry: filed.ID}
		if i.Incident, err = form.Decode[record.Incident](filed.Data); err != nil {
			return nil, err
		}
		if settings.HIPAA == "yes" && i.Finding != "low-probability" && i.Finding != "excluded" {
			i.HIPAABy = record.DateOf(i.Discovered.In(record.LoadZone("UTC")).AddDate(0, 0, hipaaNotice))
		}
		entries, err := p.versionsOf(ctx, filed.ID)
		if err != nil {
			return nil, err
		}
		for _, id := range i.Clients {
			facts, there := clients[id]
			if !there {
				i.Told = append(i.Told, IncidentClient{ID: id, Name: naming{ctx: ctx, p: p}.gone(id), Gone: true})
				continue
			}
			told, err := toldOf(facts, entries)
			if err != nil {
				return nil, err
			}
			i.Told = append(i.Told, told)
		}
		list = append(list, i)
	}
	return list, nil
}

// versionsOf gives an entry and those that it corrected: a notice about one of
// them is about the incident.
func (p *Practice) versionsOf(ctx context.Context, id record.EntryID) ([]record.EntryID, error) {
	ids := []record.EntryID{id}
	for {
		e, err := p.v.Entry(ctx, ids[len(ids)-1])
		if err != nil || e.Supersedes == 0 {
			return ids, err
		}
		ids = append(ids, e.Supersedes)
	}
}

func toldOf(f record.Facts, incident []record.EntryID) (IncidentClient, error) {
	c := IncidentClient{ID: f.Client.ID, Name: f.Client.Name}
	for _, filed := range f.Forms {
		if filed.Form != record.FormBreachNotice || !slices.Contains(incident, filed.About) {
			continue
		}
		notice, err := form.Decode[record.BreachNotice](filed.Data)
		if err != nil {
			return c, err
		}
		c.On, c.How = notice.On, notice.How
	}
	return c, nil
}
