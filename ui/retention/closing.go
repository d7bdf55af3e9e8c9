package retention

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
	"casekeep/ui/paper"
	"casekeep/vault/record"
)

// closing is what is to be done when the practice closes: a day, somebody who
// keeps the records, a letter to each client, and a list.
type closing struct {
	desk  desk.Desk
	state app.Closing
	run   int

	plan  *kit.Text
	set   *kit.Button
	write *kit.Button
	mark  *kit.Button
	list  *kit.Button
	table *table
	none  fyne.CanvasObject
	whole fyne.CanvasObject
	body  *fyne.Container
}

func newClosing(d desk.Desk) *closing {
	c := &closing{desk: d, plan: kit.NewNote("")}
	c.set = kit.NewButton("Change the plan", c.askPlan)
	c.write = kit.NewPrimary("Write the letters", c.writeLetters).Icon(look.Letter)
	c.mark = kit.NewButton("Mark all as sent", func() { c.markSent(c.unsent()) })
	c.list = kit.NewButton("Print the list", c.printList).Icon(look.Printer)
	c.table = newTable(kit.Empty("No records", "There is nobody to tell."))
	head := kit.Column(10, kit.Column(2, kit.NewTitle("Closing the practice"), c.plan), kit.Flow(8, c.write, c.mark, c.list, c.set))
	c.whole = kit.Frame(kit.Pad(18, 22, 12, 22, head), nil, nil, nil, c.table.body)
	c.none = kit.Empty("Closing the practice",
		"Say on which day the practice closes and who keeps the records from then on. Letters to all clients and a list of the records follow from it. Nothing is sent or closed by itself.",
		kit.NewPrimary("Plan the closing", c.askPlan))
	c.body = container.NewStack(c.whole, c.none)
	return c
}

func (c *closing) content() fyne.CanvasObject { return c.body }

func (c *closing) show(keys bool) {
	c.table.keys = keys
	c.refresh()
}

func (c *closing) key(string) bool { return false }

func (c *closing) refresh() {
	c.run++
	run := c.run
	var state app.Closing
	c.desk.Load(func(ctx context.Context) (err error) {
		state, err = c.desk.Practice().Closing(ctx)
		return err
	}, func(err error) {
		switch {
		case run != c.run:
		case err != nil:
			c.desk.Fail(err)
		default:
			c.fill(state)
		}
	})
}

func (c *closing) fill(state app.Closing) {
	c.state = state
	planned := !state.Plan.Day.IsZero()
	c.whole.(*fyne.Container).Hidden, c.none.(*fyne.Container).Hidden = !planned, planned
	c.plan.SetText(planSays(state))
	left := len(c.unsent())
	setEnabled(c.write, left > 0)
	setEnabled(c.mark, left > 0)
	var lines []line
	group := ""
	for _, r := range state.Records {
		g := "Open records"
		if r.Client.Status == record.Closed {
			g = "Closed records"
		}
		if g != group {
			group = g
			lines = append(lines, line{head: g})
		}
		lines = append(lines, c.line(r))
	}
	c.table.fill(lines)
	c.body.Refresh()
}

func planSays(state app.Closing) string {
	text := "The practice closes on " + state.Plan.Day.Long() + "."
	if keeper := names.In(oneLine(state.Plan.Keeper)); keeper != "" {
		text += " Then the records are kept by " + keeper + "."
	}
	sent := 0
	for _, r := range state.Records {
		if r.Letter.ID != 0 {
			sent++
		}
	}
	return text + fmt.Sprintf(" %s of %s were sent.", kit.Number(sent), phrase.Count(len(state.Records), "letter", "letters"))
}

func (c *closing) line(r app.ClosingRecord) line {
	state, tone, said := "no letter yet", kit.Amber, r.Line
	if r.Letter.ID != 0 {
		state, tone = "letter sent", kit.Green
		said += " · letter of " + days.Short(r.Sent())
	}
	l := row(r.Client.ID.String(), r.Client.Number, names.In(r.Client.Name), said, state, tone)
	one := []record.ClientID{r.Client.ID}
	if r.Letter.ID != 0 {
		return l.act("Not sent after all", func() { c.takeBack(one) })
	}
	return l.act("Mark as sent", func() { c.markSent(one) })
}

// unsent gives the clients who were not told yet.
func (c *closing) unsent() []record.ClientID {
	var all []record.ClientID
	for _, r := range c.state.Records {
		if r.Letter.ID == 0 {
			all = append(all, r.Client.ID)
		}
	}
	return all
}

func (c *closing) markSent(clients []record.ClientID) {
	var sent []record.ClientID
	c.desk.Load(func(ctx context.Context) (err error) {
		sent, err = c.desk.Practice().LettersSent(ctx, clients)
		return err
	}, func(err error) {
		if err != nil {
			c.desk.Fail(err)
		} else {
			said := phrase.Count(len(sent), "letter", "letters") + " marked as sent: each record has it as a contact of today."
			c.desk.Toast(said, "Undo", func() { c.takeBack(sent) })
		}
		c.desk.Changed(0)
	})
}

func (c *closing) takeBack(clients []record.ClientID) {
	c.desk.Load(func(ctx context.Context) error { return c.desk.Practice().TakeBackLetters(ctx, clients) }, func(err error) {
		if err != nil {
			c.desk.Fail(err)
		} else {
			c.desk.Toast(phrase.Count(len(clients), "letter", "letters")+" taken back: struck through as marked by mistake.", "", nil)
		}
		c.desk.Changed(0)
	})
}

func (c *closing) writeLetters() {
	clients := c.unsent()
	paper.Open(c.desk, paper.Ask{
		Title: "Write the letters", Act: "Write", Name: "Letters to clients", Secret: true,
		Text: "A letter to each of " + phrase.Count(len(clients), "client", "clients") + " who was not told yet, on pages of its own. Mark them as sent when they are.",
		Print: func(ctx context.Context, out app.PaperFile) (app.Printed, error) {
			return c.desk.Practice().WriteLetters(ctx, clients, out)
		},
	})
}

func (c *closing) printList() {
	paper.Open(c.desk, paper.Ask{
		Title: "Print the list of records", Name: "Records at closing", Secret: true,
		Text: "For whoever keeps the records: each with how long it is kept, how the client is reached, and whether the letter was sent.",
		Print: func(ctx context.Context, out app.PaperFile) (app.Printed, error) {
			return c.desk.Practice().WriteClosingList(ctx, out)
		},
	})
}
