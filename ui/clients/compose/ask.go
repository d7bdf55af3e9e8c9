package compose

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/chooser"
	"casekeep/ui/kit"
)

// askOutcome offers what can become of a call.
func (c *Composer) askOutcome() {
	set := func(text string) func() {
		return func() { c.change(func(s *state) { s.Outcome = text }) }
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem("As usual", set(""))}
	for _, text := range outcomes {
		do := set(text)
		if text == interrupted {
			do = c.askInterrupted
		}
		item := fyne.NewMenuItem(text, do)
		item.Checked = c.now.Outcome == text || text == interrupted && strings.HasPrefix(c.now.Outcome, interrupted)
		items = append(items, item)
	}
	kit.Menu(c.outcome, items...)
}

// askInterrupted asks what was done when the contact broke off (NASW 2.12).
func (c *Composer) askInterrupted() {
	field := kit.NewField("What was done when it broke off").Placeholder("called the mobile after 5 minutes, went on there")
	field.SetText(strings.TrimPrefix(strings.TrimPrefix(c.now.Outcome, interrupted), ": "))
	var d *kit.Dialog
	set := kit.NewPrimary("Set", func() {
		done := strings.TrimSpace(field.Text())
		if done == "" {
			field.SetError("Say what you did, or that nothing could be done.")
			field.Focus()
			return
		}
		d.Close()
		c.change(func(s *state) { s.Outcome = interrupted + ": " + done })
	})
	field.OnEnter = func(string) { set.Press() }
	d = kit.NewDialog("Interrupted", field, set)
	d.Open(c.desk.Window())
}

// askLocation asks where the two were (TSP 2.04; NASW 2.01).
func (c *Composer) askLocation() {
	field := kit.NewField("Where the client was, as far as you know").Placeholder("at home in Jackson, Mississippi")
	field.SetText(c.now.Location)
	own := kit.NewField("Where you were").Placeholder("office, Jackson, Mississippi")
	own.SetText(c.now.OwnLocation)
	var d *kit.Dialog
	set := kit.NewPrimary("Set", func() {
		d.Close()
		c.change(func(s *state) { s.Location, s.OwnLocation = field.Text(), own.Text() })
	})
	field.OnEnter = func(string) { set.Press() }
	own.OnEnter = func(string) { set.Press() }
	d = kit.NewDialog("Location", kit.Column(12, field, own), set)
	d.Open(c.desk.Window())
}

// askPurpose offers what a contact can be for. Screening and crisis come before
// any consent, and are not marked.
func (c *Composer) askPurpose() {
	var items []*fyne.MenuItem
	for _, p := range purposes {
		item := fyne.NewMenuItem(purposeText(p), func() { c.change(func(s *state) { s.Purpose = p }) })
		item.Checked = c.now.Purpose == p
		items = append(items, item)
	}
	kit.Menu(c.more, items...)
}

// askFile lets a file be chosen.
func (c *Composer) askFile() {
	chooser.Open(c.desk, chooser.Ask{
		Title: "Attach a file", Text: "Choose the file, or type a part of its name: the newest come first. A sealed copy goes into the vault; the file itself stays where it is, unsealed.",
		Act: "Attach", From: c.folder, Wanted: chooser.Any, One: true,
		Chosen: func(paths []string) {
			c.folder = filepath.Dir(paths[0])
			for _, path := range paths {
				c.Attach(path)
			}
		},
	})
}

// Attach puts a file with the text.
func (c *Composer) Attach(path string) {
	c.change(func(s *state) { s.Files = append(s.Files, path) })
}
