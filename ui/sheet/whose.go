package sheet

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app/form"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// whose are clients, found by a part of their names.
type whose struct {
	all     []record.ClientSummary
	chosen  []record.ClientID
	changed func()
	find    *kit.Field
	found   *fyne.Container
	picked  *fyne.Container
	problem *kit.Text
	body    *fyne.Container
}

// mostFound is how many clients are offered at once.
const mostFound = 6

func newWhose(f form.Field, all []record.ClientSummary, changed func()) *whose {
	w := &whose{all: all, changed: changed, found: kit.Flow(6), picked: kit.Flow(6), problem: kit.NewSmall("").Color(look.Red)}
	w.problem.Hide()
	w.find = kit.NewField(f.Label).Placeholder("Type a part of a name")
	w.find.OnChanged = func(string) { w.show() }
	w.find.OnEnter = func(string) { w.first() }
	w.body = kit.Column(6, w.find, w.found, w.picked, w.problem)
	return w
}

// matches gives the clients that fit what is typed and are not chosen yet.
func (w *whose) matches() []record.ClientSummary {
	part := strings.ToLower(strings.TrimSpace(w.find.Text()))
	if part == "" {
		return nil
	}
	var all []record.ClientSummary
	for _, c := range w.all {
		if strings.Contains(strings.ToLower(c.Name), part) && !slices.Contains(w.chosen, c.ID) {
			if all = append(all, c); len(all) == mostFound {
				break
			}
		}
	}
	return all
}

// first takes the first client that fits.
func (w *whose) first() {
	if all := w.matches(); len(all) > 0 {
		w.take(all[0].ID)
	}
}

func (w *whose) take(id record.ClientID) {
	w.chosen = append(w.chosen, id)
	w.find.SetText("")
	w.show()
	w.find.Focus()
}

// show draws what is offered and what is chosen.
func (w *whose) show() {
	w.fail("")
	w.found.Objects, w.picked.Objects = nil, nil
	for _, c := range w.matches() {
		w.found.Add(kit.NewButton(names.Of(c.Name), func() { w.take(c.ID) }).Small().Icon(look.Plus))
	}
	for _, id := range w.chosen {
		w.picked.Add(kit.NewButton("Remove "+names.Of(w.name(id)), func() {
			w.chosen = slices.DeleteFunc(w.chosen, func(one record.ClientID) bool { return one == id })
			w.show()
		}).Small().Icon(look.Person))
	}
	w.body.Refresh()
	w.changed()
}

func (w *whose) name(id record.ClientID) string {
	i := slices.IndexFunc(w.all, func(c record.ClientSummary) bool { return c.ID == id })
	if i < 0 {
		return "client " + id.String()
	}
	return w.all[i].Name
}

func (w *whose) content() fyne.CanvasObject { return w.body }
func (w *whose) focus()                     { w.find.Focus() }

func (w *whose) fail(problem string) {
	w.problem.SetText(problem)
	w.problem.Hidden = problem == ""
}

func (w *whose) set(value any) {
	list, _ := value.([]string)
	w.chosen = nil
	for _, text := range list {
		var id record.ClientID
		if id.UnmarshalText([]byte(text)) == nil {
			w.chosen = append(w.chosen, id)
		}
	}
	w.show()
}

// value gives the clients; a name that was typed and not taken is given as it
// stands, for the form to refuse.
func (w *whose) value() any {
	var all []string
	for _, id := range w.chosen {
		all = append(all, id.String())
	}
	if len(all) == 0 {
		return nil
	}
	return all
}
