package clients

import (
	"context"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/clients/about"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/paper"
	"casekeep/vault/record"
)

// showCard shows the emergency card of the client on show, large; where none
// is filled in it opens the form.
func (c *chart) showCard() {
	client := c.client
	var cards []record.Filed
	c.page.desk.Load(func(ctx context.Context) error {
		var err error
		cards, err = c.page.desk.Practice().Forms(ctx, client.ID, record.FormEmergency)
		return err
	}, func(err error) {
		switch {
		case client.ID != c.client.ID:
		case err != nil:
			c.page.desk.Fail(err)
		case len(cards) == 0:
			c.page.desk.Toast("There is no emergency card yet: fill it in.", "", nil)
			c.fill(record.FormEmergency, 0, nil)
		default:
			c.openCard(client, cards[0])
		}
	})
}

func (c *chart) openCard(client record.Client, filed record.Filed) {
	card, err := form.Decode[record.EmergencyCard](filed.Data)
	if err != nil {
		c.page.desk.Fail(err)
		return
	}
	var d *kit.Dialog
	correct := kit.NewButton("Correct", func() {
		d.Close()
		c.correct(filed)
	})
	anew := kit.NewButton("Fill in anew", func() {
		d.Close()
		c.fill(record.FormEmergency, 0, nil)
	})
	print := kit.NewButton("Print", func() {
		d.Close()
		c.printCard(client)
	})
	d = kit.NewDialog("Emergency card: "+client.Name, cardBody(client, card, filed), nil).Width(620).More(print, correct, anew)
	d.Open(c.page.desk.Window())
}

func (c *chart) printCard(client record.Client) {
	paper.Open(c.page.desk, paper.Ask{
		Title: "Print the emergency card", Text: "Keep it locked away, and shred it when it is out of date. The record’s history says that it was printed.",
		Name: "Emergency card", Secret: true,
		Print: func(ctx context.Context, out app.PaperFile) (app.Printed, error) {
			return c.page.desk.Practice().EmergencyCard(ctx, client.ID, out)
		},
	})
}

// cardBody sets what is needed first large: whom to call, and where to send
// them.
func cardBody(client record.Client, e record.EmergencyCard, filed record.Filed) fyne.CanvasObject {
	all := []fyne.CanvasObject{
		kit.NewSection("Call"), kit.NewLarge(e.Services), kit.Pad(2, 0, 10, 0, kit.NewNote("988 reaches the Suicide and Crisis Lifeline by call or text.")),
		kit.NewSection("The client is"), kit.NewLarge(e.Where),
	}
	if e.Address != "" {
		all = append(all, kit.NewLarge(e.Address))
	}
	if client.Risk != "" {
		all = append(all, kit.Pad(8, 0, 0, 0, kit.Note(kit.Red, kit.NewText(client.Risk))))
	}
	if client.SafeContact != "" {
		all = append(all, kit.Pad(8, 0, 0, 0, kit.Note(kit.Blue, kit.NewText("Safe contact: "+client.SafeContact))))
	}
	all = append(all, kit.Pad(12, 0, 0, 0, kit.NewSection("Authorized by the client")))
	if e.Contact == "" {
		all = append(all, kit.NewText("Nobody."))
	} else {
		all = append(all, kit.NewLarge(e.Contact+", "+e.Relation), kit.NewLarge(e.Reach), kit.NewNote("May be told: "+e.MayTell))
	}
	all = append(all, kit.Pad(8, 0, 0, 0, kit.Rule()))
	all = append(all, about.Fact("Must not be called", e.Not)...)
	all = append(all, about.Fact("Emergency department", e.Hospital)...)
	all = append(all, about.Fact("Shared with the client", phrase.ShortDate(e.Shared))...)
	for _, p := range client.Contacts {
		all = append(all, about.Fact(phrase.System(p.System), p.Value)...)
	}
	all = append(all, about.Fact("Note", e.Note)...)
	all = append(all, about.Fact("Filled in", phrase.ShortDate(filed.Day()))...)
	return kit.Column(2, all...)
}
