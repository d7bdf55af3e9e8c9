package tabs

import (
	"context"
	"fmt"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/app/standing"
	"casekeep/assets"
	"casekeep/ui/act"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/paper"
	"casekeep/vault/record"
)

// Standing shows where a client's record stands with the practice standards,
// duty by duty. It is for the practitioner alone: computed when it is opened,
// never stored.
type Standing struct {
	desk   desk.Desk
	acts   Acts
	run    int // counts what was asked for: a late answer is dropped
	client record.ClientID
	found  app.Standing
	shown  []standing.Finding
	counts *kit.Text
	filter *kit.Segments
	list   *kit.List
	empty  *fyne.Container
	frame  fyne.CanvasObject
}

// NewStanding makes the tab.
func NewStanding(d desk.Desk, a Acts) *Standing {
	t := &Standing{desk: d, acts: a, counts: kit.NewNote("")}
	t.filter = kit.NewSegments([]string{"To do", "All"}, 1, func(int) { t.pick() })
	t.list = kit.NewList(kit.Rows{
		Count:  func() int { return len(t.shown) },
		Height: func(i int, width float32) float32 { duty := t.duty(i); return duty.Height(width) },
		New:    func(int) fyne.CanvasObject { return kit.NewDutyRow() },
		Bind:   t.bind,
		Open:   t.open,
	})
	t.empty = kit.Pad(30, 22, 0, 22, kit.NewNote("Nothing is open by these rules. See all of them with “All”."))
	head := kit.Pad(16, 22, 10, 22, kit.Row(14, kit.Grow(t.counts), kit.NewLink("Print report", t.print), t.filter))
	t.frame = kit.Frame(head, nil, nil, nil, container.NewStack(t.list, t.empty))
	t.empty.Hide()
	return t
}

// Name is the tab's.
func (t *Standing) Name() string { return "Standing" }

// Content is what stands in the window.
func (t *Standing) Content() fyne.CanvasObject { return t.frame }

// Show computes where a client's record stands.
func (t *Standing) Show(c record.Client, _ string) {
	t.run++
	run := t.run
	var found app.Standing
	t.desk.Load(func(ctx context.Context) error {
		var err error
		found, err = t.desk.Practice().Standing(ctx, c.ID)
		return err
	}, func(err error) {
		switch {
		case run != t.run:
		case err != nil:
			t.desk.Fail(err)
		default:
			if c.ID != t.client {
				t.list.Top()
			}
			t.client, t.found = c.ID, found
			t.pick()
		}
	})
}

// Clear empties it, and drops what is on its way.
func (t *Standing) Clear() {
	t.run++
	t.client, t.found = 0, app.Standing{}
	t.pick()
}

// pick shows what is to be done, or all: what is the record's own first, then
// what the practice owes every client.
func (t *Standing) pick() {
	t.counts.SetText(t.summary())
	t.shown = nil
	for _, practice := range []bool{false, true} {
		for _, f := range t.found.Findings {
			if t.others(f) == practice && (t.filter.Chosen() == 1 || toDo(f)) {
				t.shown = append(t.shown, f)
			}
		}
	}
	t.list.Select(-1)
	t.list.Reload()
	t.empty.Hidden = len(t.shown) > 0 || t.client == 0
	t.empty.Refresh()
}

// others reports whether a duty is the practice's own beside a client's record.
func (t *Standing) others(f standing.Finding) bool { return f.Book && t.client != record.Book }

func toDo(f standing.Finding) bool {
	return f.Status == standing.Open || f.Status == standing.Due || f.Status == standing.Advised
}

// summary counts. No score comes of it.
func (t *Standing) summary() string {
	open, due, documented, practice := 0, 0, 0, 0
	for _, f := range t.found.Findings {
		switch {
		case t.others(f) && f.Status == standing.Open:
			practice++
		case t.others(f):
		case f.Status == standing.Open:
			open++
		case f.Status == standing.Due:
			due++
		case f.Status == standing.Documented:
			documented++
		}
	}
	text := fmt.Sprintf("%d open, ", open)
	if due > 0 {
		text += fmt.Sprintf("%d due, ", due)
	}
	text += fmt.Sprintf("%d documented", documented)
	if practice > 0 {
		text += fmt.Sprintf("; %d open of the practice’s own", practice)
	}
	return text + ". For you alone: never stored, never part of a release."
}

