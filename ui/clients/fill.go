package clients

import (
	"casekeep/app/form"
	"casekeep/ui/keep"
	"casekeep/ui/sheet"
	"casekeep/vault/record"
)

// fill opens a form of the client on show.
func (c *chart) fill(f record.Form, about record.EntryID, values form.Values) {
	sheet.Open(c.page.desk, sheet.Ask{Client: c.client.ID, Form: f, About: about, Values: values, Done: c.filled})
}

// correct opens the form of an entry once more.
func (c *chart) correct(f record.Filed) { c.correctEntry(f.ID, f.Form) }

func (c *chart) correctEntry(id record.EntryID, f record.Form) {
	sheet.Open(c.page.desk, sheet.Ask{Client: c.client.ID, Form: f, Supersedes: id, Done: c.filled})
}

// filled shows what was saved, where the timeline stands open. A request of a
// court calls for a hold.
func (c *chart) filled(e record.Entry) {
	keep.OfferHold(c.page.desk, e, c.client.Name)
	if c.onTimeline() {
		c.reveal(e.ID)
		return
	}
	c.focus()
}
