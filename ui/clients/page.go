// Package clients is the page of the clients: the list with its search, and
// the record of the one that is chosen, with its timeline and composer.
package clients

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/ui/clients/find"
	"casekeep/ui/clients/form"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// Page is the page of the clients.
type Page struct {
	desk    desk.Desk
	list    *list
	chart   *chart
	form    *form.Form
	finder  *find.Finder
	first   fyne.CanvasObject // nobody is a client yet
	choose  fyne.CanvasObject // nobody is chosen
	right   *fyne.Container
	stage   *desk.Stage // holds right
	content fyne.CanvasObject
	settled bool // the list has been read
	shown   record.ClientID
	entry   record.EntryID // to be brought into view with the client
	run     int            // counts the clients asked for: a late answer is dropped
}

var (
	_ desk.View    = (*Page)(nil)
	_ desk.Drafter = (*Page)(nil)
	_ desk.Staged  = (*Page)(nil)
)

// New makes the page. It reads nothing until it is shown.
func New(d desk.Desk) desk.View { return newPage(d) }

// ways are what one can do where no client is chosen.
func (p *Page) ways() []fyne.CanvasObject {
	find := kit.NewButton("Find anything", p.finder.Open).Shortcut("Ctrl K")
	if p.desk.Practice().Executor() != nil {
		return []fyne.CanvasObject{find}
	}
	return []fyne.CanvasObject{find, kit.NewButton("Add a client", p.add).Shortcut("Ctrl Shift N")}
}

func newPage(d desk.Desk) *Page {
	p := &Page{desk: d}
	p.list = newList(d, p.choseFromList, func(id record.ClientID) { p.open(id, 0) })
	p.chart = newChart(p)
	p.form = form.New(d, p.formSaved, p.formLeft)
	p.finder = find.New(d, func(client record.ClientID, entry record.EntryID) { p.open(client, entry) })
	p.first = kit.Empty("Your first client",
		"Add a client, then paste a text, or drop a phone or mail export anywhere in this window. Only that client’s messages are kept.",
		kit.NewPrimary("Add a client", p.add).Shortcut("Ctrl Shift N"))
	p.choose = kit.Empty("Choose a client",
		"Choose somebody in the list, or find anything that was said in any record.",
		p.ways()...)
	p.right = container.NewStack(p.first, p.choose, p.chart.content, p.form.Content())
	p.put(nil)
	left := kit.Wide(listWidth, kit.Frame(nil, nil, nil, kit.Edge(), p.list.content))
	p.stage = desk.NewStage(p.right)
	p.content = kit.On(look.Paper, kit.Frame(nil, nil, left, nil, p.stage.Content()))
	p.bindKeys()
	return p
}

// Content is what stands in the window.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Stage is the right side: the list stays in sight beside a sheet.
func (p *Page) Stage() *desk.Stage { return p.stage }

// Show brings the page to a client and an entry. Without either it stays
// where it was.
func (p *Page) Show(place desk.Place) {
	if !p.settled {
		p.list.load(func() { p.settle(place) })
		return
	}
	p.settle(place)
}

func (p *Page) settle(place desk.Place) {
	p.settled = true
	switch {
	case place.Part == "add":
		p.add()
	case place.Client != 0 && !p.form.Open():
		p.open(place.Client, place.Entry)
	case p.shown == 0 && !p.form.Open():
		p.rest()
		p.list.focus()
	case p.form.Open():
		p.form.Focus()
	default:
		p.chart.focus()
	}
}

// rest shows what to do when no client is chosen.
func (p *Page) rest() {
	if p.list.total() == 0 {
		p.put(p.first)
	} else {
		p.put(p.choose)
	}
}

// put shows one of the contents of the right side.
func (p *Page) put(content fyne.CanvasObject) {
	for _, o := range p.right.Objects {
		if o == content {
			o.Show()
		} else {
			o.Hide()
		}
	}
	p.right.Refresh()
}

// Refresh reads anew what a change touched.
func (p *Page) Refresh(client record.ClientID) {
	if !p.settled {
		return
	}
	p.list.load(func() {
		if p.shown == 0 && !p.form.Open() {
			p.rest()
		}
	})
	if p.shown != 0 && (client == 0 || client == p.shown) {
		p.read(p.shown, 0, p.chart.refresh)
	}
}

// Key takes the acts of the menu.
func (p *Page) Key(name string) bool {
	switch name {
	case desk.KeyFind:
		p.finder.Open()
	case desk.KeyAdd:
		p.add()
	case desk.KeyHide:
		p.list.setHidden(!p.list.hidden)
		p.finder.Hidden = p.list.hidden
	case desk.KeyEmergency:
		p.emergency()
	case desk.KeyHold:
		if p.someClient() {
			p.chart.askHold()
		}
	case desk.KeyEscape:
		return p.escape()
	case desk.KeySave:
		return p.save()
	case desk.KeyLog, desk.KeyEdit, desk.KeyProduce, desk.KeyAcknowledge, desk.KeySearchNote:
		p.leaveForm(func() { p.chartKey(name) })
	default:
		return false
	}
	return true
}

// save saves what is being typed.
func (p *Page) save() bool {
	switch {
	case p.form.Open():
		p.form.Save()
	case p.shown != 0 && p.chart.onTimeline():
		p.chart.composer.Log()
	default:
		return false
	}
	return true
}

// chartKey takes the acts that are done with the client on show.
func (p *Page) chartKey(name string) {
	if !p.someClient() {
		return
	}
	p.put(p.chart.content)
	switch name {
	case desk.KeyLog:
		p.chart.compose()
	case desk.KeyEdit:
		p.edit()
	case desk.KeyAcknowledge:
		p.chart.fill(record.FormAcknowledgment, 0, nil)
	case desk.KeySearchNote:
		p.chart.fill(record.FormSearch, 0, nil)
	case desk.KeyProduce:
		p.desk.Go(desk.Place{Page: desk.Produce, Client: p.shown})
	}
}

// gone leaves the record on show, which is there no more: it was destroyed, or
// put out of sight.
func (p *Page) gone() {
	p.run++
	p.shown = 0
	p.list.choose(0)
	p.rest()
}

// someClient reports whether a client is on show, and else says what to do.
func (p *Page) someClient() bool {
	if p.shown != 0 {
		return true
	}
	p.list.focus()
	say := "Choose a client first."
	if p.list.none() {
		say = "Add a client first."
	}
	p.desk.Toast(say, "", nil)
	return false
}

// emergency shows the card over whatever is being typed.
func (p *Page) emergency() {
	if p.someClient() {
		p.chart.showCard()
	}
}

func (p *Page) escape() bool {
	if p.form.Open() {
		p.form.Leave()
		return true
	}
	p.list.focus()
	return true
}

// Drafts gives what was typed and not saved.
func (p *Page) Drafts() []desk.Draft {
	return append(p.chart.composer.Drafts(), p.form.Drafts()...)
}
