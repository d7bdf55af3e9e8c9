package app

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"casekeep/vault/record"
)

// planClient plans a client's opening, what was written by hand, and the
// closing.
func (d *demo) planClient(c *demoClient) {
	first := c.Since
	if !c.entered.IsZero() {
		first = c.entered
	}
	d.step(demoMorning(first, 7, d.script.calendar.zone), func(ctx context.Context) error {
		added, err := d.p.AddClient(ctx, c.Client)
		d.ids[c] = added.ID
		return err
	})
	lastSaved := d.script.saved[len(d.script.saved)-1]
	for _, m := range c.moments {
		if !m.imported() || m.entry.At.After(lastSaved) {
			d.planEntry(c, m)
		}
	}
	if c.invented && len(c.notes) > 0 {
		d.planBulkNotes(c)
	} else {
		for _, n := range c.notes {
			d.planNote(c, n)
		}
	}
	if c.bulk > 0 {
		d.planBulk(c)
	}
	d.planRetention(c)
	if !c.ClosedOn.IsZero() {
		on, reason, last := c.ClosedOn, c.Reason, c.ClosedOn
		if last.Before(first) {
			last = first
		}
		c.ClosedOn, c.Reason = record.Date{}, ""
		d.step(demoMorning(last, 17, d.script.calendar.zone), func(ctx context.Context) error {
			return d.p.CloseClient(ctx, d.ids[c], on, reason)
		})
	}
}

// planRetention plans what changes how long a client's record is kept.
func (d *demo) planRetention(c *demoClient) {
	if h := c.hold; h != nil {
		d.step(demoMorning(h.on, 16, d.script.calendar.zone), func(ctx context.Context) error {
			_, err := d.p.PlaceHold(ctx, record.Hold{Client: d.ids[c], Matter: h.matter, On: h.on, Source: h.source})
			return err
		})
	}
}

func demoMorning(day record.Date, hour int, zone *time.Location) time.Time {
	return day.In(zone).Add(time.Duration(hour) * time.Hour)
}

// planEntry plans an entry that is typed in, and what is done to it later.
func (d *demo) planEntry(c *demoClient, m demoMoment) {
	var id record.EntryID
	d.step(m.written, func(ctx context.Context) error {
		e := m.entry
		e.Client = d.ids[c]
		if e.Channel == record.Text {
			e.Parties = m.parties(c)
		}
		var files []Upload
		for _, name := range m.files {
			file := d.script.files[name]
			files = append(files, Upload{Name: name, Type: file.kind, Open: func() (io.ReadCloser, error) { return file.reader(), nil }})
		}
		e, err := d.p.Log(ctx, e, files...)
		id = e.ID
		d.count(1)
		return err
	})
	for _, a := range m.amend {
		d.step(a.At, func(ctx context.Context) error { return d.p.Amend(ctx, id, a.Text, a.Reason) })
	}
	if m.strike != nil {
		d.step(m.strike.At, func(ctx context.Context) error { return d.p.Strike(ctx, id, m.strike.Reason) })
	}
}

// parties names who wrote to whom.
func (m demoMoment) parties(c *demoClient) []record.Party {
	client := record.Party{Name: c.Name, Address: m.contact, Role: "from"}
	own := record.Party{Name: demoName, Address: demoPhone, Role: "to"}
	if m.entry.Direction == record.Out {
		client.Role, own.Role = "to", "from"
	}
	return []record.Party{client, own}
}

// planImports plans the import of each export into the records of all who had
// written since the one before.
func (d *demo) planImports() {
	var before time.Time
	for _, at := range d.script.saved {
		saved := sync.OnceValue(func() demoSaved { return d.script.save(at) })
		for i, c := range d.script.clients {
			fresh := 0
			for _, m := range c.moments {
				if m.imported() && m.entry.At.After(before) && !m.entry.At.After(at) {
					fresh++
				}
			}
			if fresh > 0 {
				d.step(at.Add(5*time.Minute+time.Duration(i)*20*time.Second), func(ctx context.Context) error {
					return d.importSaved(ctx, c, saved(), fresh)
				})
			}
		}
		before = at
	}
}

func (d *demo) importSaved(ctx context.Context, c *demoClient, saved demoSaved, fresh int) error {
	report, err := d.p.importExports(ctx, ImportRequest{Client: d.ids[c]}, saved.of(c), nil)
	if err != nil {
		return err
	}
	if report.Imported != fresh {
		return fmt.Errorf("the sample practice does not add up: %d messages of %s were imported instead of %d", report.Imported, c.Name, fresh)
	}
	d.count(fresh)
	return nil
}
