package compose

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

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
	dialog.ShowFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			c.desk.Fail(err)
			return
		}
		if r == nil {
			return
		}
		path := r.URI().Path()
		if err := r.Close(); err != nil {
			c.desk.Fail(err)
			return
		}
		c.Attach(path)
	}, c.desk.Window())
}

// Attach puts a file with the text.
func (c *Composer) Attach(path string) {
	c.change(func(s *state) { s.Files = append(s.Files, path) })
}
