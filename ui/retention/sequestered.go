package retention

import (
	"context"
	"fmt"

	"casekeep/ui/clients/ask"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// grounds says why an entry was put out of sight.
var grounds = map[string]string{"court": "Sealed by a court", "privileged": "Privileged", "unlawful": "Unlawful to hold"}

// newSequestered lists what was put out of sight by an order, never what it said.
func newSequestered(d desk.Desk) part {
	read := func(ctx context.Context) (func() []line, error) {
		list, err := d.Practice().Sequestered(ctx, 0)
		if err != nil {
			return nil, err
		}
		called, err := callings(ctx, d.Practice())
		return func() []line {
			var lines []line
			for _, s := range list {
				lines = append(lines, sequestered(d, s, called[s.Client]))
			}
			return lines
		}, err
	}
	none := kit.Empty("Nothing was put out of sight",
		"What a court sealed, what is privileged or unlawful to hold leaves every view, search and release, with the order on file. Open the entry in the client’s timeline and choose “Put out of sight”.",
		kit.NewButton("Go to the clients", func() { d.Go(desk.Place{Page: desk.Clients}) }).Shortcut("Ctrl 2"))
	return newListed(d, "Out of sight", "Entries that an order took out of every view. The order is in the practice’s book; nothing is silently gone.", none, read)
}

func sequestered(d desk.Desk, s record.Sequestration, whose string) line {
	said := s.Reason
	if s.Holder != "" {
		said += " · sealed to a holder: this vault cannot read it"
	}
	said += " · since " + days.Short(record.DateOf(s.At.Local())) + " by " + s.Author
	key := fmt.Sprint("sequestration ", s.ID)
	title := names.In(whose) + ": " + grounds[s.Ground]
	if !s.Returned.IsZero() {
		said += " · put back " + days.Short(record.DateOf(s.Returned.Local())) + ": " + s.Why
		return row(key, days.Short(s.Day), title, said, "put back", kit.Neutral)
	}
	l := row(key, days.Short(s.Day), title, said, "out of sight", kit.Blue)
	if s.Holder == "" {
		l = l.act("Put back", func() { askPutBack(d, s, whose) })
	}
	return l
}

func askPutBack(d desk.Desk, s record.Sequestration, whose string) {
	why := kit.NewField("Why").Placeholder("the order was vacated").Must("Say why it comes back: it stands in the record’s history.")
	q := ask.Open(d, "Put back", ask.Question{
		Title: "Put the entry back?", Width: 500,
		Body: kit.Column(12, kit.NewNote("The entry of "+days.Short(s.Day)+" stands again in "+names.Of(whose)+" record, in the search, and in what is produced."), why),
		Check: func() (string, bool) {
			_, ok := why.Value()
			return "", ok
		},
		Do: func(ctx context.Context) error { return d.Practice().Unsequester(ctx, s.ID, why.Text()) },
		Done: func() {
			d.Toast("The entry is back in its record.", "", nil)
			d.Changed(s.Client)
		},
	})
	why.OnEnter = func(string) { q.Press() }
}
