package retention

import (
	"context"
	"reflect"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/sheet"
	"casekeep/vault/record"
)

// ruleForm is a rule in plain fields.
type ruleForm struct {
	desk  desk.Desk
	rule  record.RetentionRule
	place string
	plain *sheet.Plain

	length *kit.Answer // some years, for ever, not known
	grown  *periods    // for everyone
	minors *kit.Answer
	young  *periods // for who was served as a minor
	since  *kit.DayField
	cite   *kit.Field
	source *kit.Field
	duties *kit.Field
	note   *kit.Field
	read   *kit.Check

	years, youth *fyne.Container
	body         *fyne.Container
	begun        record.RetentionRule
}

// what the answers mean, in their order
const (
	someYears = iota
	forEver
	notKnown
)

var minorAnswers = []record.Minors{record.MinorsSame, record.MinorsCovered, record.MinorsUnknown}

// openRule lets a rule be changed.
func openRule(d desk.Desk, rule app.RetentionRule) {
	var today record.Date
	d.Load(func(ctx context.Context) error {
		s, err := d.Practice().Settings(ctx)
		today = record.DateOf(d.Practice().Now().In(record.LoadZone(s.Zone)))
		return err
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		newRuleForm(d, rule, today).open(today)
	})
}

func newRuleForm(d desk.Desk, rule app.RetentionRule, today record.Date) *ruleForm {
	f := &ruleForm{desk: d, rule: rule.RetentionRule, place: placeOf(rule)}
	f.length = kit.NewAnswer("How long are records kept?", "For some years", "For ever", "Not known")
	f.minors = kit.NewAnswer("Who was served as a minor", "The same", "A rule of its own", "Not known")
	f.grown = newPeriods(false, f.arrange)
	f.young = newPeriods(true, f.arrange)
	f.since = kit.NewDayField("Only where services ended on that day or later", func() record.Date { return today }).Placeholder("always")
	f.cite = kit.NewField("Citation").Placeholder("22 TAC 781.309(4)")
	f.source = kit.NewField("Where you read it").Placeholder("the board’s page, or counsel’s letter")
	f.duties = kit.NewArea("What it asks for at disposal, a line each", 2)
	f.note = kit.NewArea("Note", 2)
	f.read = kit.NewCheck("I have read this rule and confirm it", false, func(bool) {})
	f.length.OnChanged = func(int) { f.arrange() }
	f.minors.OnChanged = func(int) { f.arrange() }
	for _, field := range []*kit.Field{f.cite, f.source, f.duties, f.note} {
		field.OnEnter = func(string) { f.plain.Save() }
	}
	f.youth = kit.Column(12, kit.NewNote("The later of this and the rule above counts."), f.young.body)
	f.years = kit.Column(14, f.grown.body, f.minors, f.youth, f.since)
	f.body = kit.Column(14, f.length, f.years, f.cite, f.source, f.duties, f.note,
		kit.Column(2, f.read, kit.NewSmall("Until a rule is confirmed, records are kept without a date.")))
	f.set(rule.RetentionRule)
	return f
}

func (f *ruleForm) set(r record.RetentionRule) {
	var grown, young []record.KeepClause
	for _, c := range r.Clauses {
		if c.Age > 0 || c.Under > 0 {
			young = append(young, c)
		} else {
			grown = append(grown, c)
		}
	}
	f.length.Choose(map[bool]int{true: forEver, false: someYears}[r.Forever])
	if r.Blank() {
		f.length.Choose(kit.Unanswered)
	}
	for i, m := range minorAnswers {
		if m == r.Minors {
			f.minors.Choose(i)
		}
	}
	f.grown.set(grown)
	f.young.set(young)
	f.since.SetDay(r.EndedSince)
	f.cite.SetText(r.Told.Citation)
	f.source.SetText(r.Told.Source)
	f.duties.SetText(strings.Join(r.Told.Duties, "\n"))
	f.note.SetText(r.Told.Note)
	f.read.Set(!r.Confirmed.IsZero())
	f.arrange()
	f.begun = f.typed(record.Date{})
}

