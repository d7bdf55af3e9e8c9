package compose

import (
	"path/filepath"

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
		item := fyne.NewMenuItem(text, set(text))
		item.Checked = c.now.Outcome == text
		items = append(items, item)
	}
	kit.Menu(c.outcome, items...)
}

// askLocation asks where the client was (TSP 2.04).
func (c *Composer) askLocation() {
	field := kit.NewField("Where the client was, as far as you know").Placeholder("at home in Jackson, Mississippi")
	field.SetText(c.now.Location)
	var d *kit.Dialog
	set := kit.NewPrimary("Set", func() {
		d.Close()
		c.change(func(s *state) { s.Location = field.Text() })
	})
	field.OnEnter = func(string) { set.Press() }
	d = kit.NewDialog("Location", field, set)
	d.Open(c.desk.Window())
}

// askFile lets a file be chosen.
func (c *Composer) askFile() {
	chooser.Open(c.desk, chooser.Ask{
		Title: "Attach a file", Text: "Type a part of the file’s name. A sealed copy goes into the vault; the file itself stays where it is, unsealed.",
		Act: "Attach", From: c.folder, Wanted: func(string) bool { return false },
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
