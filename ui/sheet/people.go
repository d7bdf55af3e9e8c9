package sheet

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app/form"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// person is one line of people.
type person[T any] interface {
	set(T)
	value() (T, bool) // false: nothing was said
	content() fyne.CanvasObject
	focus()
}

// people are lines that can be added and taken away.
type people[T any] struct {
	make    func(changed func()) person[T]
	changed func()
	lines   []person[T]
	rows    *fyne.Container
	problem *kit.Text
	add     *kit.Button
	body    *fyne.Container
}

func newGroup[T any](label, add string, changed func(), make func(changed func()) person[T]) *people[T] {
	g := &people[T]{make: make, changed: changed, rows: kit.Column(10), problem: kit.NewSmall("").Color(look.Red)}
	g.problem.Hide()
	g.add = kit.NewButton(add, func() {
		line := g.put()
		g.grown()
		line.focus()
	}).Small().Icon(look.Plus)
	g.body = kit.Column(6, kit.NewSmall(label), g.rows, g.problem, kit.Row(0, g.add, kit.Space()))
	return g
}

func (g *people[T]) put() person[T] {
	line := g.make(func() {
		g.fail("")
		g.changed()
	})
	g.lines = append(g.lines, line)
	remove := kit.NewIconButton(look.Trash, "Remove", func() { g.remove(line) })
	g.rows.Add(kit.TopRow(8, kit.Grow(line.content()), kit.Pad(4, 0, 0, 0, remove)))
	return line
}

func (g *people[T]) remove(line person[T]) {
	if i := slices.Index(g.lines, line); i >= 0 {
		g.lines = slices.Delete(g.lines, i, i+1)
		g.rows.Objects = slices.Delete(g.rows.Objects, i, i+1)
		g.grown()
	}
}

// grown lays the lines out anew.
func (g *people[T]) grown() {
	g.rows.Refresh()
	g.body.Refresh()
	g.changed()
}

func (g *people[T]) content() fyne.CanvasObject { return g.body }

func (g *people[T]) fail(problem string) {
	if g.problem.Text() == problem {
		return
	}
	g.problem.SetText(problem)
	g.problem.Hidden = problem == ""
	g.body.Refresh()
}

func (g *people[T]) focus() {
	if len(g.lines) > 0 {
		g.lines[0].focus()
		return
	}
	kit.Focus(g.add)
}

func (g *people[T]) set(value any) {
	all, _ := value.([]T)
	g.lines, g.rows.Objects = nil, nil
	for _, one := range all {
		g.put().set(one)
	}
	g.rows.Refresh()
}

