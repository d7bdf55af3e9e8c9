package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// The answers of a question that has no others.
const (
	Unanswered = -1
	Yes        = 0
	No         = 1
)

// Answer asks a question that starts unanswered: its text, Segments under it,
// and what is wrong. Delete, Backspace, or a click on the answer take it back.
type Answer struct {
	widget.BaseWidget
	OnChanged func(answer int)

	must     string
	segments *Segments
	problem  *problem
	body     *fyne.Container
}

// NewAnswer asks for one of a few answers, Yes and No where none are given.
func NewAnswer(question string, answers ...string) *Answer {
	if len(answers) == 0 {
		answers = []string{"Yes", "No"}
	}
	a := &Answer{problem: newProblem()}
	a.segments = NewSegments(answers, Unanswered, func(i int) {
		a.SetError("")
		if a.OnChanged != nil {
			a.OnChanged(i)
		}
	})
	a.segments.clears = true
	a.body = Column(labelGap, NewSmall(question), a.segments, a.problem.Text)
	a.ExtendBaseWidget(a)
	return a
}

// Must refuses that the question stays unanswered, saying a sentence, and gives
// the question back.
func (a *Answer) Must(sentence string) *Answer {
	a.must = sentence
	return a
}

// Chosen gives the answer's index, Unanswered if there is none.
func (a *Answer) Chosen() int { return a.segments.Chosen() }

// Choose changes the answer without calling OnChanged.
func (a *Answer) Choose(answer int) {
	a.segments.Choose(answer)
	a.SetError("")
}

// Value gives the answer. If it must be answered and is not, it says so, and ok
// is false.
func (a *Answer) Value() (answer int, ok bool) {
	if a.Chosen() == Unanswered && a.must != "" {
		a.SetError(a.must)
		return Unanswered, false
	}
	return a.Chosen(), true
}

// SetError shows what is wrong in a sentence, in red, until the answer changes;
// an empty one clears it.
func (a *Answer) SetError(problem string) {
	a.problem.say(problem)
	a.Refresh()
}

// Error gives what is shown as wrong.
func (a *Answer) Error() string { return a.problem.Text.Text() }

// Focus gives the keyboard to the answers.
func (a *Answer) Focus() { Focus(a.segments) }

// HeightAt gives the height that the question needs at a width.
func (a *Answer) HeightAt(width float32) float32 { return heightAt(a.body, width) }

// CreateRenderer is for Fyne.
func (a *Answer) CreateRenderer() fyne.WidgetRenderer { return drawBody(a, a.body) }

// drawBody draws a primitive that is made of others.
func drawBody(of fyne.Widget, body *fyne.Container) fyne.WidgetRenderer {
	return draw(of,
		body.MinSize,
		func(size fyne.Size) { place(body, 0, 0, size.Width, size.Height) },
		body.Refresh,
		body)
}

// problem is the line that says what is wrong with a question; it takes no room
// while nothing is.
type problem struct{ *Text }

func newProblem() *problem {
	p := &problem{NewSmall("").Color(look.Red)}
	p.Hide()
	return p
}

func (p *problem) say(text string) {
	p.SetText(text)
	p.Hidden = text == ""
}
