package ui

import (
	"strconv"

	"casekeep/app"
	"casekeep/ui/backups"
	"casekeep/ui/begin"
	"casekeep/ui/clients"
	"casekeep/ui/desk"
	"casekeep/ui/executor"
	"casekeep/ui/inbox"
	"casekeep/ui/look"
	"casekeep/ui/people"
	"casekeep/ui/policies"
	"casekeep/ui/practice"
	"casekeep/ui/produce"
	"casekeep/ui/requests"
	"casekeep/ui/retention"
	"casekeep/ui/today"
)

// entry is a line of the sidebar and of the menu "Go".
type entry struct {
	page desk.Page
	icon look.IconName
	name string
}

// entries lists the pages that the sidebar leads to, in its order.
var entries = []entry{
	{desk.Today, look.Calendar, "Today"},
	{desk.Clients, look.Person, "Clients"},
	{desk.Inbox, look.Inbox, "Inbox"},
	{desk.Requests, look.Document, "Requests"},
	{desk.Retention, look.Clock, "Retention"},
	{desk.Policies, look.Book, "Policies"},
	{desk.Backups, look.Drive, "Backups"},
	{desk.Practice, look.Home, "Practice"},
}

// viewed lists the pages of a vault that somebody looks at in the
// practitioner's place.
var viewed = []entry{
	{desk.Executor, look.Phone, "First"},
	{desk.Clients, look.Person, "Clients"},
}

// entriesOf lists the pages that lead somewhere in a vault.
func entriesOf(p *app.Practice) []entry {
	if p.Executor() != nil {
		return viewed
	}
	return entries
}

// newPages makes every page of a session.
func newPages(d *session) map[desk.Page]desk.View {
	if d.practice.Executor() != nil {
		return map[desk.Page]desk.View{desk.Executor: executor.New(d), desk.Clients: clients.New(d)}
	}
	return map[desk.Page]desk.View{
		desk.Today:    today.New(d, d.count),
		desk.Clients:  clients.New(d),
		desk.Inbox:    inbox.New(d),
		desk.Requests: requests.New(d, d.countRequests),
		desk.Practice: practice.New(d, appearance{d.shell}, d.shell.helpProtects),
		desk.Produce:  produce.New(d),
		desk.Policies: policies.New(d),
		desk.Start:    begin.New(d),
		desk.People:   people.New(d),

		desk.Retention: retention.New(d, d.countDue),
		desk.Backups:   backups.New(d, d.showBackups, d.shell.lockFor),
	}
}

// underEntry gives the line of the sidebar that a page belongs to.
func underEntry(page desk.Page) desk.Page {
	switch page {
	case desk.Produce, desk.People:
		return desk.Clients
	case desk.Start:
		return desk.Practice
	}
	return page
}

// homes says which page an act of the menu belongs to.
var homes = map[string]desk.Page{
	desk.KeyFind:    desk.Clients,
	desk.KeyLog:     desk.Clients,
	desk.KeyAdd:     desk.Clients,
	desk.KeyEdit:    desk.Clients,
	desk.KeyProduce: desk.Clients,
	desk.KeyImport:  desk.Inbox,

	desk.KeyAcknowledge: desk.Clients,
	desk.KeySearchNote:  desk.Clients,
	desk.KeyEmergency:   desk.Clients,
	desk.KeyHold:        desk.Clients,
}

// act offers an act of the menu to the page on show, then to the page that it
// belongs to, once no form is open. The emergency card and a legal hold stand
// over a form: what is typed there waits.
func (d *session) act(name string) {
	if d.practice.Executor() != nil && changes(name) {
		d.Toast("The records are open for looking only: lock, and unlock to work in them.", "", nil)
		return
	}
	if name == desk.KeyEmergency || name == desk.KeyHold {
		d.do(name)
		return
	}
	d.sheets.Leave(func() { d.do(name) })
}

// changes reports whether an act writes something.
func changes(name string) bool {
	switch name {
	case desk.KeyFind, desk.KeyEmergency, desk.KeyHide, desk.KeyEscape:
		return false
	}
	return true
}

func (d *session) do(name string) {
	if d.offer(d.shown, name) {
		return
	}
	if home, ok := homes[name]; ok && home != d.shown {
		d.Go(desk.Place{Page: home})
		d.offer(home, name)
	}
}

func (d *session) offer(page desk.Page, name string) bool {
	if page == d.shown && d.sheets.Key(name) {
		return true
	}
	view := d.pages[page]
	return view != nil && view.Key(name)
}

// count shows at Today how many things need the practitioner.
func (d *session) count(n int) {
	if !d.closed {
		d.sidebar.items[desk.Today].SetBadge(n)
	}
}

// countRequests shows at Requests how many are open.
func (d *session) countRequests(n int) {
	if d.closed {
		return
	}
	note := ""
	if n > 0 {
		note = strconv.Itoa(n)
	}
	d.sidebar.items[desk.Requests].SetNote(note)
}

// countDue shows at Retention how many records are due.
func (d *session) countDue(n int) {
	if !d.closed {
		d.sidebar.items[desk.Retention].SetBadge(n)
	}
}

// hide hides names and previews on every page, or shows them again.
func (d *session) hide() {
	d.hidden = !d.hidden
	for _, page := range d.pages {
		page.Key(desk.KeyHide)
	}
	d.status.update(d.practice)
}

// appearance changes how the window looks, and remembers it on this computer.
type appearance struct{ shell *Shell }

func (a appearance) Choice() look.Choice { return a.shell.opt.Look.Choice() }

func (a appearance) Set(c look.Choice) {
	a.shell.opt.Look.Set(c)
	a.shell.remember(func(k *app.Computer) { k.Look = string(c) })
}
