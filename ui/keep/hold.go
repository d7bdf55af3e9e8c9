package keep

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/ask"
	"casekeep/ui/clients/pick"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// holdForm asks what a hold is about.
type holdForm struct {
	matter       *kit.Field
	on           *kit.DayField
	source       *kit.Select
	since, until *kit.DayField
	note         *kit.Field
}

func newHoldForm(today func() record.Date) *holdForm {
	return &holdForm{
		matter: kit.NewField("Matter").Placeholder("the case, the complaint, or what is expected").Must("Name the matter: it stands wherever the record is."),
		on:     kit.NewDayField("Received or expected since", today).Lean(days.Past),
		source: kit.NewSelect("Where it comes from", record.HoldSources(), -1, func(int) {}).Empty("Choose"),
		since:  kit.NewDayField("About what was said from", today).Lean(days.Past).Placeholder("the beginning"),
		until:  kit.NewDayField("until", today).Placeholder("now"),
		note:   kit.NewField("Note").Placeholder("who asked, and for what"),
	}
}

func (f *holdForm) fields() fyne.CanvasObject {
	return kit.Column(12, f.matter,
		kit.TopRow(12, kit.Grow(f.on), kit.Grow(f.source)),
		kit.TopRow(12, kit.Grow(f.since), kit.Grow(f.until)), f.note)
}

// fill puts in what is known already.
func (f *holdForm) fill(h record.Hold) {
	f.matter.SetText(h.Matter)
	f.note.SetText(h.Note)
	f.on.SetDay(h.On)
	f.source.Choose(slices.Index(record.HoldSources(), h.Source))
}

// value gives the hold; what is wrong is said next to its field.
func (f *holdForm) value(client record.ClientID) (record.Hold, bool) {
	h := record.Hold{Client: client, Note: f.note.Text()}
	all := true
	day := func(field *kit.DayField, to *record.Date) {
		var ok bool
		*to, ok = field.Value()
		all = all && ok
	}
	day(f.until, &h.Until)
	day(f.since, &h.Since)
	day(f.on, &h.On)
	if i := f.source.Chosen(); i >= 0 {
		h.Source = record.HoldSources()[i]
	}
	matter, ok := f.matter.Value()
	h.Matter = matter
	return h, ok && all
}

func (f *holdForm) onEnter(press func()) {
	for _, field := range []*kit.Field{f.matter, f.note} {
		field.OnEnter = func(string) { press() }
	}
	for _, day := range []*kit.DayField{f.on, f.since, f.until} {
		day.Enter(press)
	}
}

const holdText = "While it stands, nothing of the record is destroyed and no import into it is undone. It is shown wherever the record is."

// AskHold places a legal hold on a client's record.
func AskHold(d desk.Desk, client record.ClientID, name string, then func()) {
	askHoldAs(d, record.Hold{Client: client}, name, then)
}

// askHoldAs is AskHold, with what is known of the hold already.
func askHoldAs(d desk.Desk, known record.Hold, name string, then func()) {
	client := known.Client
	f := newHoldForm(today(d))
	f.fill(known)
	askHold(d, f, holdAsk{
		title: "Place a legal hold on " + names.Of(name) + " record",
		body:  kit.Column(12, kit.NewNote(holdText), f.fields()),
		whose: func() (record.ClientID, string, string) { return client, name, "" },
		then:  then,
	})
}

// AskHoldOf places one on the record of a client that is chosen in the dialog.
func AskHoldOf(d desk.Desk, then func()) {
	f := newHoldForm(today(d))
	picker := pick.New(d, 0)
	picker.Entered = f.matter.Focus
	askHold(d, f, holdAsk{
		title: "Place a legal hold",
		body:  kit.Column(12, kit.NewNote(holdText), picker.Content(), f.fields()),
		whose: func() (record.ClientID, string, string) {
			c, ok := picker.Chosen()
			if !ok {
				return 0, "", "Choose whose record it is about."
			}
			return c.ID, c.Name, ""
		},
		then: then,
	})
}

// AskHoldAll places one on every record of the practice.
func AskHoldAll(d desk.Desk, then func()) {
	f := newHoldForm(today(d))
	askHold(d, f, holdAsk{
		title: "Place a legal hold on every record",
		body: kit.Column(12, kit.NewNote("For a matter about the practice as a whole, such as an inquiry of the board. "+
			"While it stands no record is destroyed and no import undone."), f.fields()),
		whose: func() (record.ClientID, string, string) { return record.Book, "", "" },
		then:  then,
	})
}

type holdAsk struct {
	title string
	body  fyne.CanvasObject
	whose func() (client record.ClientID, name, problem string)
	then  func()
}

func askHold(d desk.Desk, f *holdForm, a holdAsk) {
	var hold record.Hold
	var name string
	q := ask.Open(d, "Place the hold", ask.Question{
		Title: a.title, Body: a.body, Width: 560,
		Check: func() (string, bool) {
			client, whose, problem := a.whose()
			if problem != "" {
				return problem, false
			}
			var ok bool
			name = whose
			hold, ok = f.value(client)
			return "", ok
		},
		Do: func(ctx context.Context) (err error) {
			hold, err = d.Practice().PlaceHold(ctx, hold)
			return err
		},
		Done: func() {
			said := "Every record is under a legal hold."
			if name != "" {
				said = names.Of(name) + " record is under a legal hold."
			}
			d.Toast(said, "", nil)
			changed(d, hold.Client, a.then)
		},
	})
	f.onEnter(q.Press)
}

// AskLift ends a hold. whose is the client's name, "" for every record.
func AskLift(d desk.Desk, h record.Hold, whose string, then func()) {
	by := kit.NewField("Who lifted it").Placeholder("the court, the board, counsel").Must("Say who lifted it.")
	reason := kit.NewField("Why").Placeholder("the case was dismissed").Must("Say why it was lifted.")
	on := kit.NewDayField("When", today(d)).Lean(days.Past)
	var day record.Date
	text := "The hold stays on record with who lifted it, when and why. After it the rules alone decide how long the record is kept."
	about := h.Matter + ", on every record"
	if whose != "" {
		about = h.Matter + ", on " + names.Of(whose) + " record"
	}
	q := ask.Open(d, "Lift the hold", ask.Question{
		Title: "Lift this legal hold?", Width: 520,
		Body: kit.Column(12, kit.NewText(about).Bold(), kit.NewNote(text), by, on, reason),
		Check: func() (string, bool) {
			_, why := reason.Value()
			var when bool
			day, when = on.Value()
			_, who := by.Value()
			return "", who && when && why
		},
		Do: func(ctx context.Context) error {
			return d.Practice().LiftHold(ctx, h.ID, day, by.Text(), reason.Text())
		},
		Done: func() {
			d.Toast("The hold is lifted.", "", nil)
			changed(d, h.Client, then)
		},
	})
	by.OnEnter = func(string) { q.Press() }
	on.Enter(q.Press)
	reason.OnEnter = func(string) { q.Press() }
}

// changed tells every page, and goes on.
func changed(d desk.Desk, client record.ClientID, then func()) {
	if client == record.Book {
		client = 0
	}
	d.Changed(client)
	if then != nil {
		then()
	}
}

// today gives the day that it is for the practice.
func today(d desk.Desk) func() record.Date {
	zone := time.Local
	var settings record.Practice
	d.Load(func(ctx context.Context) (err error) {
		settings, err = d.Practice().Settings(ctx)
		return err
	}, func(err error) {
		if err == nil {
			zone = record.LoadZone(settings.Zone)
		}
	})
	return func() record.Date { return record.DateOf(d.Practice().Now().In(zone)) }
}
