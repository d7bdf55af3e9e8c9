package retention

import (
	"context"
	"fmt"

	"casekeep/app"
	"casekeep/ui/clients/ask"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/ui/names"
	"casekeep/ui/paper"
	"casekeep/vault/record"
)

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
		said += " · sealed to " + names.In(s.Holder) + ": nobody here can read it"
	}
	said += " · since " + days.Short(record.DateOf(s.At.Local())) + " by " + s.Author
	key := fmt.Sprint("sequestration ", s.ID)
	if whose == "" { // all of the record is out of sight
		whose = "Record " + s.Number
	}
	title := names.In(whose) + ": " + keep.Ground(s.Ground)
	if s.Entry == 0 {
		title += ", the whole record"
	}
	if !s.Returned.IsZero() {
		said += " · put back " + days.Short(record.DateOf(s.Returned.Local())) + ": " + s.Why
		return row(key, days.Short(s.Day), title, said, "put back", kit.Neutral)
	}
	l := row(key, days.Short(s.Day), title, said, "out of sight", kit.Blue)
	if s.Holder == "" {
		return l.act("Put back", func() { askPutBack(d, s, whose) })
	}
	return l.act("Save the sealed file", func() { saveSealed(d, s) })
}

func askPutBack(d desk.Desk, s record.Sequestration, whose string) {
	why := kit.NewField("Why").Placeholder("the order was vacated").Must("Say why it comes back: it stands in the record’s history.")
	text := "The entry of " + days.Short(s.Day) + " stands again in " + names.Of(whose) + " record, in the search, and in what is produced."
	if s.Entry == 0 {
		text = "The whole record stands again in every list, in the search, and in what is produced, with all that the same order put out of sight."
	}
	q := ask.Open(d, "Put back", ask.Question{
		Title: "Put it back?", Width: 500,
		Body: kit.Column(12, kit.NewNote(text), why),
		Check: func() (string, bool) {
			_, ok := why.Value()
			return "", ok
		},
		Do: func(ctx context.Context) error { return d.Practice().Unsequester(ctx, s.ID, why.Text()) },
		Done: func() {
			d.Toast("It is back in sight.", "", nil)
			d.Changed(0)
		},
	})
	why.OnEnter = func(string) { q.Press() }
}

// saveSealed writes what only the holder can read into a file, to be handed
// over.
func saveSealed(d desk.Desk, s record.Sequestration) {
	paper.Open(d, paper.Ask{
		Title: "Save the sealed file", Act: "Save", Ending: ".tar.age", Name: "Sealed from record " + s.Number,
		Text: "An age file with a tar archive inside, which " + names.In(s.Holder) + " alone can open. Hand it over as the order says.",
		Print: func(ctx context.Context, out app.PaperFile) (app.Printed, error) {
			return app.Printed{File: out.Path}, d.Practice().ExportSequestered(ctx, s.ID, out.Path)
		},
	})
}
