package practice

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/app/standing"
	"casekeep/ui/clients/tabs"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/sheet"
	"casekeep/vault/record"
)

// standings shows where the practice itself stands with the standards, and how
// many duties are open in each client's record.
type standings struct {
	desk  desk.Desk
	own   *tabs.Standing
	lines []app.StandingLine
	run   int

	tabs    *kit.Tabs
	clients *kit.List
	none    fyne.CanvasObject
	host    *fyne.Container
	body    fyne.CanvasObject
}

func newStanding(d desk.Desk) *standings {
	s := &standings{desk: d}
	s.own = tabs.NewStanding(d, tabs.Acts{
		Fill: func(f record.Form, about record.EntryID, values form.Values) {
			sheet.Open(d, sheet.Ask{Client: record.Book, Form: f, About: about, Values: values})
		},
		Show: func(id record.EntryID) { showEntry(d, id) },
	})
	s.clients = kit.NewList(kit.Rows{
		Count:  func() int { return len(s.lines) },
		Height: func(int, float32) float32 { return kit.TaskHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewTaskRow() },
		Bind: func(i int, o fyne.CanvasObject, on bool) {
			o.(*kit.TaskRow).Set(standingTask(s.lines[i]), on, func() { s.open(i) }, nil)
		},
		Open: s.open,
	})
	s.none = kit.Empty("No clients yet", "How many duties are open in each record will stand here.")
	s.host = container.NewStack(s.own.Content(), kit.Frame(nil, nil, nil, nil, container.NewStack(s.clients, s.none)))
	s.tabs = kit.NewTabs([]string{"The practice", "Clients"}, func(int) { s.put() })
	head := kit.Column(2, kit.NewTitle("Standing"), kit.NewSubtitle("Your own working view of the practice standards"))
	s.body = kit.Frame(kit.Pad(18, 22, 0, 22, kit.Column(10, head, s.tabs)), nil, nil, nil, s.host)
	s.put()
	return s
}

func (s *standings) content() fyne.CanvasObject { return s.body }

func (s *standings) show() {
	s.refresh()
	kit.Focus(s.tabs)
}

func (s *standings) save() bool { return false }

func (s *standings) refresh() {
	s.own.Show(record.Client{ID: record.Book}, "")
	s.run++
	run := s.run
	var lines []app.StandingLine
	s.desk.Load(func(ctx context.Context) (err error) {
		lines, err = s.desk.Practice().Standings(ctx)
		return err
	}, func(err error) {
		switch {
		case run != s.run:
		case err != nil:
			s.desk.Fail(err)
		default:
			s.lines = lines
			s.none.(*fyne.Container).Hidden = len(lines) > 0
			s.clients.Reload()
			s.host.Refresh()
		}
	})
}

func (s *standings) put() {
	for i, o := range s.host.Objects {
		if i == s.tabs.Chosen() {
			o.Show()
		} else {
			o.Hide()
		}
	}
	s.host.Refresh()
}

// standingTask counts what is to be done in a client's record; it makes no
// score of it.
func standingTask(l app.StandingLine) kit.Task {
	t := kit.Task{Icon: look.Person, Title: l.Name, Caption: l.Number, Action: "Show", Tone: kit.Green, Due: "nothing open"}
	if l.Kind != record.Individual {
		t.Icon = look.People
	}
	open, due, advised := l.Counts[standing.Open], l.Counts[standing.Due], l.Counts[standing.Advised]
	t.Caption = fmt.Sprintf("%s · %d documented", l.Number, l.Counts[standing.Documented])
	switch {
	case open > 0:
		t.Due, t.Tone = fmt.Sprintf("%d open", open), kit.Red
		if due > 0 {
			t.Due += fmt.Sprintf(", %d due", due)
		}
	case due > 0:
		t.Due, t.Tone = fmt.Sprintf("%d due", due), kit.Amber
	case advised > 0:
		t.Due, t.Tone = fmt.Sprintf("%d advised", advised), kit.Blue
	}
	return t
}

func (s *standings) open(i int) {
	s.desk.Go(desk.Place{Page: desk.Clients, Client: s.lines[i].Client})
}
