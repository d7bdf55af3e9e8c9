package keep

import (
	"context"

	"casekeep/app"
	"casekeep/ui/clients/ask"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// AskLonger keeps a record longer than the rules ask, for a reason.
func AskLonger(d desk.Desk, k app.Kept, then func()) {
	until := kit.NewDayField("Keep until", today(d)).Lean(days.Ahead).Must("Say until when it is kept.")
	reason := kit.NewField("Why").Placeholder("a reference that the client may still ask for").Must("Say what it is still needed for.")
	text := "The date of the rules stays as it is; the later of the two counts. An extension is not taken back, and can be followed by a longer one."
	var day record.Date
	q := ask.Open(d, "Keep longer", ask.Question{
		Title: "Keep " + names.Of(k.Name) + " record longer", Width: 520,
		Body: kit.Column(12, kit.NewNote(text), until, reason),
		Check: func() (string, bool) {
			_, why := reason.Value()
			var ok bool
			day, ok = until.Value()
			return "", ok && why
		},
		Do: func(ctx context.Context) error { return d.Practice().ExtendKeeping(ctx, k.Client, day, reason.Text()) },
		Done: func() {
			d.Toast("Kept until "+days.Short(day)+" or later.", "", nil)
			changed(d, k.Client, then)
		},
	})
	until.Enter(q.Press)
	reason.OnEnter = func(string) { q.Press() }
}

// AskDeath states the day on which a client died, or takes it back.
func AskDeath(d desk.Desk, k app.Kept, then func()) {
	died := kit.NewDayField("Died on", today(d)).Lean(days.Past)
	died.SetDay(k.Died)
	text := "Some rules count from a death. An empty day takes back what was stated."
	var day record.Date
	q := ask.Open(d, "Save", ask.Question{
		Title: "The death of " + names.In(k.Name), Body: kit.Column(12, kit.NewNote(text), died),
		Check: func() (problem string, ok bool) {
			day, ok = died.Value()
			return "", ok
		},
		Do: func(ctx context.Context) error { return d.Practice().StateDeath(ctx, k.Client, day) },
		Done: func() {
			said := "The day of death is on record."
			if day.IsZero() {
				said = "The day of death is taken back."
			}
			d.Toast(said, "", nil)
			changed(d, k.Client, then)
		},
	})
	died.Enter(q.Press)
}

// AskAdult says that a person whose birth date is not known was of full age;
// who is a member's name, or "" for the client.
func AskAdult(d desk.Desk, k app.Kept, who string, then func()) {
	name := who
	if name == "" {
		name = k.Name
	}
	text := names.Of(name) + " birth date is not on record, so the record is kept as that of a minor whose age is not known. " +
		"Where you know that " + names.In(name) + " was of full age when services began, say so here. A birth date in the details would be better."
	ask.Open(d, "Was of full age", ask.Question{
		Title: "Was " + names.In(name) + " of full age?", Body: kit.NewNote(text), Width: 480,
		Do: func(ctx context.Context) error { return d.Practice().StateAdult(ctx, k.Client, who, true) },
		Done: func() {
			d.Toast("It is on record that "+names.In(name)+" was of full age.", "", nil)
			changed(d, k.Client, then)
		},
	})
}
