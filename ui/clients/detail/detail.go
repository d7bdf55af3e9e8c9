// Package detail shows one entry whole, with all that can be done with it.
package detail

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app/form"
	"casekeep/ui/clients/files"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// Hooks are what the page around does.
type Hooks struct {
	// Client gives the client on show.
	Client func() record.Client
	// Changed is told what was done, and whose records are not what they were.
	Changed func(said string, clients ...record.ClientID)
	// Correct lets the form of a structured entry be filled in once more.
	Correct func(record.Entry)
	// Go shows another entry.
	Go func(record.ClientID, record.EntryID)
}

// Detail opens entries and attachments over the window.
type Detail struct {
	desk   desk.Desk
	hooks  Hooks
	dialog *kit.Dialog // the entry on show
	files  *files.Shelf
}

// New makes a Detail.
func New(d desk.Desk, h Hooks) *Detail {
	return &Detail{desk: d, hooks: h, files: files.New(d)}
}

// Open shows an entry whole.
func (d *Detail) Open(e record.Entry) {
	var buttons []fyne.CanvasObject
	var rare []*fyne.MenuItem
	for _, a := range d.acts(e) {
		if a.rare {
			rare = append(rare, fyne.NewMenuItem(a.text, a.do))
			continue
		}
		buttons = append(buttons, kit.NewButton(a.text, a.do))
	}
	var more *kit.Button
	more = kit.NewIconButton(look.Dots, "More acts", func() { kit.Menu(more, rare...) })
	buttons = append(buttons, more)
	d.dialog = kit.NewDialog(title(e, phrase.ShortName(d.hooks.Client().Kind, d.hooks.Client().Name)), kit.Column(0, d.facts(e)...), nil).Width(680).More(buttons...)
	d.read(d.dialog, buttons[0].(*kit.Button))
}

// title says what an entry is: "Ada texted", "Search note".
func title(e record.Entry, name string) string {
	if !e.IsContact() {
		return form.Title(e.Form)
	}
	said := phrase.SaidBy(e, name)
	return strings.TrimSpace(said.Who + " " + said.Did)
}

// read opens a dialog that holds text to be read, with the keyboard on a
// button: text that can be selected would keep Escape to itself.
func (d *Detail) read(dialog *kit.Dialog, first *kit.Button) {
	dialog.Open(d.desk.Window())
	kit.Focus(first)
}

// close closes the entry on show, if there is one.
func (d *Detail) close() {
	if d.dialog != nil {
		d.dialog.Close()
		d.dialog = nil
	}
}

// Menu gives what can be done with an entry, for a menu in the timeline.
func (d *Detail) Menu(e record.Entry) []*fyne.MenuItem {
	items := []*fyne.MenuItem{fyne.NewMenuItem("Open", func() { d.Open(e) })}
	for _, a := range d.acts(e) {
		items = append(items, fyne.NewMenuItem(a.text, a.do))
	}
	return items
}

// goTo leaves the entry on show for another one.
func (d *Detail) goTo(id record.EntryID) func() {
	return func() {
		d.close()
		d.hooks.Go(d.hooks.Client().ID, id)
	}
}