// arrange shows the fields that are asked for, as things stand.
func (f *ruleForm) arrange() {
	f.years.Hidden = f.length.Chosen() != someYears
	f.youth.Hidden = f.minors.Chosen() < 0 || minorAnswers[f.minors.Chosen()] != record.MinorsCovered
	f.body.Refresh()
	if f.plain != nil {
		f.plain.Fit()
	}
}

// typed gives the rule as it stands in the fields; numbers that are none are
// left out.
func (f *ruleForm) typed(today record.Date) record.RetentionRule {
	r := record.RetentionRule{Jurisdiction: f.rule.Jurisdiction, Minors: record.MinorsUnknown, Told: f.rule.Told}
	r.Told.Citation, r.Told.Source, r.Told.Note = strings.TrimSpace(f.cite.Text()), strings.TrimSpace(f.source.Text()), strings.TrimSpace(f.note.Text())
	r.Told.Duties = nil
	for _, duty := range strings.Split(f.duties.Text(), "\n") {
		if duty = strings.TrimSpace(duty); duty != "" {
			r.Told.Duties = append(r.Told.Duties, duty)
		}
	}
	if f.read.On() {
		r.Confirmed = today
	}
	switch f.length.Chosen() {
	case forEver:
		r.Forever, r.Minors = true, record.MinorsSame
	case someYears:
		if i := f.minors.Chosen(); i >= 0 {
			r.Minors = minorAnswers[i]
		}
		r.Clauses = f.grown.clauses()
		if r.Minors == record.MinorsCovered {
			r.Clauses = append(r.Clauses, f.young.clauses()...)
		}
		r.EndedSince = f.since.Day()
	}
	return r
}

func (f *ruleForm) edited() bool {
	return !reflect.DeepEqual(f.begun, f.typed(record.Date{})) || f.read.On() == f.rule.Confirmed.IsZero()
}

// check says what is missing.
func (f *ruleForm) check() (string, bool) {
	switch f.length.Chosen() {
	case kit.Unanswered:
		f.length.SetError("Say how long records are kept, or that it is not known.")
		return "", false
	case someYears:
		if !f.grown.check() {
			return "", false
		}
		if f.minors.Chosen() < 0 {
			f.minors.SetError("Say what the rule asks for who was served as a minor.")
			return "", false
		}
		if minorAnswers[f.minors.Chosen()] == record.MinorsCovered && !f.young.check() {
			return "", false
		}
		if _, ok := f.since.Value(); !ok {
			return "", false
		}
	}
	if f.length.Chosen() != notKnown && f.read.On() && strings.TrimSpace(f.cite.Text()) == "" {
		f.cite.SetError("Say where the rule stands: it is printed beside every date.")
		f.cite.Focus()
		return "", false
	}
	return "", true
}

func (f *ruleForm) open(today record.Date) {
	var rule record.RetentionRule
	subtitle := "The rules before it stay on record."
	if !f.rule.Confirmed.IsZero() {
		subtitle = "Confirmed " + days.Short(f.rule.Confirmed) + ". The rules before it stay on record."
	}
	sheet.OpenPlain(f.desk, sheet.PlainAsk{
		Title: "Rule: " + f.place, Subtitle: subtitle, Act: "Save the rule", Fields: f.body, Edited: f.edited,
		Check: func() (string, bool) {
			problem, ok := f.check()
			rule = f.typed(today)
			if f.length.Chosen() == notKnown {
				rule.Confirmed = record.Date{}
			}
			return problem, ok
		},
		Do: func(ctx context.Context) error { return f.desk.Practice().SetRetentionRule(ctx, rule) },
		Done: func() {
			f.desk.Toast("The rule is saved: "+f.place+".", "", nil)
			f.desk.Changed(0)
		},
	}, func(p *sheet.Plain) {
		f.plain = p
		f.length.Focus()
	})
}