func (g *people[T]) value() any {
	var all []T
	for _, line := range g.lines {
		if one, ok := line.value(); ok {
			all = append(all, one)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

func newPeople(f form.Field, changed func()) input {
	return newGroup[record.Signer](f.Label, "Add a person", changed, newSigner)
}

func newGuardians(f form.Field, changed func()) input {
	return newGroup[record.Guardian](f.Label, "Add a guardian", changed, newGuardian)
}

// signer is a person who decides, with the capacity to decide.
type signer struct {
	name     *kit.Field
	role     *kit.Select
	capacity *kit.Answer
	basis    *kit.Field
	body     *fyne.Container
	changed  func()
}

var (
	roleValues     = []string{"client", "member", "guardian", "representative"}
	roleLabels     = []string{"Client", "Member", "Guardian", "Representative"}
	capacityValues = []string{"yes", "no", "unsure"}
)

func newSigner(changed func()) person[record.Signer] {
	s := &signer{changed: changed}
	s.name = kit.NewField("").Placeholder("Name")
	s.name.OnChanged = func(string) { changed() }
	s.role = kit.NewSelect("", roleLabels, 0, func(int) { changed() })
	s.capacity = kit.NewAnswer("Can this person decide it?", "Yes", "No", "Unsure")
	s.capacity.OnChanged = func(int) { s.judged() }
	s.basis = kit.NewField("What makes you doubt it, and what you did about it")
	s.basis.OnChanged = func(string) { changed() }
	s.basis.Hide()
	const roleWidth = 150
	s.body = kit.Column(7, kit.TopRow(8, kit.Grow(s.name), kit.Wide(roleWidth, s.role)), s.capacity, s.basis)
	return s
}

// judged asks for the reasons of a doubt.
func (s *signer) judged() {
	s.basis.Hidden = s.capacity.Chosen() <= 0
	s.body.Refresh()
	s.changed()
}

func (s *signer) content() fyne.CanvasObject { return s.body }

// focus goes to the name that is missing, else to what has to be judged.
func (s *signer) focus() {
	switch {
	case strings.TrimSpace(s.name.Text()) == "":
		s.name.Focus()
	case s.basis.Visible() && s.basis.Text() == "":
		s.basis.Focus()
	default:
		s.capacity.Focus()
	}
}

func (s *signer) set(v record.Signer) {
	s.name.SetText(v.Name)
	s.role.Choose(max(slices.Index(roleValues, v.Role), 0))
	s.capacity.Choose(slices.Index(capacityValues, v.Capacity))
	s.basis.SetText(v.Basis)
	s.judged()
}

func (s *signer) value() (record.Signer, bool) {
	v := record.Signer{Name: strings.TrimSpace(s.name.Text()), Role: roleValues[max(s.role.Chosen(), 0)]}
	if i := s.capacity.Chosen(); i >= 0 {
		v.Capacity = capacityValues[i]
	}
	if v.Capacity != "yes" {
		v.Basis = strings.TrimSpace(s.basis.Text())
	}
	return v, v.Name != "" || v.Capacity != ""
}

// guardian is who decides for a client.
type guardian struct {
	name, relation, reach *kit.Field
	consent, see          *kit.Answer
	body                  fyne.CanvasObject
}

func newGuardian(changed func()) person[record.Guardian] {
	field := func(label, example string) *kit.Field {
		f := kit.NewField(label).Placeholder(example)
		f.OnChanged = func(string) { changed() }
		return f
	}
	answer := func(question string) *kit.Answer {
		a := kit.NewAnswer(question)
		a.OnChanged = func(int) { changed() }
		return a
	}
	g := &guardian{
		name: field("Name", "Maria Quill"), relation: field("Relation", "mother"), reach: field("Number or address", ""),
		consent: answer("May consent"), see: answer("May see the record"),
	}
	g.body = kit.Column(8,
		kit.TopRow(10, kit.Grow(g.name), kit.Grow(g.relation), kit.Grow(g.reach)),
		kit.TopRow(18, g.consent, g.see, kit.Space()))
	return g
}

func (g *guardian) content() fyne.CanvasObject { return g.body }

func (g *guardian) focus() {
	if strings.TrimSpace(g.name.Text()) != "" && strings.TrimSpace(g.relation.Text()) == "" {
		g.relation.Focus()
		return
	}
	g.name.Focus()
}

func (g *guardian) set(v record.Guardian) {
	g.name.SetText(v.Name)
	g.relation.SetText(v.Relation)
	g.reach.SetText(v.Reach)
	g.consent.Choose(slices.Index(yesNo, v.MayConsent))
	g.see.Choose(slices.Index(yesNo, v.MaySee))
}

var yesNo = []string{"yes", "no"}

func (g *guardian) value() (record.Guardian, bool) {
	v := record.Guardian{
		Name: strings.TrimSpace(g.name.Text()), Relation: strings.TrimSpace(g.relation.Text()), Reach: strings.TrimSpace(g.reach.Text()),
		MayConsent: said(g.consent), MaySee: said(g.see),
	}
	return v, v != record.Guardian{}
}

func said(a *kit.Answer) string {
	if i := a.Chosen(); i >= 0 {
		return yesNo[i]
	}
	return ""
}
