package begin

import (
	"errors"
	"slices"

	"casekeep/app"
	"casekeep/app/form"
)

// refused says what is wrong, at its question.
func (p *page) refused(err error) {
	var problems form.Problems
	if errors.As(err, &problems) && len(problems) > 0 {
		for _, s := range p.ask.steps {
			if slices.Contains(s.keys, problems[0].Key) {
				p.goTo(s.ask)
				p.at(problems[0])
				return
			}
		}
	}
	p.say(app.Sentence(err))
}

// at says what is wrong next to its field.
func (p *page) at(problem form.Problem) {
	switch problem.Key {
	case "name":
		p.ask.name.SetError(problem.Text)
	case "jurisdiction":
		p.ask.state.SetError(problem.Text)
	case "number":
		p.ask.number.SetError(problem.Text)
		p.ask.number.Focus()
	case "expires":
		p.ask.expires.SetError(problem.Text)
	default:
		p.say(problem.Text)
	}
}

func (p *page) goTo(question app.StartQuestion) {
	at := slices.IndexFunc(p.ask.steps, func(s step) bool { return s.ask == question })
	p.tabs.Choose(max(at, 0))
	p.show()
	p.ask.typed() // says at its field what is wrong
}

func (p *page) say(problem string) {
	p.problem.SetText(problem)
	p.problem.Hidden = problem == ""
	p.scroll.Fit()
}
