package retention

import (
	"context"
	"fmt"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// newDestroyed lists what stays of records that were destroyed.
func newDestroyed(d desk.Desk) part {
	read := func(ctx context.Context) (func() []line, error) {
		list, err := d.Practice().Destructions(ctx)
		return func() []line {
			var lines []line
			for _, one := range list {
				lines = append(lines, destroyedLine(d, one))
			}
			return lines
		}, err
	}
	none := kit.Empty("No record was destroyed",
		"A record whose date has passed stands under Records as due. After its destruction a line stays here: number, initials, dates, rule and certificate.")
	return newListed(d, "Destroyed", "What stays of each record: its number and initials, when and by which rule, and its certificate.", none, read)
}

func destroyedLine(d desk.Desk, one record.Destruction) line {
	said := fmt.Sprintf("%s and %s", phrase.Count(one.Entries, "entry", "entries"), phrase.Count(one.Attachments, "attachment", "attachments"))
	if !one.First.IsZero() {
		said += ", " + days.Short(one.First) + " to " + days.Short(one.Last)
	}
	said += " · destroyed " + days.Short(record.DateOf(one.At.Local())) + " by " + one.Author + " · " + one.Rule
	state, tone := "destroyed", kit.Neutral
	if one.Swept.IsZero() {
		state, tone = "not swept", kit.Amber
		said += " · its pages are cleared when the vault is locked or opened next"
	}
	l := row(fmt.Sprint("destruction ", one.ID), one.Number, one.Initials+" · certificate "+one.Certificate, said, state, tone)
	l = l.act("Certificate", func() { saveCertificate(d, one) })
	return l.act("Backups", func() { d.Go(desk.Place{Page: desk.Backups}) })
}
