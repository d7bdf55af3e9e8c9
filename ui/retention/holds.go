package retention

import (
	"context"
	"fmt"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// newHolds lists the legal holds: those that stand, then those that were lifted.
func newHolds(d desk.Desk) part {
	one := func() { keep.AskHoldOf(d, nil) }
	all := func() { keep.AskHoldAll(d, nil) }
	read := func(ctx context.Context) (func() []line, error) {
		holds, err := d.Practice().Holds(ctx, 0)
		if err != nil {
			return nil, err
		}
		called, err := callings(ctx, d.Practice())
		return func() []line { return holdLines(d, holds, called) }, err
	}
	none := kit.Empty("No legal hold was ever placed",
		"At a subpoena, a complaint, an expected lawsuit or an inquiry of the board, place one at once. From a client’s page it is one step: Ctrl Shift H.",
		kit.NewButton("Place a hold on a client’s record", one))
	return newListed(d, "Legal holds", "While a hold stands nothing of the record is destroyed, whatever its date says.", none, read,
		kit.NewPrimary("Place a hold", one), kit.NewButton("On every record", all))
}

// callings gives what each client is called.
func callings(ctx context.Context, p *app.Practice) (map[record.ClientID]string, error) {
	list, err := p.Clients(ctx)
	called := map[record.ClientID]string{record.Book: ""}
	for _, c := range list {
		called[c.ID] = c.Name
	}
	return called, err
}

func holdLines(d desk.Desk, holds []record.Hold, called map[record.ClientID]string) []line {
	var lines []line
	group := ""
	for _, h := range holds {
		g := "They stand"
		if !h.Lifted.IsZero() {
			g = "Lifted"
		}
		if g != group {
			group = g
			lines = append(lines, line{head: g})
		}
		lines = append(lines, holdLine(d, h, called[h.Client]))
	}
	return lines
}

func holdLine(d desk.Desk, h record.Hold, whose string) line {
	about := names.In(whose)
	if h.Client == record.Book {
		about = "Every record"
	}
	key := fmt.Sprint("hold ", h.ID)
	if !h.Lifted.IsZero() {
		said := phrase.Capital(fmt.Sprintf("%s · lifted %s by %s: %s", keep.HoldLine(h), days.Short(h.LiftedOn), h.LiftedBy, h.LiftedReason))
		return row(key, days.Short(h.On), about+": "+h.Matter, said, "lifted", kit.Neutral)
	}
	l := row(key, days.Short(h.On), about+": "+h.Matter, phrase.Capital(keep.HoldLine(h)), "stands", kit.Red)
	l = l.act("Lift", func() { keep.AskLift(d, h, whose, nil) })
	if h.Client > 0 {
		l = l.act("Go to the record", func() { d.Go(desk.Place{Page: desk.Clients, Client: h.Client}) })
	}
	return l
}
