package keep

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

// Sequester is what is to be put out of sight.
type Sequester struct {
	Client  record.ClientID
	Entries []record.EntryID // none: the whole record
	What    string           // in a line: "Ada texted, Nov 3, 2026"
	Files   int              // attachments that go along
	Done    func(said string)
}

// AskSequester puts entries, or a whole record, out of sight by an order.
func AskSequester(d desk.Desk, of Sequester) {
	o := newOrder(d, of)
	title := "Put an entry out of sight"
	if o.whole() {
		title = "Put the whole record out of sight"
	}
	sheet.OpenPlain(d, sheet.PlainAsk{
		Title: title, Subtitle: of.What,
		Act: "Put out of sight", Bar: "Putting it out of sight", Fields: o.body, Edited: o.edited, Check: o.check, Ask: o.confirm,
		Do:   func(ctx context.Context) error { return d.Practice().Sequester(ctx, of.Client, o.order()) },
		Done: func() { of.Done("Out of sight. The order stands under Retention, Out of sight.") },
	}, func(p *sheet.Plain) {
		o.plain = p
		o.ground.Focus()
	})
}

// order is the form by which something is put out of sight.
type order struct {
	desk  desk.Desk
	of    Sequester
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

var groundValues = []string{record.GroundCourt, record.GroundPrivileged, record.GroundUnlawful}

// Ground says on what ground something is out of sight.
func Ground(value string) string {
	return map[string]string{record.GroundCourt: "Sealed by a court", record.GroundPrivileged: "Privileged", record.GroundUnlawful: "Unlawful to hold"}[value]
}

// sealedTo is the answer that it goes to a holder and is gone from here.
const sealedTo = 1

func newOrder(d desk.Desk, of Sequester) *order {
	o := &order{desk: d, of: of}
	var labels []string
	for _, g := range groundValues {
		labels = append(labels, Ground(g))
	}
	o.ground = kit.NewAnswer("On what ground?", labels...).Must("Say on what ground.")
	o.reason = kit.NewField("What the order asks").Placeholder("the session of May 4 is sealed").
		Hint("It stays legible: do not repeat what is put out of sight.").Must("Say what the order asks: it stands in the practice’s book.")
	o.court = kit.NewField("Court or authority").Placeholder("a court; or the law itself").Must("Say which court, authority or law asks for it.")
	o.number = kit.NewField("Number of the order")
	o.on = kit.NewDayField("Date of the order", today(d)).Lean(days.Past).Must("Say of which day the order is.")
	o.files = sheet.NewFiles(d, o.fit)
	o.where = kit.NewAnswer("Where does it go?", "It stays here, out of sight", "Sealed to a holder, and gone from here")
	o.where.Choose(0)
	o.holder = kit.NewField("Who holds it").Placeholder("the clerk of the court, counsel").Must("Say who holds it.")
	o.key = kit.NewField("The holder’s age key").Placeholder("age1…").Must("Give the holder’s key: without one it cannot be sealed to anybody.").
		Hint("The public key, as “age-keygen -y” prints it. Only who has its secret part can read it afterwards.")
	for _, f := range []*kit.Field{o.reason, o.court, o.number, o.holder, o.key} {
		f.OnEnter = func(string) { o.plain.Save() }
	}
	o.on.Enter(func() { o.plain.Save() })
	o.where.OnChanged = func(int) { o.arrange() }
	o.sealed = kit.Column(12, o.holder, o.key)
	o.body = kit.Column(14,
		kit.NewNote("For what a court sealed, what is privileged, or what you may not hold. It is not for mistakes: those are struck through, and stay legible."),
		o.ground, o.reason, kit.TopRow(12, kit.Grow(o.court), kit.Grow(o.number)), o.on,
		kit.Column(4, kit.NewSmall("The order itself"), o.files.Content()), o.where, o.sealed)
	o.arrange()
	return o
}

func (o *order) whole() bool { return len(o.of.Entries) == 0 }

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

// check says what is missing at its field; the first one gets the keyboard.
func (o *order) check() (string, bool) {
	all := true
	need := func(ok bool, focus func()) {
		if !ok && all {
			all = false
			focus()
		}
	}
	_, ground := o.ground.Value()
	need(ground, o.ground.Focus)
	fields := []*kit.Field{o.reason, o.court}
	if o.where.Chosen() == sealedTo {
		fields = append(fields, o.holder, o.key)
	}
	for _, f := range fields {
		_, ok := f.Value()
		need(ok, f.Focus)
	}
	_, on := o.on.Value()
	need(on, o.on.Focus)
	return "", all
}

func (o *order) order() app.SequesterOrder {
	text := func(f *kit.Field) string { return strings.TrimSpace(f.Text()) }
	all := app.SequesterOrder{
		Entries: o.of.Entries, Ground: groundValues[o.ground.Chosen()], Reason: text(o.reason),
		Court: text(o.court), Number: text(o.number), On: o.on.Day(), Files: o.files.Uploads(),
	}
	if o.where.Chosen() == sealedTo {
		all.Holder, all.HolderName = text(o.key), text(o.holder)
	}
	return all
}

// confirm says what it means before it is done.
func (o *order) confirm(goOn func()) {
	title := "Put this entry out of sight?"
	text := "It leaves the timeline, the search, every list, and everything that is produced from now on. "
	if o.whole() {
		title = "Put this record out of sight?"
		text = "The client leaves every list, the search, and everything that is produced from now on. The record is kept as long as before. "
	}
	text += "The order stays in the practice’s book, and a line under Retention, Out of sight."
	if o.of.Files > 0 {
		text += " " + phrase.Count(o.of.Files, "attachment goes", "attachments go") + " with it."
	}
	if o.where.Chosen() == sealedTo {
		text += " It is sealed to " + names.In(strings.TrimSpace(o.holder.Text())) + " and leaves this vault: nobody here can read it or bring it back. Backups that were made before hold it until they expire."
	}
	kit.ConfirmDanger(o.desk.Window(), title, text, "Put out of sight", goOn)
}
