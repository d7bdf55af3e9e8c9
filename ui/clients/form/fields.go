package form

import (
	"encoding/json"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// fields are all that can be said of a client.
type fields struct {
	today   func() record.Date
	resized func()

	kind                    *kit.Segments
	name, legal, pronouns   *kit.Field
	born, language          *kit.Field
	jurisdiction, needs     *kit.Field
	since                   *kit.Field
	status                  *kit.Segments // of a client who is being added
	statusRow               *fyne.Container
	safety                  *safety
	risk                    *kit.Field
	contacts                *group[record.ContactPoint]
	members                 *group[record.Member]
	personal, memberSection *fyne.Container
	content                 *fyne.Container
}

func newFields(today func() record.Date, resized func()) *fields {
	f := &fields{today: today, resized: resized}
	field := func(label, example string) *kit.Field {
		return kit.NewField(label).Placeholder(example)
	}
	f.kind = kit.NewSegments(phrase.Kinds(), 0, func(int) { f.arrange() })
	f.name = field("Name that is used", "Ada Quill")
	f.legal = field("Legal name, if it is another", "")
	f.pronouns = field("Pronouns", "she/her")
	f.born = field("Born", "2/29/1980")
	f.jurisdiction = field("State where they are", "Mississippi")
	f.language = field("Language, if not English", "Spanish")
	f.needs = field("Communication needs", "interpreter, large print, hearing aid")
	f.since = field("First day of service", "if it is known")
	f.status = kit.NewSegments([]string{"Active", "Screening"}, 0, func(int) {})
	f.statusRow = kit.Row(12, kit.NewLabel("Taken up, or still being screened?"), f.status, kit.Space())
	f.safety = newSafety()
	f.risk = field("Risk, shown above everything", "safety plan of Nov 19; ex-partner has her old phone")
	f.contacts = newGroup("Add a number or address", newContactRow, f.changedSize)
	f.members = newGroup("Add a member", func() line[record.Member] { return newMemberRow(f.today) }, f.changedSize)

	f.personal = pair(f.pronouns, f.born)
	f.memberSection = kit.Column(0, heading("Members"), f.members.content)
	f.content = kit.Column(12,
		kit.Row(0, f.kind, kit.Space()),
		pair(f.name, f.legal), f.personal, pair(f.jurisdiction, f.language), pair(f.needs, f.since), f.statusRow,
		heading("Safety"), f.safety.content, f.risk,
		heading("Contact points"), f.contacts.content,
		f.memberSection)
	return f
}

func pair(a, b fyne.CanvasObject) *fyne.Container {
	return kit.TopRow(14, kit.Grow(a), kit.Grow(b))
}

func heading(text string) fyne.CanvasObject { return kit.Pad(12, 0, 0, 0, kit.NewSection(text)) }

// changedSize is told that lines were added or taken away.
func (f *fields) changedSize() {
	f.content.Refresh()
	f.resized()
}

func (f *fields) chosenKind() record.Kind { return record.Kinds()[max(f.kind.Chosen(), 0)] }

// arrange shows the fields that the kind of client has.
func (f *fields) arrange() {
	one := f.chosenKind() == record.Individual
	f.personal.Hidden = !one
	f.memberSection.Hidden = one && len(f.members.rows) == 0
	f.changedSize()
}

// show fills every field.
func (f *fields) show(c record.Client) {
	f.kind.Choose(slices.Index(record.Kinds(), c.Kind))
	for _, t := range []struct {
		field *kit.Field
		text  string
	}{
		{f.name, c.Name}, {f.legal, c.LegalName}, {f.pronouns, c.Pronouns}, {f.born, phrase.ShortDate(c.Born)},
		{f.jurisdiction, phrase.Jurisdiction(c.Jurisdiction)}, {f.language, c.Language}, {f.needs, c.Needs}, {f.risk, c.Risk},
		{f.since, phrase.ShortDate(c.Since)},
	} {
		t.field.SetText(t.text)
		t.field.SetError("")
	}
	f.statusRow.Hidden = c.ID != 0
	f.status.Choose(0)
	if c.Status == record.Screening {
		f.status.Choose(1)
	}
	f.safety.show(c.SafeContact)
	f.contacts.show(c.Contacts)
	f.members.show(c.Members)
	f.arrange()
}

// value gives what the fields say, on top of what is known otherwise. Dates
// and states that cannot be read stay as they were.
func (f *fields) value(c record.Client) record.Client {
	c.Kind = f.chosenKind()
	c.Name, c.LegalName = text(f.name), text(f.legal)
	c.Language, c.Needs, c.Risk = text(f.language), text(f.needs), text(f.risk)
	c.SafeContact = f.safety.text()
	if c.Kind == record.Individual {
		c.Pronouns = text(f.pronouns)
		if d, err := phrase.ParseDate(f.born.Text(), f.today()); err == nil {
			c.Born = d
		}
	}
	if d, err := phrase.ParseDate(f.since.Text(), f.today()); err == nil && !d.IsZero() {
		c.Since = d
	}
	if c.ID == 0 && f.status.Chosen() == 1 {
		c.Status = record.Screening
	} else if c.ID == 0 {
		c.Status = record.Active
	}
	if code, err := phrase.ParseJurisdiction(f.jurisdiction.Text()); err == nil {
		c.Jurisdiction = code
	}
	c.Contacts, c.Members = f.contacts.values(), f.members.values()
	return c
}

func text(f *kit.Field) string { return strings.TrimSpace(f.Text()) }

// check says under each field what is wrong with it, and puts the cursor into
// the first such field. It reports whether all is well.
func (f *fields) check() bool {
	var wrong []*kit.Field
	note := func(field *kit.Field, problem string) {
		field.SetError(problem)
		wrong = append(wrong, field)
	}
	if text(f.name) == "" {
		note(f.name, "A client needs a name.")
	}
	days := []*kit.Field{f.since}
	if f.chosenKind() == record.Individual {
		days = append(days, f.born)
	}
	for _, day := range days {
		if d, err := phrase.ParseDate(day.Text(), f.today()); err != nil {
			note(day, app.Sentence(err))
		} else if f.today().Before(d) {
			note(day, "That day is still to come.")
		}
	}
	if _, err := phrase.ParseJurisdiction(f.jurisdiction.Text()); err != nil {
		note(f.jurisdiction, app.Sentence(err))
	}
	f.contacts.check(note)
	f.members.check(note)
	f.changedSize()
	if len(wrong) == 0 {
		return true
	}
	wrong[0].Focus()
	return false
}

// same compares what two clients say.
func same(a, b record.Client) bool {
	one, errOne := json.Marshal(a)
	two, errTwo := json.Marshal(b)
	return errOne == nil && errTwo == nil && string(one) == string(two)
}
