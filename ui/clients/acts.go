package clients

import (
	"strings"

	"fyne.io/fyne/v2"

	entryform "casekeep/app/form"
	"casekeep/ui/clients/form"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// showMore offers what is seldom done with a record.
func (c *chart) showMore() {
	closing := fyne.NewMenuItem("Close the record", c.askClose)
	if c.client.Status == record.Closed {
		closing = fyne.NewMenuItem("Reopen the record", c.askReopen)
	}
	add := fyne.NewMenuItem("Record", nil)
	add.ChildMenu = fyne.NewMenu("", c.formItems()...)
	items := []*fyne.MenuItem{add, fyne.NewMenuItem("Import messages", c.page.importFor), fyne.NewMenuItem("Edit", c.page.edit),
		fyne.NewMenuItem("Place a legal hold", c.askHold), fyne.NewMenuItem("How long it is kept", c.header.keep)}
	if c.client.Status == record.Screening {
		items = append(items, fyne.NewMenuItem("Take up as active", c.askTakeUp))
	}
	items = append(items, closing)
	if c.client.Status == record.Closed {
		items = append(items, fyne.NewMenuItem("Put the record out of sight", c.askSequester))
	}
	kit.Menu(c.header.more, items...)
}

// formItems offers every form of a client's record that stands by itself.
func (c *chart) formItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, spec := range entryform.All() {
		switch {
		case spec.Form == record.FormSearchTold, spec.Form == record.FormReleaseRevoked, spec.Form == record.FormBreachNotice,
			spec.Form == record.FormRequestAnswered:
		case spec.In(c.client.ID):
			items = append(items, fyne.NewMenuItem(spec.Act, func() { c.fill(spec.Form, 0, nil) }))
		}
	}
	return items
}

// askHold puts the record under a legal hold.
func (c *chart) askHold() { keep.AskHold(c.page.desk, c.client.ID, c.client.Name, nil) }

// askSequester puts the whole record out of sight by an order.
func (c *chart) askSequester() {
	keep.AskSequester(c.page.desk, keep.Sequester{Client: c.client.ID, What: c.client.Name, Done: func(said string) {
		c.page.gone()
		c.page.list.focus()
		c.page.desk.Toast(said, "", nil)
		c.page.desk.Changed(0)
	}})
}

func (c *chart) askClose() {
	form.AskClose(c.page.desk, c.client, c.zone, func() { c.changed("Record closed.", c.client.ID) })
}

func (c *chart) askTakeUp() {
	form.AskTakeUp(c.page.desk, c.client, func() { c.changed("Taken up as active.", c.client.ID) })
}

func (c *chart) askReopen() {
	form.AskReopen(c.page.desk, c.client, func() { c.changed("Record reopened.", c.client.ID) })
}

// loggedText says what was saved: "Call with Ada logged, 2:40 PM."
func loggedText(e record.Entry, c record.Client) string {
	what := phrase.Channel(e.Channel)
	if e.Channel == record.InPerson {
		what = "Session"
	}
	return strings.Join([]string{what, "logged for", phrase.ShortName(c.Kind, c.Name) + ",", phrase.Clock(e.At.In(e.TimeZone()))}, " ")
}
