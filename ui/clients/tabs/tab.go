// Package tabs holds what a client's record has beside the timeline that the
// practice standards ask for: consents, searches, assessments, safety, files,
// and where the record stands.
package tabs

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app/form"
	"casekeep/ui/clients/about"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Acts are what a tab asks of the record around it.
type Acts struct {
	// Fill opens a form, as a follow-up of an entry or of none, with answers to
	// begin with.
	Fill func(f record.Form, about record.EntryID, values form.Values)
	// Correct opens the form of an entry, to be filled in once more.
	Correct func(record.Filed)
	// Show goes to an entry in the timeline.
	Show func(record.EntryID)
	// Card shows the emergency card large.
	Card func()
	// Edit opens the client's details; Log puts the cursor into the composer.
	Edit, Log func()
}

// shelf is what every tab of structured entries has.
type shelf struct {
	about.Pane
	acts Acts
}

func newShelf(d desk.Desk, a Acts) shelf { return shelf{about.NewPane(d), a} }

// forms reads the entries of some forms and then shows them.
func (s *shelf) forms(c record.Client, show func([]record.Filed), forms ...record.Form) {
	var list []record.Filed
	s.Load(func(ctx context.Context) error {
		var err error
		list, err = s.Desk.Practice().Forms(ctx, c.ID, forms...)
		return err
	}, func() { show(list) })
}

// of gives the entries of one form, newest first.
func of(list []record.Filed, f record.Form) []record.Filed {
	var all []record.Filed
	for _, one := range list {
		if one.Form == f {
			all = append(all, one)
		}
	}
	return all
}

// follows gives the newest entry of a form that follows up another one.
func follows(list []record.Filed, f record.Form, about record.EntryID) (record.Filed, bool) {
	for _, one := range of(list, f) {
		if one.About == about {
			return one, true
		}
	}
	return record.Filed{}, false
}

// read gives what an entry states; one that cannot be read states nothing.
func read[T any](f record.Filed) T {
	value, err := form.Decode[T](f.Data)
	if err != nil {
		var nothing T
		return nothing
	}
	return value
}

// add is a button that opens a form.
func (s *shelf) add(f record.Form, values form.Values) *kit.Button {
	spec, _ := form.Find(f)
	return kit.NewButton(spec.Act, func() { s.acts.Fill(f, 0, values) })
}

// head is the heading of a part, with the button that adds to it.
func (s *shelf) head(title string, f record.Form) fyne.CanvasObject {
	return kit.Pad(14, 0, 8, 0, kit.Row(10, kit.Grow(kit.NewHeading(title)), s.add(f, nil).Small()))
}

// none says what to do where there is nothing yet.
func none(text string) fyne.CanvasObject { return kit.Pad(0, 0, 4, 0, kit.NewNote(text)) }

// card is one entry of a register.
type card struct {
	title   string
	caption string
	lines   []string
	tone    kit.Tone
	state   string            // on a chip; "": none
	below   fyne.CanvasObject // may be nil
	acts    []fyne.CanvasObject
}

// links gives what can be done with an entry: see it in the timeline, correct
// it.
func (s *shelf) links(f record.Filed, more ...fyne.CanvasObject) []fyne.CanvasObject {
	return append(more,
		kit.NewLink("Show", func() { s.acts.Show(f.ID) }),
		kit.NewLink("Correct", func() { s.acts.Correct(f) }))
}

func (c card) object() fyne.CanvasObject {
	text := kit.Column(3, kit.NewText(c.title).Bold())
	if c.caption != "" {
		text.Add(kit.NewNote(c.caption))
	}
	for _, line := range c.lines {
		text.Add(kit.NewNote(line))
	}
	row := []fyne.CanvasObject{kit.Grow(text)}
	if c.state != "" {
		row = append(row, kit.NewChip(c.tone, c.state))
	}
	body := kit.Column(7, kit.TopRow(12, row...))
	if c.below != nil {
		body.Add(c.below)
	}
	if len(c.acts) > 0 {
		body.Add(kit.Flow(16, c.acts...))
	}
	return kit.Pad(0, 0, 8, 0, kit.Card(kit.Pad(10, 14, 10, 14, body)))
}

// joined puts what is known behind one another.
func joined(parts ...string) string {
	var all []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, " · ")
}

// fact gives a line "Label: text", or "" where nothing is known.
func fact(label, text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return label + ": " + text
}

// some leaves out what is empty.
func some(lines ...string) []string {
	var all []string
	for _, line := range lines {
		if line != "" {
			all = append(all, line)
		}
	}
	return all
}

// on gives the day on which an entry stands.
func on(f record.Filed) string { return phrase.ShortDate(f.Day()) }

// answer gives an answer of a form as its question offers it.
func answer(f record.Form, key, value string) string {
	spec, _ := form.Find(f)
	field, _ := spec.Field(key)
	for _, o := range field.Options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}
