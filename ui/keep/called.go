package keep

import (
	"slices"
	"strings"

	"casekeep/app/form"
	"casekeep/ui/desk"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// CallsForHold reports whether a request for a record comes from somebody who
// may want it kept: a court, an agency, or a third person.
func CallsForHold(r record.Request) bool {
	return slices.Contains([]string{"court", "third-person"}, r.By)
}

// AskHoldFor places a legal hold on the record that a request is about.
func AskHoldFor(d desk.Desk, client record.ClientID, name string, r record.Request) {
	askHoldAs(d, record.Hold{Client: client, Matter: r.Rests, On: r.On, Source: sourceOf(r), Note: form.Requester(r)}, name, nil)
}

// AskHoldAfter places one because of an entry: a letter of a board, say.
func AskHoldAfter(d desk.Desk, e record.Entry, name string) {
	askHoldAs(d, record.Hold{Client: e.Client, Matter: e.Subject, On: record.DateOf(e.At.In(e.TimeZone()))}, name, nil)
}

// OfferHold offers a hold where an entry that was just filed is a request that
// calls for one.
func OfferHold(d desk.Desk, e record.Entry, name string) {
	r, err := form.Decode[record.Request](e.Data)
	if e.Form != record.FormRequest || err != nil || !CallsForHold(r) {
		return
	}
	d.Toast("Until it is settled, a legal hold keeps "+names.Of(name)+" record whole.", "Place a legal hold", func() { AskHoldFor(d, e.Client, name, r) })
}

// sourceOf says where a hold comes from, as far as the request's words tell.
func sourceOf(r record.Request) string {
	rests := strings.ToLower(r.Rests)
	for _, source := range []string{"subpoena", "complaint", "court order"} {
		if strings.Contains(rests, source) {
			return source
		}
	}
	return ""
}
