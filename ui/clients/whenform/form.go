// Package whenform asks for a day, a time and a zone as people type them.
package whenform

import (
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Form holds the three fields.
type Form struct {
	day, clock, zone *kit.Field
	now              func() time.Time
	first            [3]string
	content          fyne.CanvasObject
}

// New makes a form that shows a moment in a zone.
func New(at time.Time, zone string, now func() time.Time) *Form {
	f := &Form{day: kit.NewField("Day"), clock: kit.NewField("Time"), zone: kit.NewField("Time zone"), now: now}
	at = at.In(record.LoadZone(zone))
	f.day.SetText(phrase.ShortDate(record.DateOf(at)))
	f.clock.SetText(phrase.Clock(at))
	f.zone.SetText(zone)
	f.first = f.texts()
	f.content = kit.Column(14, kit.Row(12, kit.Grow(f.day), kit.Grow(f.clock)), f.zone)
	return f
}

// Content is what stands in a dialog.
func (f *Form) Content() fyne.CanvasObject { return f.content }

func (f *Form) texts() [3]string { return [3]string{f.day.Text(), f.clock.Text(), f.zone.Text()} }

// Changed reports whether something else stands there than at first.
func (f *Form) Changed() bool { return f.texts() != f.first }

// Value gives the moment and the zone. If something is wrong it says so under
// the field, and ok is false.
func (f *Form) Value() (at time.Time, zone string, ok bool) {
	location, err := record.ParseZone(f.zone.Text())
	if err != nil {
		f.zone.SetError(app.Sentence(err))
		location = time.UTC
	}
	today := record.DateOf(f.now().In(location))
	day, dayErr := phrase.ParseDate(f.day.Text(), today)
	switch {
	case dayErr != nil:
		f.day.SetError(app.Sentence(dayErr))
	case day.IsZero():
		f.day.SetError("Say on which day it was.")
	}
	hour, minute, clockErr := phrase.ParseClock(f.clock.Text())
	if clockErr != nil {
		f.clock.SetError(app.Sentence(clockErr))
	}
	if err != nil || dayErr != nil || clockErr != nil || day.IsZero() {
		return time.Time{}, "", false
	}
	at = time.Date(day.Year, day.Month, day.Day, hour, minute, 0, 0, location)
	if at.After(f.now()) {
		f.clock.SetError("That is still to come.")
		return time.Time{}, "", false
	}
	return at, f.zone.Text(), true
}
