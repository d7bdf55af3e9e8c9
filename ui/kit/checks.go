package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Checks lets several of many be chosen: check boxes in as many columns as the
// width holds, under a label. Past four options it has All and None.
type Checks struct {
	widget.BaseWidget
	OnChanged func()

	must    string
	checks  []*Check
	problem *problem
	body    *fyne.Container
}

// someChecks is the number of options up to which each is quickly set alone.
const someChecks = 4

// NewChecks makes check boxes, none of them checked.
func NewChecks(label string, options []string) *Checks {
	c := &Checks{problem: newProblem()}
	grid := container.New(&grid{gap: 18})
	for _, option := range options {
		check := NewCheck(option, false, func(bool) { c.changed() })
		c.checks = append(c.checks, check)
		grid.Add(check)
	}
	head := Row(14, Grow(NewSmall(label)))
	if len(options) > someChecks {
		head.Add(NewLink("All", func() { c.setAll(true) }))
		head.Add(NewLink("None", func() { c.setAll(false) }))
	}
	c.body = Column(3, head, grid, c.problem.Text)
	c.ExtendBaseWidget(c)
	return c
}

func (c *Checks) changed() {
	c.SetError("")
	if c.OnChanged != nil {
		c.OnChanged()
	}
}

func (c *Checks) setAll(on bool) {
	for _, check := range c.checks {
		check.Set(on)
	}
	c.changed()
}

// Must refuses that nothing is checked, saying a sentence, and gives the check
// boxes back.
func (c *Checks) Must(sentence string) *Checks {
	c.must = sentence
	return c
}

// Chosen gives the indexes of what is checked, in order.
func (c *Checks) Chosen() []int {
	var all []int
	for i, check := range c.checks {
		if check.On() {
			all = append(all, i)
		}
	}
	return all
}

// Choose checks these alone, without calling OnChanged.
func (c *Checks) Choose(chosen ...int) {
	for _, check := range c.checks {
		check.Set(false)
	}
	for _, i := range chosen {
		c.checks[i].Set(true)
	}
	c.SetError("")
}

// Value gives the indexes of what is checked. If something must be checked and
// is not, it says so, and ok is false.
func (c *Checks) Value() (chosen []int, ok bool) {
	chosen = c.Chosen()
	if len(chosen) == 0 && c.must != "" {
		c.SetError(c.must)
		return nil, false
	}
	return chosen, true
}

// SetError shows what is wrong in a sentence, in red, until the choice changes;
// an empty one clears it.
func (c *Checks) SetError(problem string) {
	c.problem.say(problem)
	c.Refresh()
}

// Error gives what is shown as wrong.
func (c *Checks) Error() string { return c.problem.Text.Text() }

// Focus gives the keyboard to the first box.
func (c *Checks) Focus() {
	if len(c.checks) > 0 {
		Focus(c.checks[0])
	}
}

// HeightAt gives the height that the boxes need at a width.
func (c *Checks) HeightAt(width float32) float32 { return heightAt(c.body, width) }

// CreateRenderer is for Fyne.
func (c *Checks) CreateRenderer() fyne.WidgetRenderer { return drawBody(c, c.body) }

// grid puts check boxes into columns of one width, as many as fit; a longer
// name goes on into the columns beside it.
type grid struct {
	gap   float32
	width float32 // of the last layout
}

// leastColumn is how narrow a column may be.
const leastColumn = 150

// places gives where each object stands, and the height of all.
func (g *grid) places(objects []fyne.CanvasObject, width float32) (at []fyne.Position, wide []float32, height float32) {
	columns := max(int((width+g.gap)/(leastColumn+g.gap)), 1)
	step := (width + g.gap) / float32(columns)
	column, row := 0, float32(0)
	for _, o := range objects {
		span := min(int((o.(*Check).whole()+g.gap)/step)+1, columns)
		if column+span > columns {
			column, height = 0, height+row
			row = 0
		}
		at = append(at, fyne.NewPos(float32(column)*step, height))
		wide = append(wide, float32(span)*step-g.gap)
		row = max(row, heightAt(o, wide[len(wide)-1]))
		column += span
	}
	return at, wide, height + row
}

func (g *grid) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	_, _, height := g.places(objects, width)
	return height
}

func (g *grid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(60, g.heightAt(objects, max(g.width, leastColumn)))
}

func (g *grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	g.width = size.Width
	at, wide, _ := g.places(objects, size.Width)
	for i, o := range objects {
		place(o, at[i].X, at[i].Y, wide[i], heightAt(o, wide[i]))
	}
}
