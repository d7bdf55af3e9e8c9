package compose

import (
	"time"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/clients/whenform"
	"casekeep/ui/kit"
)

// askWhen asks for day, time and zone, and how long it took.
func (c *Composer) askWhen() {
	at := c.now.At
	if at.IsZero() {
		at = c.desk.Practice().Now()
	}
	form := whenform.New(at, orText(c.now.Zone, c.home), c.desk.Practice().Now)
	length := kit.NewField("How long").Placeholder("50, or 1:10")
	if c.now.Duration > 0 {
		length.SetText(phrase.Duration(c.now.Duration))
	}
	body := kit.Column(14, form.Content())
	if c.now.hasLength() {
		body.Add(kit.Wide(180, length))
	}
	var d *kit.Dialog
	set := kit.NewPrimary("Set", func() {
		duration, err := phrase.ParseDuration(length.Text())
		if err != nil {
			length.SetError(app.Sentence(err))
		}
		when, zone, ok := form.Value()
		if err != nil || !ok {
			return
		}
		d.Close()
		c.change(func(s *state) {
			s.Duration = duration
			if form.Changed() {
				s.At, s.Zone = when, zone
			}
		})
	})
	d = kit.NewDialog("When it happened", body, set)
	d.More(kit.NewLink("Now", func() {
		d.Close()
		c.change(func(s *state) { s.At, s.Zone = time.Time{}, "" })
	}))
	d.Open(c.desk.Window())
}
