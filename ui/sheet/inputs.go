package sheet

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app/form"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/days"
	"casekeep/ui/kit"
	"casekeep/ui/lines"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// input is how one field is answered.
type input interface {
	content() fyne.CanvasObject
	set(value any)       // of the type that form.Values holds for the field
	value() any          // nil: not answered
	fail(problem string) // "": nothing is wrong
	focus()
}

// maker makes inputs.
type maker struct {
	from    sources
	save    func()
	changed func()
}

func (m maker) input(f form.Field) input {
	switch f.Input {
	case form.Area:
		return m.area(f)
	case form.Day:
		return m.day(f)
	case form.Number:
		return &number{m.line(f)}
	case form.Choice:
		return m.choice(f)
	case form.Several, form.Channels:
		return m.several(f)
	case form.Jurisdiction:
		return &jurisdiction{m.line(f)}
	case form.Link:
		return m.link(f)
	case form.Signers:
		return newPeople(f, m.changed)
	case form.Guardians:
		return newGuardians(f, m.changed)
	case form.Policies:
		return m.policies(f)
	case form.Clients:
		return newWhose(f, m.from.clients, m.changed)
	}
	return m.line(f)
}

// typed is a text of one line or several.
type typed struct{ field *kit.Field }

func (m maker) line(f form.Field) *typed {
	return m.typed(f, kit.NewField(f.Label).Placeholder(f.Example))
}

func (m maker) area(f form.Field) *typed {
	const rows = 2
	field := kit.NewArea(f.Label, rows).Placeholder(f.Example)
	field.OnEnter = func(string) { m.save() }
	return m.typed(f, field)
}

func (m maker) typed(f form.Field, field *kit.Field) *typed {
	if f.Help != "" {
		field.Hint(f.Help)
	}
	field.OnChanged = func(string) { m.changed() }
	return &typed{field}
}

func (t *typed) content() fyne.CanvasObject { return t.field }
func (t *typed) fail(problem string)        { t.field.SetError(problem) }
func (t *typed) focus()                     { t.field.Focus() }

func (t *typed) set(value any) {
	text, _ := value.(string)
	t.field.SetText(text)
}

func (t *typed) value() any { return orNil(strings.TrimSpace(t.field.Text())) }

// orNil gives nil for an empty text.
func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// number is a typed number.
type number struct{ *typed }

func (n *number) set(value any) {
	if v, ok := value.(float64); ok {
		n.field.SetText(strconv.FormatFloat(v, 'f', -1, 64))
	}
}

// value gives what cannot be read as it was typed, for the form to refuse.
func (n *number) value() any {
	text := strings.TrimSpace(n.field.Text())
	if v, err := strconv.ParseFloat(text, 64); err == nil {
		return v
	}
	return orNil(text)
}

// jurisdiction is a state, by its name or letters.
type jurisdiction struct{ *typed }

func (j *jurisdiction) set(value any) {
	code, _ := value.(string)
	j.field.SetText(phrase.Jurisdiction(code))
}

func (j *jurisdiction) value() any {
	if code, err := phrase.ParseJurisdiction(j.field.Text()); err == nil {
		return orNil(code)
	}
	return orNil(strings.TrimSpace(j.field.Text()))
}

// day is a day as people type it.
type day struct {
	field *kit.DayField
	today record.Date
	lean  days.Lean
}

func (m maker) day(f form.Field) *day {
	d := &day{today: m.from.today, lean: leanOf(f)}
	d.field = kit.NewDayField(f.Label, func() record.Date { return d.today }).Lean(d.lean)
	if f.Help != "" {
		d.field.Hint(f.Help)
	}
	d.field.OnChanged = func(record.Date) { m.changed() }
	return d
}

func leanOf(f form.Field) days.Lean {
	switch {
	case f.Past:
		return days.Past
	case f.Ahead:
		return days.Ahead
	}
	return days.Near
}

func (d *day) content() fyne.CanvasObject { return d.field }
func (d *day) fail(problem string)        { d.field.SetError(problem) }
func (d *day) focus()                     { d.field.Focus() }

func (d *day) set(value any) {
	text, _ := value.(string)
	if day, err := record.ParseDate(text); err == nil {
		d.field.SetDay(day)
		return
	}
	d.field.SetText(text)
}

// value gives what cannot be read as it was typed, for the form to refuse.
func (d *day) value() any {
	day, err := days.Parse(d.field.Text(), d.today, d.lean)
	if err != nil {
		return orNil(strings.TrimSpace(d.field.Text()))
	}
	return orNil(day.String())
}

// segmentsWidth is how wide answers beside one another may be; more of them
// stand in a menu.
const segmentsWidth = 520

// choice is one of a few answers.
type choice struct {
	options []form.Option
	answer  *kit.Answer
}

func (m maker) choice(f form.Field) input {
	var width float32
	var labels []string
	for _, o := range f.Options {
		labels = append(labels, o.Label)
		width += lines.Width(o.Label, lines.Font{Size: look.CaptionSize, Bold: true}) + 19
	}
	if width > segmentsWidth {
		return newPick(f.Label, f.Help, labels, values(f.Options), m.changed)
	}
	c := &choice{options: f.Options, answer: kit.NewAnswer(f.Label, labels...)}
	c.answer.OnChanged = func(int) { m.changed() }
	return c
}

func values(options []form.Option) []string {
	var all []string
	for _, o := range options {
		all = append(all, o.Value)
	}
	return all
}

func (c *choice) content() fyne.CanvasObject { return c.answer }
func (c *choice) fail(problem string)        { c.answer.SetError(problem) }
func (c *choice) focus()                     { c.answer.Focus() }

func (c *choice) set(value any) {
	c.answer.Choose(kit.Unanswered)
	for i, o := range c.options {
		if o.Value == value {
			c.answer.Choose(i)
		}
	}
}

func (c *choice) value() any {
	if i := c.answer.Chosen(); i >= 0 {
		return c.options[i].Value
	}
	return nil
}

// several are some of many answers.
type several struct {
	options []form.Option
	checks  *kit.Checks
}

func (m maker) several(f form.Field) input {
	var labels []string
	for _, o := range f.Options {
		labels = append(labels, o.Label)
	}
	s := &several{options: f.Options, checks: kit.NewChecks(f.Label, labels)}
	s.checks.OnChanged = m.changed
	return s
}

func (s *several) content() fyne.CanvasObject { return s.checks }
func (s *several) fail(problem string)        { s.checks.SetError(problem) }
func (s *several) focus()                     { s.checks.Focus() }

func (s *several) set(value any) {
	wanted, _ := value.([]string)
	var chosen []int
	for i, o := range s.options {
		for _, one := range wanted {
			if o.Value == one {
				chosen = append(chosen, i)
			}
		}
	}
	s.checks.Choose(chosen...)
}

func (s *several) value() any {
	var all []string
	for _, i := range s.checks.Chosen() {
		all = append(all, s.options[i].Value)
	}
	if len(all) == 0 {
		return nil
	}
	return all
}
