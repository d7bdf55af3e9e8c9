// Package act does in the window what a finding or a task of the standards asks
// for: it opens a form, or the page on which it is done.
package act

import (
	"casekeep/app/form"
	"casekeep/app/standing"
	"casekeep/ui/desk"
	"casekeep/ui/sheet"
	"casekeep/vault/record"
)

// parts are the parts of the page Practice by the pages that an act names.
var parts = map[string]string{
	"license": "licenses", "licenses": "licenses", "settings": "profile", "practice": "profile", "profile": "profile",
	"vendors": "vendors", "training": "training", "reviews": "reviews", "incidents": "incidents", "consultations": "consultations",
	"journal": "journal", "standing": "standing", "keys": "keys",
}

// Do does what an act asks for, in a client's record or, for record.Book, in
// the practice's own book.
func Do(d desk.Desk, client record.ClientID, a standing.Act) {
	spec, known := form.Find(a.Form)
	switch {
	case a.Form == record.FormPolicy || a.Page == "policies":
		d.Go(desk.Place{Page: desk.Policies, Topic: a.Topic})
	case known && len(spec.Sections) > 0:
		open(d, client, spec, a)
	case a.Page == "retention":
		place := desk.Place{Page: desk.Retention, Part: a.Part, Topic: a.Topic}
		if a.Part == "due" {
			place.Client = client
		}
		d.Go(place)
	case a.Page == "backups":
		d.Go(desk.Place{Page: desk.Backups})
	case a.Page == "clients":
		d.Go(desk.Place{Page: desk.Clients})
	case a.Page == "practice" && a.About != 0: // an incident, with the clients to be told
		d.Go(desk.Place{Page: desk.Practice, Part: "incidents"})
	case parts[a.Page] != "":
		d.Go(desk.Place{Page: desk.Practice, Part: parts[a.Page]})
	case client > 0:
		d.Go(desk.Place{Page: desk.Clients, Client: client})
	default:
		d.Go(desk.Place{Page: desk.Practice})
	}
}

func open(d desk.Desk, client record.ClientID, spec form.Spec, a standing.Act) {
	values := form.Values{}
	if a.Channel != "" {
		values["channel"] = string(a.Channel)
	}
	if !spec.In(client) || client == 0 {
		client = record.Book
	}
	ask := sheet.Ask{Client: client, Form: spec.Form, About: a.About, Values: values}
	if spec.Form == record.FormIncident && a.About != 0 { // what is missing in it is filled in
		ask.About, ask.Supersedes = 0, a.About
	}
	sheet.Open(d, ask)
}
