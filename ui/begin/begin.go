// Package begin is the page of the six questions with which a practice begins.
// Each can be left for later, and everything changed on the page Practice. What is
// answered is saved as the questions are gone through, and what is only typed is
// kept as a draft.
package begin

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// page is the page.
type page struct {
	desk    desk.Desk
	ask     *questions
	today   record.Date
	read    bool // the settings were read
	started bool // the questions were answered before
	begun   kept // the answers as they are saved
	saving  bool

	tabs    *kit.SideTabs
	title   *kit.Label
	count   *kit.Label
	why     *kit.Text
	bodies  *fyne.Container
	problem *kit.Text
	back    *kit.Button
	later   *kit.Button
	next    *kit.Button
	foot    *fyne.Container
	clients fyne.CanvasObject // what comes after the questions
	scroll  *kit.Scroll
	content fyne.CanvasObject
}

const (
	tabsWidth   = 220
	columnWidth = 560
)

// formStart names what is kept of the answers over a lock.
const formStart record.Form = "start"

// New makes the page.
func New(d desk.Desk) desk.View {
	p := &page{desk: d, title: kit.NewTitle(""), count: kit.NewCaption(""), why: kit.NewNote(""), problem: kit.NewNote("").Color(look.Red)}
	p.ask = newQuestions(func() record.Date { return p.today }, p.goOn)
	var names []string
	p.bodies = kit.Column(0)
	for _, s := range p.ask.steps {
		names = append(names, s.name)
		p.bodies.Add(s.body)
	}
	p.clients = p.newClients()
	p.bodies.Add(p.clients)
	for _, o := range p.bodies.Objects {
		o.Hide() // until it is known which one is to be shown
	}
	p.tabs = kit.NewSideTabs(append(names, "Your clients"), func(int) { p.chose() })
	p.back = kit.NewLink("Back", func() { p.step(-1) })
	p.later = kit.NewButton("Later", func() { p.step(1) })
	p.next = kit.NewPrimary("Go on", p.goOn).Shortcut("Ctrl Enter")
	p.problem.Hide()
	p.foot = kit.Column(10, p.problem, kit.Row(12, p.back, kit.Space(), p.later, p.next))
	p.foot.Hide()
	body := kit.Column(18, kit.Column(4, p.count, p.title, p.why), p.bodies, p.foot)
	p.scroll = kit.NewScroll(kit.Pad(40, 30, 30, 40, kit.TopRow(0, kit.Wide(columnWidth, body))))
	left := kit.Wide(tabsWidth, kit.Frame(kit.Pad(18, 12, 12, 16, kit.Column(2, kit.NewHeading("Your practice"),
		kit.NewSmall("Six questions. Nothing is final."))), nil, nil, kit.Edge(), kit.Pad(0, 8, 0, 8, p.tabs)))
	p.content = kit.Frame(nil, nil, left, nil, p.scroll)
	return p
}

// newClients offers to bring in the clients that there are already.
func (p *page) newClients() fyne.CanvasObject {
	return kit.Column(14,
		kit.NewText("A list of clients from a spreadsheet, or from the program that you used before, is saved there as CSV. "+
			"Drop it anywhere in this window, or choose it. You see every line before anybody is added."),
		kit.Flow(10,
			kit.NewPrimary("Choose a list", func() { p.desk.Go(desk.Place{Page: desk.People, Part: "choose"}) }),
			kit.NewButton("Add a client", func() { p.desk.Go(desk.Place{Page: desk.Clients, Part: "add"}) }),
			kit.NewButton("Not now", func() { p.desk.Go(desk.Place{Page: desk.Today}) })),
		kit.Pad(16, 0, 0, 0, kit.Column(8, kit.NewHeading("And a second key"),
			kit.NewText("Nobody can reset the passphrase. A recovery sheet, printed and locked away, opens the vault when it is forgotten."),
			kit.Row(0, kit.NewButton("Make a recovery sheet", func() { p.desk.Go(desk.Place{Page: desk.Practice, Part: "keys"}) }).Icon(look.Printer), kit.Space()))))
}

// Content is what stands in the window.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Show brings the page to a question, or to the first that is open.
func (p *page) Show(place desk.Place) {
	if p.read && place.Part == "" {
		p.show()
		return
	}
	p.load(func(left []app.StartQuestion) {
		at := slices.IndexFunc(p.ask.steps, func(s step) bool {
			if place.Part == "" || place.Part == "begin" {
				return slices.Contains(left, s.ask)
			}
			return string(s.ask) == place.Part
		})
		if len(left) == 0 && !p.started {
			at = len(p.ask.steps) - 1 // where all of it is taken over
		}
		p.tabs.Choose(max(at, 0))
		p.show()
	})
}

