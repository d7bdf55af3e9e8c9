package produce

import (
	"context"
	"strings"
	"time"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// fact is what the summary needs to know of an entry.
type fact struct {
	day         record.Date // in the practice's zone, as the period is meant
	channel     record.Channel
	attachments int
	bytes       int64 // of attachments
	damaged     bool
	struck      bool
	amended     bool
	late        bool
	imported    bool
}

// gather reads the facts of every entry of a client, oldest first.
func gather(ctx context.Context, p *app.Practice, client record.ClientID, zone *time.Location) ([]fact, error) {
	const pageSize = 1000
	var all []fact
	page := app.Page{Oldest: true, Limit: pageSize}
	for {
		list, err := p.Timeline(ctx, client, page)
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			all = append(all, factOf(e, zone))
			page.After = e.ID
		}
		if len(list) < pageSize {
			return all, nil
		}
	}
}

func factOf(e record.Entry, zone *time.Location) fact {
	f := fact{
		day: record.DateOf(e.At.In(zone)), channel: e.Channel, attachments: len(e.Attachments),
		struck: e.Struck != nil, amended: len(e.Amendments) > 0, late: e.Late(),
		imported: e.Provenance != nil, damaged: e.Provenance != nil && e.Provenance.Damaged,
	}
	for _, a := range e.Attachments {
		f.bytes += a.Size
	}
	return f
}

// contents is what a record of some period holds.
type contents struct {
	entries, outside                         int // of the period, and not
	by                                       map[record.Channel]int
	attachments                              int
	bytes                                    int64
	first, last                              record.Date
	damaged, struck, amended, late, imported int
}

// within counts what lies in a period, both days included; zero days are open.
func within(all []fact, from, until record.Date) contents {
	c := contents{by: map[record.Channel]int{}}
	for _, f := range all {
		if !from.IsZero() && f.day.Before(from) || !until.IsZero() && until.Before(f.day) {
			c.outside++
			continue
		}
		c.add(f)
	}
	return c
}

func (c *contents) add(f fact) {
	c.entries++
	c.by[f.channel]++
	c.attachments += f.attachments
	c.bytes += f.bytes
	if c.first.IsZero() {
		c.first = f.day
	}
	c.last = f.day
	for _, n := range []struct {
		is    bool
		count *int
	}{{f.damaged, &c.damaged}, {f.struck, &c.struck}, {f.amended, &c.amended}, {f.late, &c.late}, {f.imported, &c.imported}} {
		if n.is {
			*n.count++
		}
	}
}

// counted is a line of what will be in the record.
type counted struct{ what, count string }

// lines lists what is in the record by channels, the attachments last.
func (c *contents) lines() []counted {
	var all []counted
	for _, channel := range record.Channels() {
		if n := c.by[channel]; n > 0 {
			all = append(all, counted{plural(channel), kit.Number(n)})
		}
	}
	if n := c.by[record.Note]; n > 0 {
		all = append(all, counted{"Forms", kit.Number(n)})
	}
	if c.attachments > 0 {
		all = append(all, counted{"Attachments", kit.Number(c.attachments)})
	}
	return all
}

var plurals = map[record.Channel]string{
	record.Text: "Texts", record.Mail: "Emails", record.Call: "Calls", record.Voicemail: "Voicemails", record.Video: "Video",
	record.Chat: "Chats", record.Portal: "Portal", record.Letter: "Letters", record.InPerson: "In person",
}

func plural(c record.Channel) string {
	if name, ok := plurals[c]; ok {
		return name
	}
	return phrase.Channel(c)
}

// notes say what a reader of the record will notice, so that the practitioner
// notices first.
func (c *contents) notes() []string {
	var all []string
	note := func(n int, one, many string) {
		if n > 0 {
			all = append(all, phrase.Count(n, one, many))
		}
	}
	note(c.imported, "entry was imported; the record says from which file and where in it", "entries were imported; the record says from which files and where in them")
	note(c.damaged, "message had lost characters or parts before it was imported, and says so", "messages had lost characters or parts before they were imported, and say so")
	note(c.amended, "entry was amended; what stood before is shown too", "entries were amended; what stood before is shown too")
	note(c.struck, "entry is struck through; its text stays readable", "entries are struck through; their texts stay readable")
	note(c.late, "entry was written more than a day after the contact, and says so", "entries were written more than a day after the contact, and say so")
	return all
}

// leftOut says what the period leaves out, as the cover does.
func leftOut(from, until record.Date, outside int) string {
	var parts []string
	if !from.IsZero() {
		parts = append(parts, "Entries before "+from.Long())
	}
	if !until.IsZero() {
		parts = append(parts, "Entries after "+until.Long())
	}
	if len(parts) == 0 {
		return "Nothing"
	}
	return strings.Join(parts, "\n") + "\n(" + phrase.Count(outside, "entry", "entries") + ")"
}
