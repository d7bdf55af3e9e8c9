package form

import (
	"slices"

	"fyne.io/fyne/v2"

	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// line is one of several contact points or members.
type line[T any] interface {
	show(T)
	value() (T, bool) // false: nothing was typed
	check(note func(field *kit.Field, problem string))
	first() *kit.Field
	content() fyne.CanvasObject
}

// group is a number of lines that can be added and taken away.
type group[T any] struct {
	make    func() line[T]
	resized func()
	rows    []line[T]
	lines   *fyne.Container
	content *fyne.Container
}

func newGroup[T any](add string, make func() line[T], resized func()) *group[T] {
	g := &group[T]{make: make, resized: resized, lines: kit.Column(12)}
	g.content = kit.Column(10, g.lines, kit.Row(0, kit.NewButton(add, g.add).Small().Icon(look.Plus), kit.Space()))
	return g
}

// add makes an empty line and puts the cursor into it.
func (g *group[T]) add() {
	row := g.put()
	g.resized()
	row.first().Focus()
}

func (g *group[T]) put() line[T] {
	row := g.make()
	g.rows = append(g.rows, row)
	remove := kit.NewIconButton(look.Trash, "Remove", func() { g.remove(row) })
	g.lines.Add(kit.TopRow(8, kit.Grow(row.content()), kit.Pad(25, 0, 0, 0, remove)))
	return row
}

func (g *group[T]) remove(row line[T]) {
	i := slices.Index(g.rows, row)
	if i < 0 {
		return
	}
	g.rows = slices.Delete(g.rows, i, i+1)
	g.lines.Objects = slices.Delete(g.lines.Objects, i, i+1)
	g.resized()
}

func (g *group[T]) show(all []T) {
	g.rows, g.lines.Objects = nil, nil
	for _, v := range all {
		g.put().show(v)
	}
}

func (g *group[T]) values() []T {
	var all []T
	for _, row := range g.rows {
		if v, ok := row.value(); ok {
			all = append(all, v)
		}
	}
	return all
}

func (g *group[T]) check(note func(*kit.Field, string)) {
	for _, row := range g.rows {
		if _, ok := row.value(); ok {
			row.check(note)
		}
	}
}
