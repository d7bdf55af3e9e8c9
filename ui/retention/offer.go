package retention

import (
	"context"

	"casekeep/app"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/names"
)

// newOffer lists the clients whose record is open without a contact for a year:
// a record that is never closed is never due.
func newOffer(d desk.Desk) part {
	read := func(ctx context.Context) (func() []line, error) {
		list, err := d.Practice().OfferClosing(ctx)
		return func() []line {
			var lines []line
			for _, k := range list {
				lines = append(lines, offer(d, k))
			}
			return lines
		}, err
	}
	none := kit.Empty("None waits to be closed",
		"Every open record had a contact within the last year. One without is offered for closing here: an open record is never due.")
	return newListed(d, "No contact for a year", "An open record is kept without an end. Close those whose services are over: their date is then counted.", none, read)
}

func offer(d desk.Desk, k app.Kept) line {
	said := "No contact is on record."
	if !k.Last.IsZero() {
		said = "Last contact " + days.Short(k.Last)
	}
	l := row(k.Client.String(), k.Number, names.In(k.Name), said, "open", kit.Neutral)
	if !k.Last.IsZero() {
		l = l.act("Close as of "+days.Short(k.Last), func() { closeAsOf(d, k) })
	}
	return l.act("Go to the record", func() { d.Go(desk.Place{Page: desk.Clients, Client: k.Client}) })
}

// closeAsOf closes a record as of its last contact, and offers to take that
// back.
func closeAsOf(d desk.Desk, k app.Kept) {
	practice := d.Practice()
	d.Load(func(ctx context.Context) error {
		return practice.CloseClient(ctx, k.Client, k.Last, "no contact since then")
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		d.Toast(names.Of(k.Name)+" record is closed as of "+days.Short(k.Last)+".", "Undo", func() {
			d.Load(func(ctx context.Context) error { return practice.SetActive(ctx, k.Client) }, func(err error) {
				if err != nil {
					d.Fail(err)
					return
				}
				d.Toast(names.Of(k.Name)+" record is open again.", "", nil)
				d.Changed(k.Client)
			})
		})
		d.Changed(k.Client)
	})
}
