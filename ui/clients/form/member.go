package form

import (
	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// memberRow is one member of a couple, family, group, organization or
// community.
type memberRow struct {
	name, role, born, notes *kit.Field
	box                     *fyne.Container
	shown                   record.Member
	today                   func() record.Date
}

func newMemberRow(today func() record.Date) line[record.Member] {
	r := &memberRow{
		today: today,
		name:  kit.NewField("Name"), role: kit.NewField("Role").Placeholder("partner"),
		born: kit.NewField("Born").Placeholder("2/29/1980"), notes: kit.NewField("").Placeholder("Notes on this member"),
	}
	r.box = kit.Column(6, kit.TopRow(8, kit.Grow(r.name), kit.Wide(100, r.role), kit.Wide(150, r.born)), r.notes)
	return r
}

func (r *memberRow) show(m record.Member) {
	r.shown = m
	r.name.SetText(m.Name)
	r.role.SetText(m.Role)
	r.born.SetText(phrase.ShortDate(m.Born))
	r.notes.SetText(m.Notes)
}

func (r *memberRow) value() (record.Member, bool) {
	m := record.Member{Name: text(r.name), Role: text(r.role), Born: r.shown.Born, Notes: text(r.notes)}
	if d, err := r.date(); err == nil {
		m.Born = d
	}
	return m, m.Name+m.Role+m.Notes+text(r.born) != ""
}

func (r *memberRow) date() (record.Date, error) { return phrase.ParseDate(r.born.Text(), r.today()) }

func (r *memberRow) check(note func(*kit.Field, string)) {
	if text(r.name) == "" {
		note(r.name, "A member needs a name.")
	}
	if _, err := r.date(); err != nil {
		note(r.born, app.Sentence(err))
	}
}

func (r *memberRow) first() *kit.Field { return r.name }

func (r *memberRow) content() fyne.CanvasObject { return r.box }
