// Package ask makes dialogs that do something with what was filled in: the
// button waits until it is done, and what is wrong is said in the dialog, with
// all that was typed still there.
package ask

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// Question is what a dialog asks.
type Question struct {
	Title string
	Body  fyne.CanvasObject
	Width float32 // 0: 440

	// Check reports whether it can be done with what was filled in, and else
	// what is wrong, unless a field says so itself; nil: always.
	Check func() (problem string, ok bool)
	// Do does it, off the main goroutine.
	Do func(context.Context) error
	// Done is called when it was done and the dialog is closed.
	Done func()
}

// Dialog is an open question.
type Dialog struct {
	*kit.Dialog
	desk     desk.Desk
	question Question
	act      *kit.Button
	problem  *kit.Text
	body     *fyne.Container
}

// Open asks a question whose button reads act.
func Open(d desk.Desk, act string, q Question) *Dialog {
	return open(d, q, func(press func()) *kit.Button { return kit.NewPrimary(act, press) })
}

// OpenDanger asks before something is taken away.
func OpenDanger(d desk.Desk, act string, q Question) *Dialog {
	return open(d, q, func(press func()) *kit.Button { return kit.NewDanger(act, press) })
}

func open(d desk.Desk, q Question, button func(func()) *kit.Button) *Dialog {
	a := &Dialog{desk: d, question: q, problem: kit.NewSmall("").Color(look.Red)}
	a.problem.Hide()
	a.act = button(a.Press)
	a.body = kit.Column(12, q.Body, a.problem)
	a.Dialog = kit.NewDialog(q.Title, a.body, a.act)
	if q.Width > 0 {
		a.Dialog.Width(q.Width)
	}
	a.Dialog.Open(d.Window())
	return a
}

// Allow puts the button within reach, or out of it until a box is checked.
func (a *Dialog) Allow(on bool) {
	if on {
		a.act.Enable()
	} else {
		a.act.Disable()
	}
}

// Press does what the button says.
func (a *Dialog) Press() {
	if a.act.Disabled() {
		return
	}
	if a.question.Check != nil {
		problem, ok := a.question.Check()
		a.say(problem)
		if !ok {
			a.Refresh() // a field that says what is wrong is higher
			return
		}
	}
	a.act.Disable()
	a.desk.Load(a.question.Do, func(err error) {
		a.act.Enable()
		if err != nil {
			a.say(app.Sentence(err))
			return
		}
		a.Close()
		a.question.Done()
	})
}

func (a *Dialog) say(problem string) {
	if problem == a.problem.Text() {
		return
	}
	a.problem.SetText(problem)
	a.problem.Hidden = problem == ""
	a.body.Refresh()
	a.Refresh()
}

// Filled reports whether a field is filled in, and else says there what is
// missing.
func Filled(f *kit.Field, problem string) bool {
	if strings.TrimSpace(f.Text()) == "" {
		f.SetError(problem)
		f.Focus()
		return false
	}
	return true
}
