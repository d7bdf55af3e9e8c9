package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"casekeep/app/form"
	"casekeep/app/standing"
	"casekeep/vault/record"
)

// Mark is what stands beside an entry of a timeline: the entry is kept all the
// same.
type Mark struct {
	Text string // "No consent: text messages"
	Kind string // MarkChannel and the rest
}

// The kinds of marks.
const (
	MarkChannel = "channel" // no consent to the channel on that day (TSP 4.03)
	MarkConsent = "consent" // a service before any consent (TSP 2.01)
	MarkHours   = "hours"   // outside the practice's hours (TSP 4.04)
	MarkLicense = "license" // nothing covers the place on that day (MS 3.4.B)
)

// Marks gives the marks of entries of one client's timeline. An entry without
// any is not in the map, and none that was struck through or corrected.
func (p *Practice) Marks(ctx context.Context, client record.ClientID, entries []record.Entry) (map[record.EntryID][]Mark, error) {
	practice, file, err := p.open(ctx, client)
	if err != nil || file == nil {
		return nil, err
	}
	m := marking{practice, file, record.LoadZone(practice.Settings.Zone)}
	all := map[record.EntryID][]Mark{}
	for _, e := range entries {
		if !e.IsContact() || e.Struck != nil || e.Superseded != 0 {
			continue
		}
		if marks := m.of(e); len(marks) > 0 {
			all[e.ID] = marks
		}
	}
	return all, nil
}

type marking struct {
	practice *standing.Practice
	file     *standing.File
	zone     *time.Location
}

func (m marking) of(e record.Entry) []Mark {
	var marks []Mark
	day := record.DateOf(e.At.In(m.zone))
	if service := e.Direction != record.Third && e.Purpose == record.PurposeService; service {
		if e.Channel.NeedsConsent() && !m.file.AllowedOn(e.Channel, day) {
			marks = append(marks, Mark{"No consent: " + strings.ToLower(form.ChannelName(e.Channel)), MarkChannel})
		}
		if !m.file.Consented(day) {
			marks = append(marks, Mark{"Before any consent", MarkConsent})
		}
		marks = append(marks, m.unlicensed(e, day)...)
	}
	if afterHours(m.practice.Settings.Hours, e, m.zone) {
		marks = append(marks, Mark{"After hours", MarkHours})
	}
	return marks
}

// unlicensed marks a contact over a distance that took place where nothing
// permitted it.
func (m marking) unlicensed(e record.Entry, day record.Date) []Mark {
	if !e.Channel.Remote() {
		return nil
	}
	var marks []Mark
	client, own := m.file.Where(e.Location, e.OwnLocation, day)
	for _, place := range slices.Compact([]string{client, own}) {
		if place != "" && !m.practice.Permitted(place, day) {
			marks = append(marks, Mark{"No license in " + record.JurisdictionName(place), MarkLicense})
		}
	}
	return marks
}

// afterHours reports whether a contact took place outside the hours in which
// the practice answers, by the practice's zone. Where no hours are stated, or
// not the hour of the contact, nothing is.
func afterHours(h record.Hours, e record.Entry, zone *time.Location) bool {
	if len(h.Days) == 0 || e.DayOnly || e.Channel == record.Letter {
		return false
	}
	at := e.At.In(zone)
	if !slices.Contains(h.Days, int(at.Weekday())) {
		return true
	}
	clock := at.Format("15:04")
	return h.From != "" && clock < h.From || h.To != "" && clock >= h.To
}