var states = map[standing.Status]struct {
	text string
	tone kit.Tone
}{
	standing.Open: {"open", kit.Red}, standing.Due: {"due", kit.Amber}, standing.Advised: {"advised", kit.Blue},
	standing.Documented: {"documented", kit.Green}, standing.NotApplicable: {"does not apply", kit.Neutral},
	standing.Outside: {"your conduct", kit.Neutral},
}

// mostEvidence is how many entries a line leads to; the newest tell most.
const mostEvidence = 3

// parts are what a line of the standing says: words, the entries that show it,
// and what adds what is missing.
func parts(f standing.Finding) (all []kit.Part, evidence []record.EntryID, act int) {
	all = append(all, kit.Part{Text: f.Says})
	evidence = f.Evidence[max(len(f.Evidence)-mostEvidence, 0):]
	for _, id := range evidence {
		all = append(all, kit.Part{Text: " " + phrase.ShortDate(record.DateOf(id.Time())), Link: true})
	}
	act = -1
	if f.Act.Label != "" {
		act = len(all)
		all = append(all, kit.Part{Text: " " + f.Act.Label, Link: true})
	}
	return all, evidence, act
}

func (t *Standing) duty(i int) kit.Duty {
	f := t.shown[i]
	all, _, _ := parts(f)
	state := states[f.Status]
	duty := duties()[f.ID]
	d := kit.Duty{ID: f.ID, Text: duty.Duty, Evidence: all, State: state.text, Tone: state.tone}
	if duty.Authority == assets.AuthorityAdvice {
		d.Authority = duty.Authority
	}
	return d
}

func (t *Standing) bind(i int, o fyne.CanvasObject, selected bool) {
	o.(*kit.DutyRow).Set(t.duty(i), selected, func(part int) { t.press(t.shown[i], part) })
}

// press goes to the entry that was pressed, or adds what is missing.
func (t *Standing) press(f standing.Finding, part int) {
	_, evidence, act := parts(f)
	if part == act {
		t.do(f.Act)
		return
	}
	if i := part - 1; i >= 0 && i < len(evidence) {
		t.acts.Show(evidence[i])
	}
}

// open does what a line is for: add what is missing, or show what there is.
func (t *Standing) open(i int) {
	f := t.shown[i]
	switch {
	case !f.Act.IsZero():
		t.do(f.Act)
	case len(f.Evidence) > 0:
		t.acts.Show(f.Evidence[len(f.Evidence)-1])
	}
}

// do adds what is missing: an entry of the client's record, or on the page
// where it belongs.
func (t *Standing) do(a standing.Act) {
	spec, ok := form.Find(a.Form)
	switch {
	case a.Page == "client":
		t.acts.Edit()
	case a.Page == "log":
		t.acts.Log()
	case ok && spec.In(t.client) && len(spec.Sections) > 0:
		values := form.Values{}
		if a.Channel != "" {
			values["channel"] = string(a.Channel)
		}
		t.acts.Fill(a.Form, a.About, values)
	default:
		act.Do(t.desk, t.client, a)
	}
}

// print puts the standing on paper, for the practitioner alone.
func (t *Standing) print() {
	client := t.client
	paper.Open(t.desk, paper.Ask{
		Title: "Print the report", Text: "For yourself: it is no part of the record, and nothing of it is kept in the vault.",
		Name: "Standing", Secret: true,
		Print: func(ctx context.Context, out app.PaperFile) (app.Printed, error) {
			return t.desk.Practice().StandingReport(ctx, client, out)
		},
	})
}

// duties are the standards by their IDs.
var duties = sync.OnceValue(func() map[string]assets.Standard {
	all := map[string]assets.Standard{}
	for _, s := range assets.Standards() {
		all[s.ID] = s
	}
	return all
})
