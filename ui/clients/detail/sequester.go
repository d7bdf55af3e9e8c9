package detail

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/names"
	"casekeep/ui/sheet"
	"casekeep/vault/record"
)

// order is the form by which an entry is put out of sight.
type order struct {
	desk  desk.Desk
	entry record.Entry
	plain *sheet.Plain

	ground, where *kit.Answer
	reason        *kit.Field
	court, number *kit.Field
	on            *kit.DayField
	files         sheet.Files
	holder, key   *kit.Field
	sealed        *fyne.Container
	body          *fyne.Container
}

var groundValues = []string{"court", "privileged", "unlawful"}

// sealedTo is the answer that the entry goes to a holder and is gone from here.
const sealedTo = 1

// askSequester puts an entry out of sight by an order.
func (d *Detail) askSequester(e record.Entry) {
	d.close()
	o := newOrder(d.desk, e)
	sheet.OpenPlain(d.desk, sheet.PlainAsk{
		Title: "Put an entry out of sight", Subtitle: title(e, d.hooks.Client().Name) + ", " + days.Short(record.DateOf(e.At.In(e.TimeZone()))),
		Act: "Put out of sight", Bar: "Putting it out of sight", Fields: o.body, Edited: o.edited, Check: o.check, Ask: o.confirm,
		Do:   func(ctx context.Context) error { return d.desk.Practice().Sequester(ctx, e.Client, o.order()) },
		Done: func() { d.hooks.Changed("Out of sight. It stands under Retention, Out of sight.", e.Client) },
	}, func(p *sheet.Plain) {
		o.plain = p
		o.ground.Focus()
	})
}

func newOrder(d desk.Desk, e record.Entry) *order {
	o := &order{desk: d, entry: e}
	o.ground = kit.NewAnswer("On what ground?", "Sealed by a court", "Privileged", "Unlawful to hold").Must("Say on what ground.")
	o.reason = kit.NewField("Why").Placeholder("the court sealed what the client said on that day").Must("Say why: it stands with the order.")
	o.court = kit.NewField("Court or authority").Placeholder("none")
	o.number = kit.NewField("Number of the order")
	o.on = kit.NewDayField("Date of the order", func() record.Date { return record.DateOf(d.Practice().Now()) }).Lean(days.Past)
	o.files = sheet.NewFiles(d, o.fit)
	o.where = kit.NewAnswer("Where does it go?", "It stays here, out of sight", "Sealed to a holder, and gone from here")
	o.where.Choose(0)
	o.holder = kit.NewField("Who holds it").Placeholder("the clerk of the court, counsel")
	o.key = kit.NewField("The holder’s age key").Placeholder("age1…").Hint("The public key of the holder, as “age-keygen -y” prints it. Only its holder can read the entry afterwards.")
	for _, f := range []*kit.Field{o.reason, o.court, o.number, o.holder, o.key} {
		f.OnEnter = func(string) { o.plain.Save() }
	}
	o.where.OnChanged = func(int) { o.arrange() }
	o.sealed = kit.Column(12, o.holder, o.key)
	o.body = kit.Column(14,
		kit.NewNote("For what a court sealed, what is privileged, or what you may not hold. It is not for mistakes: those are struck through, and stay legible."),
		o.ground, o.reason, kit.TopRow(12, kit.Grow(o.court), kit.Grow(o.number)), o.on,
		kit.Column(4, kit.NewSmall("The order itself"), o.files.Content()), o.where, o.sealed)
	o.arrange()
	return o
}

func (o *order) arrange() {
	o.sealed.Hidden = o.where.Chosen() != sealedTo
	o.body.Refresh()
	o.fit()
}

func (o *order) fit() {
	if o.plain != nil {
		o.plain.Fit()
	}
}

func (o *order) edited() bool {
	typed := o.reason.Text() + o.court.Text() + o.number.Text() + o.on.Text() + o.holder.Text() + o.key.Text()
	return strings.TrimSpace(typed) != "" || o.ground.Chosen() >= 0 || len(o.files.Uploads()) > 0
}

func (o *order) check() (string, bool) {
	if _, ok := o.ground.Value(); !ok {
		o.ground.Focus()
		return "", false
	}
	if _, ok := o.reason.Value(); !ok {
		return "", false
	}
	if _, ok := o.on.Value(); !ok {
		return "", false
	}
	if groundValues[o.ground.Chosen()] == "court" && !filled(o.court, "Say which court sealed it.") {
		return "", false
	}
	if o.where.Chosen() == sealedTo {
		return "", filled(o.holder, "Say who holds it.") && filled(o.key, "Give the holder’s key: without one it cannot be sealed to anybody.")
	}
	return "", true
}

func (o *order) order() app.SequesterOrder {
	all := app.SequesterOrder{
		Entries: []record.EntryID{o.entry.ID}, Ground: groundValues[o.ground.Chosen()], Reason: strings.TrimSpace(o.reason.Text()),
		Court: strings.TrimSpace(o.court.Text()), Number: strings.TrimSpace(o.number.Text()), On: o.on.Day(), Files: o.files.Uploads(),
	}
	if o.where.Chosen() == sealedTo {
		all.Holder, all.HolderName = strings.TrimSpace(o.key.Text()), strings.TrimSpace(o.holder.Text())
	}
	return all
}

// confirm says what it means before it is done.
func (o *order) confirm(goOn func()) {
	text := "It leaves the timeline, the search, every list, and everything that is produced from now on. " +
		"The order, the ground and the reason stay in the practice’s book, and a line stays under Retention, Out of sight."
	if n := len(o.entry.Attachments); n > 0 {
		text += " Its " + phrase.Count(n, "attachment goes", "attachments go") + " with it."
	}
	if o.where.Chosen() == sealedTo {
		text += " It is sealed to " + names.In(strings.TrimSpace(o.holder.Text())) + " and leaves this vault: nobody here can read it or bring it back."
	}
	kit.ConfirmDanger(o.desk.Window(), "Put this entry out of sight?", text, "Put out of sight", goOn)
}