// Refresh reads the settings anew. What was typed stays.
func (p *page) Refresh(client record.ClientID) {
	if p.read && client == 0 {
		p.load(func([]app.StartQuestion) {})
	}
}

// Key goes on with Ctrl+Enter.
func (p *page) Key(name string) bool {
	if name != desk.KeySave {
		return false
	}
	p.goOn()
	return true
}

func (p *page) load(then func(left []app.StartQuestion)) {
	var settings record.Practice
	var left []app.StartQuestion
	var started bool
	var draft string
	practice := p.desk.Practice()
	p.desk.Load(func(ctx context.Context) (err error) {
		if settings, err = practice.Settings(ctx); err != nil {
			return err
		}
		if left, started, err = practice.StartLeft(ctx); err != nil {
			return err
		}
		draft, err = practice.FormDraft(ctx, record.Book, formStart)
		return err
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.today = record.DateOf(practice.Now().In(record.LoadZone(settings.Zone)))
		if p.read {
			draft = difference(p.begun, p.ask.keep())
		}
		p.ask.set(settings)
		p.begun = p.ask.keep()
		p.restore(draft)
		p.read, p.started = true, started
		if !started && strings.TrimSpace(p.ask.number.Text()) != "" { // it is filed in the end
			left = slices.DeleteFunc(left, func(q app.StartQuestion) bool { return q == app.AskLicense })
		}
		p.note(left)
		then(left)
	})
}

// note says at each question whether it was answered.
func (p *page) note(left []app.StartQuestion) {
	for i, s := range p.ask.steps {
		text, tone := "", kit.Neutral
		if !slices.Contains(left, s.ask) {
			text, tone = "answered", kit.Green
		} else if p.started {
			text, tone = "later", kit.Amber
		}
		p.tabs.SetNote(i, text, tone)
	}
}

// show shows the question that is chosen.
func (p *page) show() {
	at := p.tabs.Chosen()
	for i, o := range p.bodies.Objects {
		if i == at {
			o.Show()
		} else {
			o.Hide()
		}
	}
	p.say("")
	last := len(p.ask.steps)
	p.foot.Hidden = at == last
	if at == last {
		p.count.SetText("")
		p.title.SetText("Bring your clients")
		p.why.SetText("")
		p.scroll.Fit()
		return
	}
	s := p.ask.steps[at]
	p.count.SetText(fmt.Sprintf("Question %d of %d", at+1, last))
	p.title.SetText(s.title)
	p.why.SetText(s.why)
	p.back.Hidden = at == 0
	p.next.SetText("Go on")
	p.later.SetText("Later")
	if at == last-1 || p.started {
		p.next.SetText("Save")
	}
	if p.started {
		p.later.SetText("Cancel")
	}
	p.scroll.Fit()
	s.focus()
}

// step goes to the question before, or leaves one for later.
func (p *page) step(by int) {
	switch {
	case by > 0 && p.started:
		p.read = false
		p.desk.Go(desk.Place{Page: desk.Today})
	case by > 0 && p.tabs.Chosen() == len(p.ask.steps)-1:
		p.save()
	default:
		p.tabs.Choose(p.tabs.Chosen() + by)
		p.show()
	}
}

// goOn goes to the next question, and after the last one saves them all.
func (p *page) goOn() {
	at := p.tabs.Chosen()
	if at >= len(p.ask.steps) {
		return
	}
	if _, wrong := p.ask.typed(); wrong == p.ask.steps[at].ask {
		return // it is said at its field
	}
	if p.started || at == len(p.ask.steps)-1 {
		p.save()
		return
	}
	p.answer(func() { p.step(1) })
}

func (p *page) save() {
	answers, wrong := p.ask.typed()
	if p.saving {
		return
	}
	if wrong != "" {
		p.goTo(wrong)
		return
	}
	p.saving = true
	before := p.started
	practice := p.desk.Practice()
	p.desk.Load(func(ctx context.Context) error {
		if err := practice.Start(ctx, answers); err != nil {
			return err
		}
		return practice.SaveFormDraft(ctx, record.Book, formStart, "")
	}, func(err error) {
		p.saving = false
		if err != nil {
			p.refused(err)
			return
		}
		p.begun = p.ask.keep()
		p.desk.Toast("Saved. The policies are filled from your answers.", "", nil)
		p.desk.Changed(0)
		if before {
			p.read = false
			p.desk.Go(desk.Place{Page: desk.Today})
			return
		}
		p.load(func([]app.StartQuestion) {})
		p.tabs.Choose(len(p.ask.steps))
		p.show()
	})
}
