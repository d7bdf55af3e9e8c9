package retention

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// events are what a period can run from.
var (
	events     = []string{"termination", "contact", "entry", "death"}
	eventNames = []string{"services end", "last contact", "last entry", "death"}
)

// periods are the clauses of a rule, for everyone or for who was served as a
// minor, as lines that can be added and taken away.
type periods struct {
	minors  bool
	changed func()
	lines   []*period
	rows    *fyne.Container
	body    *fyne.Container
}

func newPeriods(minors bool, changed func()) *periods {
	p := &periods{minors: minors, changed: changed, rows: kit.Column(12)}
	add := func(text string, byAge bool) *kit.Button {
		return kit.NewButton(text, func() {
			one := p.put(byAge)
			p.grown()
			one.focus()
		}).Small().Icon(look.Plus)
	}
	buttons := kit.Flow(8, add("Another period", false))
	if minors {
		buttons = kit.Flow(8, add("Until an age", true), add("Years, where younger than", false))
	}
	p.body = kit.Column(10, p.rows, buttons)
	return p
}

func (p *periods) put(byAge bool) *period {
	one := newPeriod(p.minors, byAge)
	p.lines = append(p.lines, one)
	remove := kit.NewIconButton(look.Trash, "Remove this period", func() { p.remove(one) })
	p.rows.Add(kit.Card(kit.Pad(10, 10, 12, 12, kit.TopRow(8, kit.Grow(one.body), remove))))
	return one
}

func (p *periods) remove(one *period) {
	if i := slices.Index(p.lines, one); i >= 0 {
		p.lines = slices.Delete(p.lines, i, i+1)
		p.rows.Objects = slices.Delete(p.rows.Objects, i, i+1)
		p.grown()
	}
}

// grown lays the lines out anew.
func (p *periods) grown() {
	p.rows.Refresh()
	p.body.Refresh()
	p.changed()
}

// set shows clauses, or one empty line where there are none.
func (p *periods) set(clauses []record.KeepClause) {
	p.lines, p.rows.Objects = nil, nil
	for _, c := range clauses {
		p.put(c.Age > 0).set(c)
	}
	if len(clauses) == 0 {
		p.put(p.minors)
	}
	p.rows.Refresh()
}

// clauses gives what the lines say, those without a word left out; numbers that
// are none count as 0.
func (p *periods) clauses() []record.KeepClause {
	var all []record.KeepClause
	for _, one := range p.lines {
		if !one.empty() {
			all = append(all, one.clause())
		}
	}
	return all
}

// check says at the fields what is wrong with them. One period at least has to
// be there.
func (p *periods) check() bool {
	for _, one := range p.lines {
		if !one.empty() && !one.check() {
			return false
		}
	}
	if len(p.clauses()) > 0 {
		return true
	}
	if len(p.lines) == 0 {
		p.put(p.minors)
		p.grown()
	}
	p.lines[0].check()
	return false
}

// period is one clause.
type period struct {
	byAge bool
	age   *kit.Field // until that age, or only where younger; nil: for everyone
	years *kit.Field
	from  *kit.Checks // nil: it runs from a birthday
	body  *fyne.Container
}

func newPeriod(minors, byAge bool) *period {
	p := &period{byAge: byAge}
	number := func(label, example string) *kit.Field { return kit.NewField(label).Placeholder(example) }
	switch {
	case byAge:
		p.age, p.years = number("Until the age of", "18"), number("plus years", "0")
		p.body = kit.Column(8, kit.TopRow(10, kit.Wide(150, p.age), kit.Wide(150, p.years), kit.Space()))
		return p
	case minors:
		p.years, p.age = number("Years", "10"), number("where younger than", "18")
		p.from = kit.NewChecks("after the latest of", eventNames)
		p.body = kit.Column(8, kit.TopRow(10, kit.Wide(150, p.years), kit.Wide(150, p.age), kit.Space()), p.from)
		return p
	}
	p.years, p.from = number("Years", "7"), kit.NewChecks("after the latest of", eventNames)
	p.body = kit.Column(8, kit.TopRow(10, kit.Wide(150, p.years), kit.Space()), p.from)
	return p
}

// empty reports whether nothing was said.
func (p *period) empty() bool {
	return strings.TrimSpace(p.years.Text()) == "" && (p.age == nil || strings.TrimSpace(p.age.Text()) == "") &&
		(p.from == nil || len(p.from.Chosen()) == 0)
}

func (p *period) focus() {
	if p.byAge {
		p.age.Focus()
		return
	}
	p.years.Focus()
}

func (p *period) set(c record.KeepClause) {
	p.years.SetText(strconv.Itoa(c.Years))
	switch {
	case p.byAge:
		p.age.SetText(strconv.Itoa(c.Age))
	case p.age != nil:
		p.age.SetText(strconv.Itoa(c.Under))
	}
	if p.from != nil {
		var chosen []int
		for i, e := range events {
			if slices.Contains(c.From, e) {
				chosen = append(chosen, i)
			}
		}
		p.from.Choose(chosen...)
	}
}

func (p *period) clause() record.KeepClause {
	c := record.KeepClause{Years: whole(p.years)}
	switch {
	case p.byAge:
		c.Age = whole(p.age)
	case p.age != nil:
		c.Under = whole(p.age)
	}
	if p.from != nil {
		for _, i := range p.from.Chosen() {
			c.From = append(c.From, events[i])
		}
	}
	return c
}

func whole(f *kit.Field) int {
	n, err := strconv.Atoi(strings.TrimSpace(f.Text()))
	if err != nil {
		return 0
	}
	return n
}

// bounds of a rule's numbers
const (
	mostYears = 200
	mostAge   = 100
)

func (p *period) check() bool {
	least := 1
	if p.byAge {
		least = 0
		if strings.TrimSpace(p.years.Text()) == "" {
			p.years.SetText("0")
		}
		if !within(p.age, 1, mostAge, "Write an age in years, such as 18.") {
			return false
		}
	} else if p.age != nil && !within(p.age, 1, mostAge, "Write an age in years, such as 18.") {
		return false
	}
	if !within(p.years, least, mostYears, "Write a number of years, such as 7.") {
		return false
	}
	if p.from != nil && len(p.from.Chosen()) == 0 {
		p.from.SetError("Say from when the years are counted.")
		p.from.Focus()
		return false
	}
	return true
}

func within(f *kit.Field, least, most int, problem string) bool {
	n, err := strconv.Atoi(strings.TrimSpace(f.Text()))
	if err != nil || n < least || n > most {
		f.SetError(problem)
		f.Focus()
		return false
	}
	return true
}
